//! `name-collision`: no two things get the same name in Rust.

use std::collections::BTreeMap;

use super::Lint;
use crate::naming::{method, snake, type_name};
use crate::source::{Finding, join};

const CODE: &str = "name-collision";
/// Modules beside those of the resources.
const MODULES: [&str; 5] = ["bodies", "common", "error", "types", "mod_"];
/// Methods of a client beside those that lead to resources.
const CLIENT: [&str; 5] = ["from_env", "new", "builder", "base_url", "clone"];

pub(super) fn check(lint: &Lint<'_>) -> Vec<Finding> {
    [resources(lint), methods(lint), schemas(lint)].concat()
}

fn resources(lint: &Lint<'_>) -> Vec<Finding> {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    let mut findings = Vec::new();
    for place in lint.operations() {
        let [tag] = &place.operation.tags[..] else { continue };
        let name = snake(tag);
        let pointer = join(&join(&place.pointer(), "tags"), "0");
        if MODULES.contains(&name.as_str()) || CLIENT.contains(&name.as_str()) {
            let message = format!("the tag `{tag}` would become `{name}`, which the client needs itself");
            findings.push(lint.finding(CODE, &pointer, message, "name the tag in another way"));
        } else if let Some(other) = seen.insert(name.clone(), tag).filter(|other| other != tag) {
            let message = format!("the tags `{other}` and `{tag}` would both become `{name}`");
            findings.push(lint.finding(CODE, &pointer, message, "spell the tag in one way"));
        }
    }
    findings
}

fn methods(lint: &Lint<'_>) -> Vec<Finding> {
    let mut seen: BTreeMap<(String, String), &str> = BTreeMap::new();
    let mut findings = Vec::new();
    for place in lint.operations() {
        let (Some(id), [tag]) = (&place.operation.operation_id, &place.operation.tags[..]) else { continue };
        let chosen = lint.config.operations.get(id).and_then(|settings| settings.method.clone());
        let name = chosen.unwrap_or_else(|| method(id, tag));
        if let Some(other) = seen.insert((snake(tag), name.clone()), id).filter(|other| *other != id) {
            let message = format!("`{other}` and `{id}` would both become the method `{name}` of {tag}");
            let help = format!("rename one, or choose in generator.toml: operations.{id}.method = \"…\"");
            findings.push(lint.finding(CODE, &join(&place.pointer(), "operationId"), message, &help));
        }
    }
    findings
}

fn schemas(lint: &Lint<'_>) -> Vec<Finding> {
    let mut seen: BTreeMap<String, &str> = BTreeMap::new();
    let mut findings = Vec::new();
    for name in lint.openapi().components.iter().flat_map(|components| components.schemas.keys()) {
        let rust = type_name(name);
        if let Some(other) = seen.insert(rust.clone(), name) {
            let message = format!("the schemas `{other}` and `{name}` would both become `{rust}`");
            findings.push(lint.finding(CODE, &join("/components/schemas", name), message, "rename one of them"));
        }
    }
    findings
}
