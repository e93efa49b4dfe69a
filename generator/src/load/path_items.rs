//! Paths that are references → the operations that they refer to.

use serde_yaml::Value as Yaml;

use crate::document::local_steps;

/// How many references may follow each other.
const LONGEST_CHAIN: usize = 16;

/// Whether there were any.
pub(super) fn write_out(document: &mut Yaml) -> bool {
    let items = document.get("paths").and_then(Yaml::as_mapping).into_iter().flatten();
    let referring = items.filter_map(|(path, item)| Some((path.clone(), target(document, item)?.clone())));
    let written_out: Vec<_> = referring.collect();
    let any = !written_out.is_empty();
    if let Some(items) = document.get_mut("paths").and_then(Yaml::as_mapping_mut) {
        items.extend(written_out);
    }
    any
}

/// What a path refers to in the end; none if it refers to nothing, or leads nowhere or in a circle.
fn target<'a>(document: &'a Yaml, item: &'a Yaml) -> Option<&'a Yaml> {
    let mut found = next(document, item)?;
    for _ in 0..LONGEST_CHAIN {
        match found.get("$ref") {
            Some(_) => found = next(document, found)?,
            None => return Some(found),
        }
    }
    None
}

fn next<'a>(document: &'a Yaml, item: &Yaml) -> Option<&'a Yaml> {
    let steps = local_steps(item.get("$ref")?.as_str()?)?;
    steps.iter().try_fold(document, |value, step| match value {
        Yaml::Sequence(items) => items.get(step.parse::<usize>().ok()?),
        value => value.get(step),
    })
}
