//! Keeps the operations of some tags, with the schemas that they need.

use std::collections::BTreeSet;

use openapiv3::{OpenAPI, ReferenceOr, Schema};
use serde_json::{Map, Value};

use crate::document::{component_name, operations, operations_mut, schema_reference};
use crate::load::Document;
use crate::naming::snake;
use crate::near::perhaps;

/// Removes operations and webhooks without any of these tags, and schemas that no other part refers to. Names of tags
/// may be written like the methods of the client. Returns the tags that no operation has, each with a suggestion.
pub(crate) fn keep(document: &mut Document, tags: &[String]) -> Vec<(String, String)> {
    if tags.is_empty() {
        return Vec::new();
    }
    let known: BTreeSet<String> =
        operations(&document.openapi).filter_map(|endpoint| endpoint.operation.tags.first().cloned()).collect();
    let is_named = |tag: &str, name: &str| tag == name || snake(tag) == snake(name);
    let unknown = tags.iter().filter(|name| !known.iter().any(|tag| is_named(tag, name)));
    let unknown: Vec<_> = unknown.map(|name| (name.clone(), perhaps(name, known.iter().map(String::as_str)))).collect();
    let is_kept = |tags_of: &[String]| tags_of.first().is_some_and(|tag| tags.iter().any(|name| is_named(tag, name)));
    let openapi = &mut document.openapi;
    for item in openapi.paths.paths.values_mut() {
        let ReferenceOr::Item(item) = item else { continue };
        let dropped = operations_mut(item).filter(|(_, operation)| !is_kept(&operation.tags));
        let dropped: Vec<_> = dropped.map(|(method, _)| method).collect();
        for method in dropped {
            let slot = match method {
                "get" => &mut item.get,
                "put" => &mut item.put,
                "post" => &mut item.post,
                "delete" => &mut item.delete,
                "options" => &mut item.options,
                "head" => &mut item.head,
                "patch" => &mut item.patch,
                _ => &mut item.trace,
            };
            *slot = None;
        }
    }
    openapi.paths.paths.retain(|_, item| item.as_item().is_none_or(|item| item.iter().next().is_some()));
    document.webhooks.retain(|_, operation| is_kept(&operation.tags));
    let webhooks = serde_json::to_value(&document.webhooks).unwrap_or_default();
    prune(openapi, &webhooks);
    unknown
}

/// Removes the schemas that neither an operation nor a webhook refers to.
fn prune(openapi: &mut OpenAPI, webhooks: &Value) {
    let whole = serde_json::to_value(&*openapi).unwrap_or_default();
    let schemas = whole.pointer("/components/schemas").and_then(Value::as_object);
    let (mut seen, mut open) = (BTreeSet::new(), [references(&whole["paths"]), references(webhooks)].concat());
    while let Some(reference) = open.pop() {
        let name = component_name::<Schema>(&reference);
        let schema = name.and_then(|name| schemas?.get(name));
        let Some(target) = schema.or_else(|| whole.pointer(reference.strip_prefix('#')?)) else { continue };
        if !seen.insert(reference.clone()) {
            continue;
        }
        open.extend(references(target));
    }
    if let Some(components) = &mut openapi.components {
        components.schemas.retain(|name, _| seen.contains(&schema_reference(name)));
    }
}

/// Returns the references in a part of a document, those of discriminators included.
fn references(value: &Value) -> Vec<String> {
    let (mut found, mut open) = (Vec::new(), vec![value]);
    while let Some(value) = open.pop() {
        match value {
            Value::String(text) if text.starts_with("#/components/") => found.push(text.clone()),
            Value::Array(items) => open.extend(items),
            Value::Object(entries) => {
                let mapping = entries.get("mapping").and_then(Value::as_object);
                let names = mapping.into_iter().flat_map(Map::values).filter_map(Value::as_str);
                found.extend(names.filter(|name| !name.contains('/')).map(schema_reference));
                open.extend(entries.values());
            }
            _ => {}
        }
    }
    found
}
