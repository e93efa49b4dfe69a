//! Schemas that mix what OpenAPI keeps apart → the typed schema or composition that they mean.
//!
//! A keyword that does not go with a schema's type, such as a format of an object, makes it one without a type.

use openapiv3::{
    AnySchema, ArrayType, BooleanType, IntegerType, NumberType, ObjectType, OpenAPI, ReferenceOr, Schema, SchemaData,
    SchemaKind, StringFormat, StringType, Type, VariantOrUnknownOrEmpty,
};

use super::inline::each_root;
use crate::document::{Child, descend};
use crate::kind::is_any_object;
use crate::origin;

pub(super) fn give_types(openapi: &mut OpenAPI) {
    each_root(openapi, &mut |_, root| {
        if let Child::Schema(schema) = root {
            descend(schema, &mut |child| {
                if let Child::Schema(schema) = child {
                    give_type(schema);
                }
            });
        }
    });
}

fn give_type(schema: &mut Schema) {
    // A text that can only be null is nothing that has a type.
    if let SchemaKind::Type(Type::String(text)) = &schema.schema_kind
        && !text.enumeration.is_empty()
        && text.enumeration.iter().all(Option::is_none)
    {
        schema.schema_kind = SchemaKind::Any(AnySchema::default());
    }
    // What must not be cannot be said in Rust: the server checks it.
    if let SchemaKind::Not { .. } = &schema.schema_kind {
        schema.schema_kind = SchemaKind::Any(AnySchema::default());
    }
    let SchemaKind::Any(any) = &mut schema.schema_kind else { return };
    let mut any = std::mem::take(any);
    let compositions = compositions(&mut any);
    let adds_nothing =
        |own: &SchemaKind| matches!(own, SchemaKind::Type(Type::Object(object)) if is_any_object(object));
    let own = own_kind(any).filter(|own| compositions.is_empty() || !adds_nothing(own));
    let pointer = origin::of(schema).to_owned();
    schema.schema_kind = match (own, compositions) {
        (own, compositions) if compositions.is_empty() => own.unwrap_or_else(|| SchemaKind::Any(AnySchema::default())),
        (None, mut compositions) if compositions.len() == 1 => compositions.remove(0),
        (own, compositions) => {
            let parts = own.into_iter().chain(compositions);
            let part = |schema_kind| {
                let mut part = Schema { schema_data: SchemaData::default(), schema_kind };
                // What is said beside each other stands in one place.
                origin::note(&mut part, pointer.clone());
                ReferenceOr::Item(part)
            };
            SchemaKind::AllOf { all_of: parts.map(part).collect() }
        }
    };
}

/// The compositions beside each other in one schema. What must not be cannot be said in Rust.
fn compositions(any: &mut AnySchema) -> Vec<SchemaKind> {
    let [all_of, mut one_of, mut any_of] = [&mut any.all_of, &mut any.one_of, &mut any.any_of].map(std::mem::take);
    for choices in [&mut one_of, &mut any_of] {
        if choices.iter().all(only_requires) {
            choices.clear();
        }
    }
    [
        (!all_of.is_empty()).then_some(SchemaKind::AllOf { all_of }),
        (!one_of.is_empty()).then_some(SchemaKind::OneOf { one_of }),
        (!any_of.is_empty()).then_some(SchemaKind::AnyOf { any_of }),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Whether one of several choices has nothing but names of properties that must be there then.
fn only_requires(choice: &ReferenceOr<Schema>) -> bool {
    let Some(choice) = choice.as_item() else { return false };
    match &choice.schema_kind {
        SchemaKind::Type(Type::Object(object)) => {
            object.properties.is_empty() && object.additional_properties.is_none()
        }
        SchemaKind::Any(any) => AnySchema { required: Vec::new(), ..any.clone() } == AnySchema::default(),
        SchemaKind::AllOf { all_of: parts } | SchemaKind::AnyOf { any_of: parts } => parts.iter().all(only_requires),
        SchemaKind::Not { .. } => true,
        _ => false,
    }
}

/// What the schema says itself, by the type that it names or that its keywords go with.
fn own_kind(any: AnySchema) -> Option<SchemaKind> {
    let is_object = !any.properties.is_empty() || any.additional_properties.is_some() || !any.required.is_empty();
    let of_texts =
        !any.enumeration.is_empty() && any.enumeration.iter().all(|value| value.is_string() || value.is_null());
    let typed = match any.typ.as_deref() {
        Some("object") => Type::Object(object(any)),
        Some("array") => Type::Array(array(any)),
        Some("string") => Type::String(text(&any)),
        Some("integer") => Type::Integer(IntegerType { format: format(&any), ..IntegerType::default() }),
        Some("number") => Type::Number(NumberType { format: format(&any), ..NumberType::default() }),
        Some("boolean") => Type::Boolean(BooleanType::default()),
        _ if is_object => Type::Object(object(any)),
        _ if any.items.is_some() => Type::Array(array(any)),
        _ if of_texts => Type::String(text(&any)),
        _ => return None,
    };
    Some(SchemaKind::Type(typed))
}

fn object(any: AnySchema) -> ObjectType {
    ObjectType {
        properties: any.properties,
        required: any.required,
        additional_properties: any.additional_properties,
        min_properties: any.min_properties,
        max_properties: any.max_properties,
    }
}

fn array(any: AnySchema) -> ArrayType {
    ArrayType {
        items: any.items,
        min_items: any.min_items,
        max_items: any.max_items,
        unique_items: any.unique_items.unwrap_or_default(),
    }
}

fn text(any: &AnySchema) -> StringType {
    let values = any.enumeration.iter().filter(|value| !value.is_null());
    let values = values.map(|value| Some(value.as_str().map_or_else(|| value.to_string(), str::to_owned)));
    StringType {
        format: text_format(any.format.as_deref()),
        pattern: any.pattern.clone(),
        enumeration: values.collect(),
        min_length: any.min_length,
        max_length: any.max_length,
    }
}

fn text_format(format: Option<&str>) -> VariantOrUnknownOrEmpty<StringFormat> {
    match format {
        None => VariantOrUnknownOrEmpty::Empty,
        Some("date-time") => VariantOrUnknownOrEmpty::Item(StringFormat::DateTime),
        Some("date") => VariantOrUnknownOrEmpty::Item(StringFormat::Date),
        Some("binary") => VariantOrUnknownOrEmpty::Item(StringFormat::Binary),
        Some("byte") => VariantOrUnknownOrEmpty::Item(StringFormat::Byte),
        Some("password") => VariantOrUnknownOrEmpty::Item(StringFormat::Password),
        Some(other) => VariantOrUnknownOrEmpty::Unknown(other.to_owned()),
    }
}

fn format<T>(any: &AnySchema) -> VariantOrUnknownOrEmpty<T> {
    any.format.clone().map_or(VariantOrUnknownOrEmpty::Empty, VariantOrUnknownOrEmpty::Unknown)
}
