//! Replaces paths that are references with the operations of their targets.

use std::collections::HashSet;
use std::ptr;

use serde_yaml::Value as Yaml;

use super::{places, steps};
use crate::document::{METHODS, local_steps};
use crate::source::join;

/// The maximum length of a chain of references.
const LONGEST_CHAIN: usize = 16;

/// Records the place of each target.
pub(super) fn write_out(document: &mut Yaml) {
    let Some(items) = document.get("paths").and_then(Yaml::as_mapping) else { return };
    let mut used: HashSet<_> = items.values().map(ptr::from_ref).collect();
    let referring = items.iter().filter_map(|(path, item)| Some((path, target(document, item)?)));
    let written_out = referring.map(|(path, (pointer, item))| {
        let is_first = used.insert(ptr::from_ref(item));
        let mut own = if is_first { item.clone() } else { without_ids(item.clone()) };
        let place = places::of_joined(&pointer);
        // An item of another file is written for this path.
        if is_first && !place.starts_with('/') {
            places::record(&mut own, place);
        } else {
            record_contents(&mut own, &place);
        }
        (path.clone(), own)
    });
    let written_out: Vec<_> = written_out.collect();
    if let Some(items) = document.get_mut("paths").and_then(Yaml::as_mapping_mut) {
        items.extend(written_out);
    }
}

/// Records the places of parts whose owner keeps its own place: the operation belongs to the path that refers.
fn record_contents(item: &mut Yaml, place: &str) {
    if let Some(parameters) = item.get_mut("parameters") {
        places::record_inside(parameters, &join(place, "parameters"));
    }
    for method in METHODS.into_iter().chain(["query"]) {
        let Some(operation) = item.get_mut(method) else { continue };
        let place = join(place, method);
        for key in ["parameters", "responses"] {
            if let Some(parts) = operation.get_mut(key) {
                places::record_inside(parts, &join(&place, key));
            }
        }
        if let Some(body) = operation.get_mut("requestBody") {
            places::record(body, join(&place, "requestBody"));
        }
    }
}

/// An operation at several paths becomes one operation per path, and only the first keeps the id.
fn without_ids(mut item: Yaml) -> Yaml {
    for operation in item.as_mapping_mut().into_iter().flat_map(|item| item.values_mut()) {
        operation.as_mapping_mut().and_then(|operation| operation.remove("operationId"));
    }
    item
}

/// Returns the final target of a path's reference with its pointer; `None` if there is no reference, or it is broken
/// or circular.
fn target<'a>(document: &'a Yaml, item: &'a Yaml) -> Option<(String, &'a Yaml)> {
    let mut found = next(document, item)?;
    for _ in 0..LONGEST_CHAIN {
        match found.1.get("$ref") {
            Some(_) => found = next(document, found.1)?,
            None => return Some(found),
        }
    }
    None
}

fn next<'a>(document: &'a Yaml, item: &Yaml) -> Option<(String, &'a Yaml)> {
    let steps = local_steps(item.get("$ref")?.as_str()?)?;
    let pointer = steps.iter().fold(String::new(), |pointer, step| join(&pointer, step));
    let found = steps::find(document, &steps)?;
    Some((pointer, found))
}
