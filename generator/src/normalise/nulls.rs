//! Moves null from components to the references to them, so that a type has one form everywhere.

use std::collections::BTreeSet;

use openapiv3::{AdditionalProperties, OpenAPI, ReferenceOr, Schema, SchemaData, SchemaKind, Type};

use super::inline::{each_received, each_root};
use crate::document::{Child, component_name, components, descend, operations_mut};
use crate::kind::{Kind, alone, alternatives, kind_of};

pub(super) fn lift(openapi: &mut OpenAPI) {
    let nullable = nullable(openapi);
    if nullable.is_empty() {
        return;
    }
    for (name, schema) in openapi.components.iter_mut().flat_map(|components| &mut components.schemas) {
        if let ReferenceOr::Item(schema) = schema
            && nullable.contains(name)
        {
            schema.schema_data.nullable = false;
        }
    }
    each_root(openapi, &mut |_, root| {
        if let Child::Schema(schema) = root {
            descend(schema, &mut |child| {
                if let Child::Schema(schema) = child {
                    allow_inside(schema, &nullable);
                }
            });
        }
    });
    for item in openapi.paths.paths.values_mut() {
        let ReferenceOr::Item(item) = item else { continue };
        for (_, operation) in operations_mut(item) {
            each_received(operation, &mut |_, schema| allow(schema, &nullable));
        }
    }
}

/// Returns the nullable components: marked as such, or with a nullable alternative.
fn nullable(openapi: &OpenAPI) -> BTreeSet<String> {
    let mut nullable = BTreeSet::new();
    loop {
        let more: Vec<_> = components(openapi)
            .filter(|(name, _)| !nullable.contains(*name))
            .filter(|(_, schema)| schema.as_item().is_some_and(|schema| allows_null(schema, &nullable)))
            .map(|(name, _)| name.clone())
            .collect();
        if more.is_empty() {
            return nullable;
        }
        nullable.extend(more);
    }
}

fn allows_null(schema: &Schema, nullable: &BTreeSet<String>) -> bool {
    // Any JSON includes null, and is read as such.
    let is_any = || kind_of(&ReferenceOr::Item(schema.clone())) == Kind::Json && alternatives(schema).is_none();
    let is_chosen = |member: &ReferenceOr<Schema>| match member {
        ReferenceOr::Item(member) => member.schema_data.nullable,
        reference @ ReferenceOr::Reference { .. } => refers(reference, nullable),
    };
    (schema.schema_data.nullable && !is_any())
        || alternatives(schema).is_some_and(|members| members.iter().any(is_chosen))
}

fn refers<T>(schema: &ReferenceOr<T>, nullable: &BTreeSet<String>) -> bool {
    let ReferenceOr::Reference { reference } = schema else { return false };
    component_name::<Schema>(reference).is_some_and(|name| nullable.contains(name))
}

/// Marks direct uses of nullable components as nullable.
fn allow_inside(schema: &mut Schema, nullable: &BTreeSet<String>) {
    if alone(schema).is_some_and(|part| refers(part, nullable)) {
        schema.schema_data.nullable = true;
    }
    match &mut schema.schema_kind {
        SchemaKind::Type(Type::Object(object)) => {
            object.properties.values_mut().for_each(|property| allow_boxed(property, nullable));
            if let Some(AdditionalProperties::Schema(values)) = &mut object.additional_properties {
                allow(values, nullable);
            }
        }
        SchemaKind::Type(Type::Array(array)) => array.items.iter_mut().for_each(|items| allow_boxed(items, nullable)),
        _ => {}
    }
}

fn allow(schema: &mut ReferenceOr<Schema>, nullable: &BTreeSet<String>) {
    if refers(schema, nullable) {
        let part = std::mem::replace(schema, ReferenceOr::Reference { reference: String::new() });
        *schema = ReferenceOr::Item(or_null(part));
    }
}

fn allow_boxed(schema: &mut ReferenceOr<Box<Schema>>, nullable: &BTreeSet<String>) {
    if refers(schema, nullable) {
        let part = std::mem::replace(schema, ReferenceOr::Reference { reference: String::new() });
        *schema = ReferenceOr::Item(Box::new(or_null(part.unbox())));
    }
}

fn or_null(part: ReferenceOr<Schema>) -> Schema {
    Schema {
        schema_data: SchemaData { nullable: true, ..SchemaData::default() },
        schema_kind: SchemaKind::AllOf { all_of: vec![part] },
    }
}
