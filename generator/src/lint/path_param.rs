//! Checks `path-param`: the names in a path and the path parameters of its operations are the same.

use std::collections::HashSet;

use openapiv3::Parameter;

use super::context::{Lint, diagnostic};
use crate::code::Code;
use crate::document::{Endpoint, path_names, resolve};
use crate::origin;
use crate::source::{Unlocated, join};

pub(super) fn check(lint: &Lint<'_>) -> Vec<Unlocated> {
    // A parameter that several paths share is one mistake.
    let mut reported = HashSet::new();
    lint.operations().flat_map(|endpoint| check_operation(lint, &endpoint, &mut reported)).collect()
}

fn check_operation(lint: &Lint<'_>, endpoint: &Endpoint<'_>, reported: &mut HashSet<String>) -> Vec<Unlocated> {
    let names: HashSet<_> = path_names(endpoint.path).into_iter().collect();
    let own = &endpoint.operation.parameters;
    let declared =
        own.iter().chain(&endpoint.item.parameters).filter_map(|parameter| resolve(lint.openapi(), parameter));
    let of_path = declared.filter(|parameter| matches!(parameter, Parameter::Path { .. }));
    let declared: Vec<_> =
        of_path.map(|parameter| (origin::of(parameter), parameter.parameter_data_ref().name.as_str())).collect();
    let mut extra: Vec<_> = declared.iter().filter(|(_, name)| !names.contains(name)).collect();
    let missing = path_names(endpoint.path).into_iter().filter(|name| declared.iter().all(|(_, other)| other != name));
    let mut diagnostics = Vec::new();
    for name in missing {
        // A wrong name is one mistake, and not a missing and a needless parameter.
        if let Some((place, other)) = extra.pop() {
            let message = format!("the path parameter `{other}` is not in the path `{}`", endpoint.path);
            if reported.insert((*place).to_owned()) {
                let at = lint.input.spec.at(join(place, "name"));
                diagnostics.push(diagnostic(Code::PathParam, at, message, &format!("did you mean `{name}`?")));
            }
            continue;
        }
        let message = format!("{} does not declare the path parameter `{name}`", endpoint.title());
        let help = format!("add to its parameters: {{name: {name}, in: path, required: true, schema: …}}");
        diagnostics.push(lint.diagnostic(Code::PathParam, &endpoint.pointer(), message, &help));
    }
    for (place, name) in extra {
        let message = format!("the path parameter `{name}` is not in the path `{}`", endpoint.path);
        if reported.insert((*place).to_owned()) {
            let at = lint.input.spec.at(join(place, "name"));
            diagnostics.push(diagnostic(Code::PathParam, at, message, "add it to the path, or remove it"));
        }
    }
    diagnostics
}
