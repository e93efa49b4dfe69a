//! Writes the overlay that removes the parts with errors from a document.

use serde_json::Value;
use serde_yaml::{Mapping, Value as Yaml};

use super::omissions::LeftOut;
use super::{ordered, plain, written};
use crate::document::SHARED;
use crate::input::Input;
use crate::source::{Unlocated, join};

/// Returns the text of the overlay. Each action has the error as its description.
pub(crate) fn overlay(input: &Input, left_out: &[LeftOut]) -> Result<String, Vec<Unlocated>> {
    let document = plain(&ordered(&input.spec).map_err(|diagnostic| vec![diagnostic])?);
    let mut targets: Vec<(String, &str)> = Vec::new();
    for LeftOut { part, error } in left_out {
        let part = if is_last(&document, part, left_out) { &part[..2] } else { part };
        if let Some(target) = in_main_file(&document, part)
            && !targets.iter().any(|(known, _)| *known == target)
        {
            targets.push((target, &error.message));
        }
    }
    let map = |entries: Vec<(&str, Yaml)>| {
        Yaml::Mapping(entries.into_iter().map(|(key, value)| (Yaml::from(key), value)).collect::<Mapping>())
    };
    let actions = targets.into_iter().map(|(target, problem)| {
        map(vec![("target", target.into()), ("description", problem.into()), ("remove", true.into())])
    });
    let title = format!("Parts of {} with errors", input.spec.file_name());
    let whole = map(vec![
        ("overlay", "1.0.0".into()),
        ("info", map(vec![("title", title.into()), ("version", "1".into())])),
        ("actions", Yaml::Sequence(actions.collect())),
    ]);
    Ok(written(&whole, false))
}

/// Whether a part is an operation of a path whose operations are all left out.
fn is_last(document: &Value, part: &[String], left_out: &[LeftOut]) -> bool {
    let [paths, path, ..] = part else { return false };
    let item = document.get(paths).filter(|_| paths == "paths").and_then(|paths| paths.get(path)?.as_object());
    let is_shared = |key: &str| SHARED.contains(&key) || key.starts_with("x-");
    item.is_some_and(|item| {
        let mut operations = item.keys().filter(|key| !is_shared(key));
        operations.all(|key| left_out.iter().any(|one| one.part == [paths.as_str(), path, key]))
    })
}

/// Returns the target of a part, or of the path that contains it if the path is in another file; `None` if the component
/// is in another file.
fn in_main_file(document: &Value, part: &[String]) -> Option<String> {
    let exists = |steps: &[String]| {
        let pointer = steps.iter().fold(String::new(), |pointer, step| join(&pointer, step));
        document.pointer(&pointer).is_some()
    };
    let is_path = part.first().is_some_and(|first| first == "paths");
    let shortest = if is_path { 2 } else { part.len() };
    let length = (shortest..=part.len()).rev().find(|length| exists(&part[..*length]))?;
    Some(format!("${}", part[..length].iter().map(|step| selector(step)).collect::<String>()))
}

/// `get` → `.get`, `/things` → `['/things']`
fn selector(step: &str) -> String {
    let is_name = |step: &str| {
        step.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
            && step.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
    };
    if is_name(step) {
        return format!(".{step}");
    }
    format!("['{}']", step.replace('\\', r"\\").replace('\'', r"\'"))
}
