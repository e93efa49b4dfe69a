//! Reduces the document to the schemas of the API's types, in a form that progenitor maps to the types of the crate.
//!
//! Constraints are checked elsewhere, and every optional value is also nullable.

use std::collections::HashSet;

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, Components, IntegerFormat, NumberFormat, OpenAPI, ReferenceOr, Schema, SchemaData,
    SchemaKind, StringFormat, StringType, Type, VariantOrUnknownOrEmpty,
};

use crate::anything::{anything, says_nothing};
use crate::document::{Child, descend};
use crate::kind::{FILE_FORMAT, Kind, kind_of};
use crate::model::Api;

/// Returns a document with the schemas of the API's types and no operations.
pub(super) fn simplify(openapi: &OpenAPI, api: &Api) -> OpenAPI {
    let known: HashSet<_> = api.schemas.iter().map(|schema| schema.name.as_str()).collect();
    let all = openapi.components.iter().flat_map(|components| &components.schemas);
    let schemas = all.filter(|(name, _)| known.contains(name.as_str()));
    let schemas = schemas.map(|(name, schema)| (name.clone(), simplified(schema.clone()))).collect();
    OpenAPI {
        // progenitor rejects shorter versions.
        openapi: "3.0.3".to_owned(),
        info: openapi.info.clone(),
        components: Some(Components { schemas, ..Components::default() }),
        ..OpenAPI::default()
    }
}

fn simplified(mut schema: ReferenceOr<Schema>) -> ReferenceOr<Schema> {
    if let ReferenceOr::Item(schema) = &mut schema {
        descend(schema, &mut |child| {
            if let Child::Schema(schema) = child {
                unconstrained(schema);
            }
        });
        // Each field that holds the type decides whether it is nullable.
        schema.schema_data.nullable = false;
    }
    schema
}

fn unconstrained(schema: &mut Schema) {
    schema.schema_data = SchemaData {
        nullable: schema.schema_data.nullable,
        description: schema.schema_data.description.take(),
        ..SchemaData::default()
    };
    match &mut schema.schema_kind {
        SchemaKind::Type(Type::String(text)) => {
            *text = StringType { format: known_format(&text.format), ..StringType::default() };
        }
        SchemaKind::Type(Type::Number(number)) => {
            *number = openapiv3::NumberType { format: known_number(&number.format), ..Default::default() };
        }
        SchemaKind::Type(Type::Integer(integer)) => {
            *integer = openapiv3::IntegerType { format: known_integer(&integer.format), ..Default::default() };
        }
        SchemaKind::Type(Type::Boolean(boolean)) => boolean.enumeration.clear(),
        SchemaKind::Type(Type::Array(array)) => {
            array.min_items = None;
            array.max_items = None;
            array.unique_items = false;
            if let Some(ReferenceOr::Item(items)) = &mut array.items {
                never_null(items);
            }
        }
        SchemaKind::Type(Type::Object(object)) => {
            object.min_properties = None;
            object.max_properties = None;
            let required: HashSet<_> = object.required.iter().collect();
            for (name, property) in &mut object.properties {
                if !required.contains(name) {
                    optional(property);
                }
            }
            match &mut object.additional_properties {
                Some(AdditionalProperties::Schema(values)) if object.properties.is_empty() => {
                    if let ReferenceOr::Item(values) = &mut **values {
                        never_null(values);
                    }
                }
                additional => *additional = None,
            }
        }
        SchemaKind::Any(any) => complete(&mut any.properties, &any.required),
        _ => {}
    }
}

/// progenitor looks up required names among the properties. A missing property becomes any JSON.
fn complete(properties: &mut IndexMap<String, ReferenceOr<Box<Schema>>>, required: &[String]) {
    if properties.is_empty() {
        return;
    }
    for name in required {
        properties.entry(name.clone()).or_insert_with(|| ReferenceOr::Item(Box::new(anything())));
    }
}

/// Any JSON already includes null.
fn never_null(element: &mut Schema) {
    if says_nothing(element) {
        element.schema_data.nullable = false;
    }
}

/// Makes an optional list or map nullable, so that an absent one differs from an empty one.
fn optional(property: &mut ReferenceOr<Box<Schema>>) {
    let collection =
        matches!(kind_of(&property.clone().unbox()), Kind::List(_) | Kind::Map(_) | Kind::JsonObject | Kind::Json);
    if let (true, ReferenceOr::Item(schema)) = (collection, property) {
        schema.schema_data.nullable = true;
    }
}

fn known_format(format: &VariantOrUnknownOrEmpty<StringFormat>) -> VariantOrUnknownOrEmpty<StringFormat> {
    match format {
        VariantOrUnknownOrEmpty::Item(StringFormat::DateTime | StringFormat::Date) => format.clone(),
        VariantOrUnknownOrEmpty::Unknown(name) if name == "uuid" || name == FILE_FORMAT => format.clone(),
        _ => VariantOrUnknownOrEmpty::Empty,
    }
}

/// A float is always a double.
fn known_number(format: &VariantOrUnknownOrEmpty<NumberFormat>) -> VariantOrUnknownOrEmpty<NumberFormat> {
    match format {
        VariantOrUnknownOrEmpty::Item(_) => VariantOrUnknownOrEmpty::Empty,
        other => other.clone(),
    }
}

/// progenitor's types for these formats are too small.
fn known_integer(format: &VariantOrUnknownOrEmpty<IntegerFormat>) -> VariantOrUnknownOrEmpty<IntegerFormat> {
    match format {
        VariantOrUnknownOrEmpty::Unknown(name) if name == "uint" => {
            VariantOrUnknownOrEmpty::Unknown("uint64".to_owned())
        }
        VariantOrUnknownOrEmpty::Unknown(name) if name == "int" => VariantOrUnknownOrEmpty::Empty,
        other => other.clone(),
    }
}
