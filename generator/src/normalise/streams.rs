//! Describes streams in responses by their items: the data of an event, or the JSON value of a line.

use openapiv3::{OpenAPI, ReferenceOr, Schema, SchemaData, SchemaKind, Type};

use crate::document::resolve;
use crate::media::Media;

/// The fields of an event (HTML standard, section 9.2.6), and comments.
const FIELDS: [&str; 5] = ["data", "event", "id", "retry", "comment"];

/// Returns the schema of an item of a stream.
///
/// Documents describe an event as its data, as an object with the fields of an event, or as one of several; they
/// describe a whole stream as an array.
pub(super) fn item(openapi: &OpenAPI, media: &Media, schema: &ReferenceOr<Schema>) -> ReferenceOr<Schema> {
    let found = resolve(openapi, schema).map(|schema| &schema.schema_kind);
    if let Some(SchemaKind::Type(Type::Array(array))) = found
        && let Some(items) = &array.items
    {
        return item(openapi, media, &items.clone().unbox());
    }
    let data = Some(media).filter(|media| **media == Media::Events).and_then(|_| data(openapi, schema));
    data.unwrap_or_else(|| schema.clone())
}

/// Returns the schema of an event's data; `None` if the schema does not describe an event by its fields.
fn data(openapi: &OpenAPI, schema: &ReferenceOr<Schema>) -> Option<ReferenceOr<Schema>> {
    match &resolve(openapi, schema)?.schema_kind {
        SchemaKind::Type(Type::Object(object)) => {
            let are_fields = object.properties.keys().all(|name| FIELDS.contains(&name.as_str()));
            Some(object.properties.get("data").filter(|_| are_fields)?.clone().unbox())
        }
        SchemaKind::OneOf { one_of: members } | SchemaKind::AnyOf { any_of: members } => {
            let mut one_of = Vec::new();
            for member in members {
                let data = data(openapi, member)?;
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
