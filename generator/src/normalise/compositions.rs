//! `allOf` over objects → one object with all their properties.
//!
//! As such it has what every object has: setters, checks, and the properties that nobody documents. Of a property that
//! several parts have, the last is the one that holds: it is meant to say more.

use openapiv3::{AnySchema, ObjectType, OpenAPI, ReferenceOr, Schema, SchemaKind, Type};
use serde_json::{Map, Value};

use super::inline::each_root;
use crate::document::{Child, children, descend, resolve};
use crate::kind::{alone, is_any_object};
use crate::origin;

/// How deep parts may be composed in turn.
const DEPTH: usize = 16;

pub(super) fn merge(openapi: &mut OpenAPI) {
    each_root(openapi, &mut |_, root| {
        if let Child::Schema(schema) = root {
            descend(schema, &mut |child| {
                if let Child::Schema(schema) = child {
                    forget_empty_parts(schema);
                }
            });
        }
    });
    let original = openapi.clone();
    each_root(openapi, &mut |_, root| {
        if let Child::Schema(schema) = root {
            merge_one(&original, schema);
            merge_inside(&original, schema);
        }
    });
}

/// A part that only describes leaves what is beside it as it is; its description is that of the whole.
fn forget_empty_parts(schema: &mut Schema) {
    let SchemaKind::AllOf { all_of: parts } = &mut schema.schema_kind else { return };
    let (empty, rest): (Vec<_>, Vec<_>) = parts.drain(..).partition(|part| part.as_item().is_some_and(adds_nothing));
    let mut described = empty.iter().filter_map(|part| part.as_item()?.schema_data.description.clone());
    if let (None, Some(description)) = (&schema.schema_data.description, described.next_back()) {
        schema.schema_data.description = Some(description);
    }
    *parts = if rest.is_empty() { empty } else { rest };
}

/// Whether a schema says nothing of objects but that they are some.
fn adds_nothing(schema: &Schema) -> bool {
    says_nothing(schema)
        || matches!(&schema.schema_kind, SchemaKind::Type(Type::Object(object)) if is_any_object(object))
}

fn says_nothing(schema: &Schema) -> bool {
    matches!(&schema.schema_kind, SchemaKind::Any(any) if *any == AnySchema::default())
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
    let mut merged = Merged::default();
    if add(openapi, schema, &mut merged, DEPTH).is_some() && !merged.object.properties.is_empty() {
        schema.schema_kind = SchemaKind::Type(Type::Object(merged.object));
        origin::note_properties(schema, merged.origins);
    }
}

/// The object that comes of several.
#[derive(Default)]
struct Merged {
    object: ObjectType,
    /// Where each of its properties stands.
    origins: Map<String, Value>,
}

/// Adds what a schema says to an object; none if that is not about an object.
fn add(openapi: &OpenAPI, schema: &Schema, merged: &mut Merged, depth: usize) -> Option<()> {
    let depth = depth.checked_sub(1)?;
    match &schema.schema_kind {
        SchemaKind::Type(Type::Object(object)) => {
            let Merged { object: merged, origins } = merged;
            for (name, property) in &object.properties {
                origins.insert(name.clone(), Value::String(origin::of_property(schema, name)));
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
        _ if says_nothing(schema) => Some(()),
        _ => None,
    }
}
