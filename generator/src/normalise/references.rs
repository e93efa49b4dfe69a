//! Inlines referenced parameters, bodies and responses, and moves parameters of paths to their operations.

use openapiv3::{OpenAPI, Operation, Parameter, ReferenceOr};

use crate::document::{Component, data_mut, operations_mut, resolve, schema_of_mut};
use crate::kind::{enumeration, is_scalar};

pub(super) fn expand(openapi: &mut OpenAPI) {
    let mut paths = openapi.paths.paths.clone();
    for item in paths.values_mut() {
        let ReferenceOr::Item(item) = item else { continue };
        let shared: Vec<_> = std::mem::take(&mut item.parameters);
        for (_, operation) in operations_mut(item) {
            expand_operation(openapi, operation, &shared);
        }
    }
    openapi.paths.paths = paths;
}

fn expand_operation(openapi: &OpenAPI, operation: &mut Operation, shared: &[ReferenceOr<Parameter>]) {
    let mut parameters: Vec<Parameter> = Vec::new();
    // Parameters of the operation come last, and replace shared ones.
    for parameter in own::<Parameter>(openapi, shared).into_iter().chain(own(openapi, &operation.parameters)) {
        parameters.retain(|other| key(other) != key(&parameter));
        parameters.push(parameter);
    }
    parameters.retain(|parameter| !is_set_by_client(parameter));
    for parameter in &mut parameters {
        scalar(openapi, parameter);
    }
    operation.parameters = parameters.into_iter().map(ReferenceOr::Item).collect();
    if let Some(body) = &mut operation.request_body {
        item(openapi, body);
    }
    for response in operation.responses.responses.values_mut().chain(&mut operation.responses.default) {
        item(openapi, response);
    }
}

/// Whether a parameter is one of the headers that OpenAPI ignores among parameters.
fn is_set_by_client(parameter: &Parameter) -> bool {
    let Parameter::Header { parameter_data, .. } = parameter else { return false };
    ["accept", "content-type", "authorization"].iter().any(|name| parameter_data.name.eq_ignore_ascii_case(name))
}

/// Inlines a named scalar of a parameter; only enumerations keep their names.
fn scalar(openapi: &OpenAPI, parameter: &mut Parameter) {
    let data = data_mut(parameter);
    let Some(schema) = schema_of_mut(data) else { return };
    let target = resolve(openapi, schema).filter(|target| is_scalar(target) && enumeration(target).is_none());
    if let Some(target) = target.cloned() {
        *schema = ReferenceOr::Item(target);
    }
}

fn key(parameter: &Parameter) -> (std::mem::Discriminant<Parameter>, &str) {
    (std::mem::discriminant(parameter), &parameter.parameter_data_ref().name)
}

fn own<T: Component + Clone>(openapi: &OpenAPI, references: &[ReferenceOr<T>]) -> Vec<T> {
    references.iter().filter_map(|reference| resolve(openapi, reference).cloned()).collect()
}

fn item<T: Component + Clone>(openapi: &OpenAPI, reference: &mut ReferenceOr<T>) {
    if let Some(found) = resolve(openapi, reference).cloned() {
        *reference = ReferenceOr::Item(found);
    }
}
