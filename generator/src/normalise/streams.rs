//! Describes streams in responses by their items: the data of an event, or the JSON value of a line.

use openapiv3::{OpenAPI, ReferenceOr, Schema, SchemaData, SchemaKind, StringType, Type};

use crate::anything::says_nothing;
use crate::document::resolve;
use crate::media::Media;

/// The fields of an event (HTML standard, section 9.2.6), and comments.
const FIELDS: [&str; 5] = ["data", "event", "id", "retry", "comment"];

/// The maximum depth of alternatives inside alternatives.
const DEPTH: usize = 8;

/// Returns the schema of an item of a stream.
///
/// Documents describe an event as its data, as an object with the fields of an event, or as one of several; they
/// describe a whole stream as an array.
pub(super) fn item(openapi: &OpenAPI, media: &Media, schema: &ReferenceOr<Schema>) -> ReferenceOr<Schema> {
    let items = match resolve(openapi, schema).map(|schema| &schema.schema_kind) {
        Some(SchemaKind::Type(Type::Array(array))) => array.items.clone().map(ReferenceOr::unbox),
        _ => None,
    };
    let item = items.unwrap_or_else(|| schema.clone());
    if *media != Media::Events {
        return item;
    }
    let data = data(openapi, &item, 0).unwrap_or(item);
    // Data without a description may be any text.
    if data.as_item().is_some_and(says_nothing) { text() } else { data }
}

fn text() -> ReferenceOr<Schema> {
    let schema_kind = SchemaKind::Type(Type::String(StringType::default()));
    ReferenceOr::Item(Schema { schema_data: SchemaData::default(), schema_kind })
}

/// Returns the schema of an event's data; `None` if the schema does not describe an event by its fields.
fn data(openapi: &OpenAPI, schema: &ReferenceOr<Schema>, depth: usize) -> Option<ReferenceOr<Schema>> {
    // Alternatives may refer to themselves.
    if depth > DEPTH {
        return None;
    }
    match &resolve(openapi, schema)?.schema_kind {
        SchemaKind::Type(Type::Object(object)) => {
            let are_fields = object.properties.keys().all(|name| FIELDS.contains(&name.as_str()));
            Some(object.properties.get("data").filter(|_| are_fields)?.clone().unbox())
        }
        SchemaKind::OneOf { one_of: members } | SchemaKind::AnyOf { any_of: members } => {
            let mut one_of = Vec::new();
            for member in members {
                let data = data(openapi, member, depth + 1)?;
                if !one_of.contains(&data) {
                    one_of.push(data);
                }
            }
            if one_of.len() == 1 {
                return one_of.pop();
            }
            let schema_kind = SchemaKind::OneOf { one_of };
            Some(ReferenceOr::Item(Schema { schema_data: SchemaData::default(), schema_kind }))
        }
        _ => None,
    }
}
