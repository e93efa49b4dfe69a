//! Replaces references to aliases with references to the aliased component, so that a type has one name.

use std::collections::BTreeMap;

use openapiv3::{OpenAPI, ReferenceOr, Schema};

use super::inline::each_root;
use crate::document::{Child, Webhooks, component_name, descend, schema_reference};

pub(super) fn follow(openapi: &mut OpenAPI, webhooks: &mut Webhooks) {
    let Some(components) = &mut openapi.components else { return };
    let aliases: BTreeMap<_, _> = components
        .schemas
        .iter()
        .filter_map(|(name, schema)| match schema {
            ReferenceOr::Reference { reference } => {
                Some((name.clone(), component_name::<Schema>(reference)?.to_owned()))
            }
            ReferenceOr::Item(_) => None,
        })
        .collect();
    if aliases.is_empty() {
        return;
    }
    components.schemas.retain(|name, _| !aliases.contains_key(name));
    let follow = |reference: &mut String| {
        // Every alias has a target, because the linter rejects broken references.
        while let Some(next) = component_name::<Schema>(reference).and_then(|name| aliases.get(name)) {
            *reference = schema_reference(next);
        }
    };
    let mut visit = |child: Child<'_>| match child {
        Child::Reference(reference) => follow(reference),
        Child::Schema(schema) => {
            let discriminator = schema.schema_data.discriminator.iter_mut();
            discriminator.flat_map(|discriminator| discriminator.mapping.values_mut()).for_each(follow);
        }
    };
    each_root(openapi, &mut |_, root| match root {
        Child::Schema(schema) => descend(schema, &mut visit),
        reference @ Child::Reference(_) => visit(reference),
    });
    for operation in webhooks.values_mut() {
        let Some(ReferenceOr::Item(body)) = &mut operation.request_body else { continue };
        for schema in body.content.values_mut().filter_map(|media| media.schema.as_mut()) {
            if let ReferenceOr::Reference { reference } = schema {
                follow(reference);
            }
        }
    }
}
