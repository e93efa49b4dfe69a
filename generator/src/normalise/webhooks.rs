//! Moves bodies of webhooks to components, so that the types inside them get names like all others.

use openapiv3::{OpenAPI, Operation, ReferenceOr, RequestBody, Schema};

use crate::document::{Webhooks, component_name, resolve, schema_reference};
use crate::naming::{Names, type_name};

/// Replaces each body with a reference to a component under its final name.
pub(super) fn name_bodies(openapi: &mut OpenAPI, webhooks: &mut Webhooks) {
    let bodies: Vec<_> = webhooks.values().map(|operation| body(openapi, operation)).collect();
    let components = &mut openapi.components.get_or_insert_with(Default::default).schemas;
    let mut taken = Names::of(components.keys().map(|name| type_name(name)));
    for ((event, operation), body) in webhooks.iter_mut().zip(bodies) {
        let Some(mut body) = body else { continue };
        for schema in body.content.values_mut().filter_map(|media| media.schema.as_mut()) {
            let name = component(schema).unwrap_or_else(|| {
                // `thing.created` → `ThingCreatedEvent`
                let name = taken.numbered(&type_name(&format!("{event}.event")));
                components.insert(name.clone(), schema.clone());
                name
            });
            *schema = ReferenceOr::Reference { reference: schema_reference(&name) };
        }
        operation.request_body = Some(ReferenceOr::Item(body));
    }
}

fn body(openapi: &OpenAPI, operation: &Operation) -> Option<RequestBody> {
    resolve(openapi, operation.request_body.as_ref()?).cloned()
}

/// Returns the final name of the component that a body refers to.
fn component(schema: &ReferenceOr<Schema>) -> Option<String> {
    match schema {
        ReferenceOr::Reference { reference } => component_name::<Schema>(reference).map(type_name),
        ReferenceOr::Item(_) => None,
    }
}
