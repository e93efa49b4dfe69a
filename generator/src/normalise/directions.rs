//! Splits components whose objects differ between requests and responses.

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use openapiv3::{OpenAPI, ReferenceOr, Schema};

use super::inline::{each_received, each_sent};
use crate::direction::Direction;
use crate::document::{Child, Webhooks, component_name, components, descend, operations_mut, schema_reference};
use crate::naming::Names;
use crate::uses::{Uses, each_inside, referred};

/// The suffix of the component for requests.
pub(crate) const REQUEST: &str = "Request";

pub(super) fn split(openapi: &mut OpenAPI, webhooks: &mut Webhooks) {
    let omitted = [Direction::Sent, Direction::Received].map(|direction| direction.omitted(openapi));
    let differing = differing(openapi, &omitted);
    if differing.is_empty() {
        return;
    }
    let [sent, received] = reached(openapi, webhooks);
    let mut taken = Names::of(components(openapi).map(|(name, _)| name));
    let names: BTreeMap<_, _> = sent
        .iter()
        .filter(|name| received.contains(*name) && differing.contains(*name))
        .map(|name| (name.clone(), taken.numbered(&format!("{name}{REQUEST}"))))
        .collect();
    let Some(components) = &mut openapi.components else { return };
    let mut schemas = IndexMap::new();
    for (name, schema) in std::mem::take(&mut components.schemas) {
        let ReferenceOr::Item(mut response) = schema else {
            schemas.insert(name, schema);
            continue;
        };
        let mut request = response.clone();
        Direction::Sent.reduce(&mut request, &omitted[0]);
        descend(&mut request, &mut |child| follow(child, &names));
        Direction::Received.reduce(&mut response, &omitted[1]);
        let (own, of_requests) = match names.get(&name) {
            Some(of_requests) => (response, Some((of_requests.clone(), request))),
            None if sent.contains(&name) && !received.contains(&name) => (request, None),
            None => (response, None),
        };
        schemas.insert(name, ReferenceOr::Item(own));
        schemas.extend(of_requests.map(|(name, schema)| (name, ReferenceOr::Item(schema))));
    }
    components.schemas = schemas;
    for item in openapi.paths.paths.values_mut() {
        let ReferenceOr::Item(item) = item else { continue };
        for (_, operation) in operations_mut(item) {
            each_sent(operation, &mut |_, schema| each_inside(schema, &mut |child| follow(child, &names)));
        }
    }
}

/// Replaces a reference with one to the component for requests.
fn follow(child: Child<'_>, names: &BTreeMap<String, String>) {
    let rename = |reference: &mut String| {
        if let Some(name) = component_name::<Schema>(reference).and_then(|name| names.get(name)) {
            *reference = schema_reference(name);
        }
    };
    match child {
        Child::Reference(reference) => rename(reference),
        Child::Schema(schema) => {
            let discriminator = schema.schema_data.discriminator.iter_mut();
            discriminator.flat_map(|discriminator| discriminator.mapping.values_mut()).for_each(rename);
        }
    }
}

/// Returns the components reachable from requests, and those reachable from responses and webhooks.
fn reached(openapi: &mut OpenAPI, webhooks: &mut Webhooks) -> [BTreeSet<String>; 2] {
    let mut roots = [BTreeSet::new(), BTreeSet::new()];
    let mut note = |index: usize, schema: &mut ReferenceOr<Schema>| roots[index].extend(referred(schema));
    for item in openapi.paths.paths.values_mut() {
        let ReferenceOr::Item(item) = item else { continue };
        for (_, operation) in operations_mut(item) {
            each_sent(operation, &mut |_, schema| note(0, schema));
            each_received(operation, &mut |_, schema| note(1, schema));
        }
    }
    for operation in webhooks.values_mut() {
        each_sent(operation, &mut |_, schema| note(1, schema));
    }
    let uses = Uses::of(openapi);
    roots.map(|roots| uses.below(roots))
}

/// Returns the components that contain a property of only one direction, directly or through references.
fn differing(openapi: &OpenAPI, omitted: &[BTreeSet<String>; 2]) -> BTreeSet<String> {
    let differs = |schema: &ReferenceOr<Schema>| {
        let ReferenceOr::Item(schema) = schema else { return false };
        let directions = [Direction::Sent, Direction::Received].into_iter().zip(omitted);
        directions.into_iter().any(|(direction, omitted)| direction.reduce(&mut schema.clone(), omitted))
    };
    let found = components(openapi).filter(|(_, schema)| differs(schema)).map(|(name, _)| name.clone());
    Uses::of(openapi).above(found)
}
