//! Which operation, and which of its schemas, the base library cannot take: each is tried on its own.

use openapiv3::{OpenAPI, PathItem, ReferenceOr, Schema};

use super::attempt;
use crate::document::{Child, Place, child, component_name, descend, operations};
use crate::model::Api;
use crate::normalise::inline::each_root;
use crate::source::join;

/// What the base library says about a part of the document.
pub(crate) struct Refusal {
    /// The operation, if it is one alone.
    pub(crate) operation: Option<String>,
    /// The pointer of the operation or schema.
    pub(crate) pointer: String,
    pub(crate) problem: String,
}

/// The operations that fail on their own; if none does, the document as a whole.
pub(super) fn find(openapi: &OpenAPI, api: &Api, problem: String) -> Vec<Refusal> {
    let refusals: Vec<_> = operations(openapi)
        .filter_map(|place| {
            let alone = alone(openapi, &place);
            let problem = attempt(&alone, api).err()?;
            let pointer = schema(&alone, api).unwrap_or_else(|| place.pointer());
            Some(Refusal { operation: place.operation.operation_id.clone(), pointer, problem })
        })
        .collect();
    if refusals.is_empty() { vec![Refusal { operation: None, pointer: String::new(), problem }] } else { refusals }
}

/// The document with one operation and what it refers to.
fn alone(openapi: &OpenAPI, place: &Place<'_>) -> OpenAPI {
    let mut alone = openapi.clone();
    let mut item = PathItem::default();
    let slot = match place.method {
        "get" => &mut item.get,
        "put" => &mut item.put,
        "post" => &mut item.post,
        "delete" => &mut item.delete,
        "options" => &mut item.options,
        "head" => &mut item.head,
        "patch" => &mut item.patch,
        _ => &mut item.trace,
    };
    *slot = Some(place.operation.clone());
    alone.paths.paths = [(place.path.to_owned(), ReferenceOr::Item(item))].into_iter().collect();
    keep_reachable(&mut alone);
    alone
}

/// The smallest schema that fails without any operation.
fn schema(openapi: &OpenAPI, api: &Api) -> Option<String> {
    let components = openapi.components.as_ref()?;
    let failing = components.schemas.keys().filter_map(|name| {
        let mut alone = openapi.clone();
        alone.paths.paths.clear();
        let kept = reachable(&alone, vec![name.clone()]);
        alone.components.as_mut()?.schemas.retain(|name, _| kept.contains(name));
        attempt(&alone, api).err()?;
        Some((kept.len(), join("/components/schemas", name)))
    });
    failing.min().map(|(_, pointer)| pointer)
}

fn keep_reachable(openapi: &mut OpenAPI) {
    let mut roots = Vec::new();
    let mut paths_only = openapi.clone();
    paths_only.components = None;
    each_root(&mut paths_only, &mut |_, root| references(root, &mut roots));
    let kept = reachable(openapi, roots);
    if let Some(components) = &mut openapi.components {
        components.schemas.retain(|name, _| kept.contains(name));
    }
}

fn reachable(openapi: &OpenAPI, roots: Vec<String>) -> Vec<String> {
    let (mut kept, mut queue) = (Vec::new(), roots);
    while let Some(name) = queue.pop() {
        let schema = openapi.components.as_ref().and_then(|components| components.schemas.get(&name));
        if let (Some(schema), false) = (schema, kept.contains(&name)) {
            child(&mut schema.clone(), &mut |child| references(child, &mut queue));
            kept.push(name);
        }
    }
    kept
}

fn references(child: Child<'_>, found: &mut Vec<String>) {
    let mut note = |child: Child<'_>| {
        if let Child::Reference(reference) = child {
            found.extend(component_name::<Schema>(reference).map(str::to_owned));
        }
    };
    match child {
        Child::Schema(schema) => descend(schema, &mut note),
        reference @ Child::Reference(_) => note(reference),
    }
}
