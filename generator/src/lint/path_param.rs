//! Checks `path-param`: the names in a path and the path parameters of its operations are the same.

use std::collections::HashSet;

use openapiv3::Parameter;

use super::context::Lint;
use crate::code::Code;
use crate::document::{Endpoint, path_names, resolve};
use crate::source::{Unlocated, join};

pub(super) fn check(lint: &Lint<'_>) -> Vec<Unlocated> {
    lint.operations().flat_map(|endpoint| check_operation(lint, &endpoint)).collect()
}

fn check_operation(lint: &Lint<'_>, endpoint: &Endpoint<'_>) -> Vec<Unlocated> {
    let mut diagnostics = Vec::new();
    let names = path_names(endpoint.path);
    let own = endpoint
        .operation
        .parameters
        .iter()
        .enumerate()
        .map(|(index, parameter)| (endpoint.pointer(), index, parameter));
    let shared = endpoint.item.parameters.iter().enumerate();
    let shared = shared.map(|(index, parameter)| (join("/paths", endpoint.path), index, parameter));
    let declared: Vec<_> = own
        .chain(shared)
        .filter_map(|(pointer, index, parameter)| match resolve(lint.openapi(), parameter)? {
            Parameter::Path { parameter_data, .. } => {
                Some((join(&join(&pointer, "parameters"), &index.to_string()), parameter_data))
            }
            _ => None,
        })
        .collect();
    let of_declared: HashSet<_> = declared.iter().map(|(_, data)| data.name.as_str()).collect();
    let mut seen = HashSet::new();
    for name in names {
        if seen.insert(name) && !of_declared.contains(name) {
            let message = format!("{} does not declare the path parameter `{name}`", endpoint.title());
            let help = format!("add to its parameters: {{name: {name}, in: path, required: true, schema: …}}");
            diagnostics.push(lint.diagnostic(Code::PathParam, &endpoint.pointer(), message, &help));
        }
    }
    for (pointer, data) in declared {
        let name = &data.name;
        if !seen.contains(name.as_str()) {
            let message =
                format!("the path parameter `{name}` of {} is not in the path `{}`", endpoint.title(), endpoint.path);
            diagnostics.push(lint.diagnostic(Code::PathParam, &pointer, message, "add it to the path, or remove it"));
        }
    }
    diagnostics
}
