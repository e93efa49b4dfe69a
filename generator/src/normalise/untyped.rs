//! Turns untyped schemas, which mix separate features of OpenAPI, into the typed schema or composition that they
//! mean.
//!
//! A keyword that does not match a schema's type, such as a format of an object, makes the schema untyped.

use openapiv3::{
    AnySchema, ArrayType, BooleanType, IntegerType, NumberType, ObjectType, OpenAPI, ReferenceOr, Schema, SchemaData,
    SchemaKind, StringType, Type,
};
use serde_json::Value;

use super::inline::each_root;
use crate::anything::any_kind;
use crate::document::{Child, descend};
use crate::kind::is_any_object;
use crate::origin;

pub(super) fn give_types(openapi: &mut OpenAPI) {
    each_root(openapi, &mut |_, root| {
        if let Child::Schema(schema) = root {
            give_types_in(schema);
        }
    });
}

/// Replaces the untyped schemas in a schema, itself included.
pub(super) fn give_types_in(schema: &mut Schema) {
    descend(schema, &mut |child| {
        if let Child::Schema(schema) = child {
            give_type(schema);
        }
    });
}

fn give_type(schema: &mut Schema) {
    // A string whose only value is null has no type.
    if let SchemaKind::Type(Type::String(text)) = &schema.schema_kind
        && !text.enumeration.is_empty()
        && text.enumeration.iter().all(Option::is_none)
    {
        schema.schema_kind = any_kind();
    }
    // Rust types cannot express `not`: the server checks it.
    if let SchemaKind::Not { .. } = &schema.schema_kind {
        schema.schema_kind = any_kind();
    }
    let SchemaKind::Any(any) = &mut schema.schema_kind else { return };
    let mut any = std::mem::take(any);
    let compositions = compositions(&mut any);
    let adds_nothing =
        |own: &SchemaKind| matches!(own, SchemaKind::Type(Type::Object(object)) if is_any_object(object));
    let own = own_kind(any).filter(|own| compositions.is_empty() || !adds_nothing(own));
    let pointer = origin::of(schema).to_owned();
    schema.schema_kind = match (own, compositions) {
        (own, compositions) if compositions.is_empty() => own.unwrap_or_else(any_kind),
        (None, mut compositions) if compositions.len() == 1 => compositions.remove(0),
        (own, compositions) => {
            let parts = own.into_iter().chain(compositions);
            let part = |schema_kind| {
                let mut part = Schema { schema_data: SchemaData::default(), schema_kind };
                // Parts of one schema share its place.
                origin::note(&mut part, pointer.clone());
                ReferenceOr::Item(part)
            };
            SchemaKind::AllOf { all_of: parts.map(part).collect() }
        }
    };
}

/// Returns the compositions next to each other in one schema. Rust types cannot express `not`.
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

/// Whether an alternative only lists required properties.
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

/// Returns the schema without its compositions, typed by `type` or by its keywords.
fn own_kind(any: AnySchema) -> Option<SchemaKind> {
    let is_object = !any.properties.is_empty() || any.additional_properties.is_some() || !any.required.is_empty();
    let of_texts =
        !any.enumeration.is_empty() && any.enumeration.iter().all(|value| value.is_string() || value.is_null());
    let typed = match any.typ.as_deref() {
        Some("object") => Type::Object(object(any)),
        Some("array") => Type::Array(array(any)),
        Some("string") => Type::String(text(&any)),
        Some("integer") => Type::Integer(integer(any)),
        Some("number") => Type::Number(number(any)),
        Some("boolean") => Type::Boolean(boolean(&any)),
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

fn integer(any: AnySchema) -> IntegerType {
    // For an integer, a bound between two integers is the same as the next integer.
    let excludes = |bound: Option<f64>, exclusive: Option<bool>| {
        exclusive.unwrap_or_default() && bound.is_some_and(|bound| bound.fract() == 0.0)
    };
    IntegerType {
        enumeration: values(&any, Value::as_i64),
        exclusive_minimum: excludes(any.minimum, any.exclusive_minimum),
        exclusive_maximum: excludes(any.maximum, any.exclusive_maximum),
        multiple_of: any.multiple_of.filter(|factor| factor.fract() == 0.0).and_then(whole),
        minimum: any.minimum.map(f64::ceil).and_then(whole),
        maximum: any.maximum.map(f64::floor).and_then(whole),
        format: any.format.into(),
    }
}

/// Returns a number without a fraction as an integer; bounds beyond 64 bits are dropped.
fn whole(number: f64) -> Option<i64> {
    format!("{number:.0}").parse().ok()
}

fn number(any: AnySchema) -> NumberType {
    NumberType {
        enumeration: values(&any, Value::as_f64),
        format: any.format.into(),
        multiple_of: any.multiple_of,
        exclusive_minimum: any.exclusive_minimum.unwrap_or_default(),
        exclusive_maximum: any.exclusive_maximum.unwrap_or_default(),
        minimum: any.minimum,
        maximum: any.maximum,
    }
}

fn boolean(any: &AnySchema) -> BooleanType {
    BooleanType { enumeration: values(any, Value::as_bool) }
}

/// Returns the values of an enumeration that have the type of the schema; other values have no effect.
fn values<T>(any: &AnySchema, read: impl Fn(&Value) -> Option<T>) -> Vec<Option<T>> {
    any.enumeration.iter().filter_map(read).map(Some).collect()
}

fn text(any: &AnySchema) -> StringType {
    let values = any.enumeration.iter().filter(|value| !value.is_null());
    let values = values.map(|value| Some(value.as_str().map_or_else(|| value.to_string(), str::to_owned)));
    StringType {
        format: any.format.clone().into(),
        pattern: any.pattern.clone(),
        enumeration: values.collect(),
        min_length: any.min_length,
        max_length: any.max_length,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// A keyword of another type has no effect on the schema.
    #[test]
    fn keywords_of_other_types_say_nothing() {
        for typed in [
            json!({"type": "integer", "format": "int32", "minimum": 1, "exclusiveMinimum": true, "enum": [2, 3]}),
            json!({"type": "integer", "format": "uint64", "maximum": 9, "multipleOf": 3}),
            json!({"type": "number", "format": "decimal", "maximum": 0.5, "exclusiveMaximum": true}),
            json!({"type": "number", "format": "float", "minimum": -1.5, "multipleOf": 0.5, "enum": [1.5]}),
            json!({"type": "boolean", "enum": [true]}),
            json!({"type": "string", "format": "date-time"}),
            json!({"type": "string", "format": "uuid", "maxLength": 36}),
            json!({"type": "string", "pattern": "^a", "minLength": 1, "enum": ["a"]}),
            json!({"type": "array", "items": {"type": "string"}, "minItems": 1, "maxItems": 2, "uniqueItems": true}),
            json!({"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"], "maxProperties": 2}),
        ] {
            let schema = |json: Value| serde_json::from_value::<Schema>(json).expect("a schema");
            let foreign = if matches!(typed["type"].as_str(), Some("integer" | "number" | "boolean")) {
                json!({"maxLength": 8})
            } else {
                json!({"minimum": 8})
            };
            let mut mixed = typed.clone();
            mixed.as_object_mut().expect("an object").extend(foreign.as_object().expect("an object").clone());
            let mut mixed = schema(mixed);
            assert!(matches!(mixed.schema_kind, SchemaKind::Any(_)), "{typed}");
            give_type(&mut mixed);
            assert_eq!(mixed.schema_kind, schema(typed).schema_kind);
        }
    }

    #[test]
    fn bounds_of_integers_are_integers() {
        for (bounds, expected) in [
            (json!({"minimum": 0.5, "exclusiveMinimum": true}), json!({"minimum": 1})),
            (json!({"maximum": 2.5, "multipleOf": 0.5}), json!({"maximum": 2})),
            (json!({"minimum": -3, "maximum": 1e30}), json!({"minimum": -3})),
        ] {
            let schema = |bounds: &Value| {
                let mut schema = bounds.clone();
                schema["type"] = "integer".into();
                serde_json::from_value::<Schema>(schema).expect("a schema")
            };
            let mut found = schema(&bounds);
            give_type(&mut found);
            assert_eq!(found.schema_kind, schema(&expected).schema_kind, "{bounds}");
        }
    }
}
