//! Completes discriminator mappings, so that every name maps to a reference.

use indexmap::IndexMap;
use openapiv3::{Discriminator, OpenAPI, ReferenceOr, Schema, SchemaKind};

use super::inline::each_root;
use crate::document::{Child, component_name, descend, schema_reference};

pub(super) fn spell_out(openapi: &mut OpenAPI) {
    each_root(openapi, &mut |_, root| {
        if let Child::Schema(schema) = root {
            descend(schema, &mut |child| {
                if let Child::Schema(schema) = child {
                    complete(schema);
                }
            });
        }
    });
}

fn complete(schema: &mut Schema) {
    let (SchemaKind::OneOf { one_of: members } | SchemaKind::AnyOf { any_of: members }) = &schema.schema_kind else {
        return;
    };
    let Some(Discriminator { mapping, .. }) = &mut schema.schema_data.discriminator else { return };
    let mut complete = IndexMap::new();
    for (name, target) in std::mem::take(mapping) {
        let target = if component_name::<Schema>(&target).is_some() { target } else { schema_reference(&target) };
        complete.insert(name, target);
    }
    for member in members {
        let ReferenceOr::Reference { reference } = member else { continue };
        if let Some(name) = component_name::<Schema>(reference)
            && !complete.values().any(|target| target == reference)
        {
            complete.insert(name.to_owned(), reference.clone());
        }
    }
    *mapping = complete;
}
