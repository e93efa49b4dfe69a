//! Replaces paths that are references with the operations of their targets.

use std::collections::HashSet;
use std::ptr;

use serde_yaml::Value as Yaml;

use crate::document::local_steps;
use crate::origin::Moved;
use crate::source::join;

/// The maximum length of a chain of references.
const LONGEST_CHAIN: usize = 16;

/// Returns whether there were any, and records the place of each.
pub(super) fn write_out(document: &mut Yaml, moved: &mut Moved) -> bool {
    let Some(items) = document.get("paths").and_then(Yaml::as_mapping) else { return false };
    let mut used: HashSet<_> = items.values().map(ptr::from_ref).collect();
    let referring = items.iter().filter_map(|(path, item)| Some((path, target(document, item)?)));
    let written_out = referring.map(|(path, (pointer, item))| {
        moved.insert(join("/paths", path.as_str().unwrap_or_default()), pointer);
        let is_first = used.insert(ptr::from_ref(item));
        (path.clone(), if is_first { item.clone() } else { without_ids(item.clone()) })
    });
    let written_out: Vec<_> = written_out.collect();
    let any = !written_out.is_empty();
    if let Some(items) = document.get_mut("paths").and_then(Yaml::as_mapping_mut) {
        items.extend(written_out);
    }
    any
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
    let found = steps.iter().try_fold(document, |value, step| match value {
        Yaml::Sequence(items) => items.get(step.parse::<usize>().ok()?),
        value => value.get(step),
    })?;
    Some((pointer, found))
}
