//! `allOf` over objects → one object with all their properties.
//!
//! As such it has what every object has: setters, checks, and the properties that nobody documents. Of a property that
//! several parts have, the last is the one that holds: it is meant to say more.

use openapiv3::{ObjectType, OpenAPI, ReferenceOr, Schema, SchemaKind, Type};

use super::inline::each_root;
use crate::document::{Child, children, resolve};
use crate::kind::alone;

/// How deep parts may be composed in turn.
const DEPTH: usize = 16;

pub(super) fn merge(openapi: &mut OpenAPI) {
    let original = openapi.clone();
    each_root(openapi, &mut |_, root| {
        if let Child::Schema(schema) = root {
            merge_one(&original, schema);
            merge_inside(&original, schema);
        }
    });
}

fn merge_inside(openapi: &OpenAPI, schema: &mut Schema) {
    children(schema, &mut |child| {
        if let Child::Schema(schema) = child {
            // It is the thing itself that it refers to.
            if alone(schema).is_none() {
                merge_one(openapi, schema);
            }
            merge_inside(openapi, schema);
        }
    });
}

fn merge_one(openapi: &OpenAPI, schema: &mut Schema) {
    if !matches!(schema.schema_kind, SchemaKind::AllOf { .. }) {
        return;
    }
    let mut merged = ObjectType::default();
    if add(openapi, schema, &mut merged, DEPTH).is_some() && !merged.properties.is_empty() {
        schema.schema_kind = SchemaKind::Type(Type::Object(merged));
    }
}

/// Adds what a schema says to an object; none if that is not about an object.
fn add(openapi: &OpenAPI, schema: &Schema, merged: &mut ObjectType, depth: usize) -> Option<()> {
    let depth = depth.checked_sub(1)?;
    match &schema.schema_kind {
        SchemaKind::Type(Type::Object(object)) => {
            for (name, property) in &object.properties {
                merged.properties.insert(name.clone(), property.clone());
            }
            for name in &object.required {
                if !merged.required.contains(name) {
                    merged.required.push(name.clone());
                }
            }
            merged.additional_properties = merged.additional_properties.take().or(object.additional_properties.clone());
            Some(())
        }
        SchemaKind::AllOf { all_of: parts } => parts.iter().try_for_each(|part| match part {
            ReferenceOr::Item(part) => add(openapi, part, merged, depth),
            reference @ ReferenceOr::Reference { .. } => add(openapi, resolve(openapi, reference)?, merged, depth),
        }),
        // It says nothing at all.
        SchemaKind::Any(any) if *any == openapiv3::AnySchema::default() => Some(()),
        _ => None,
    }
}
