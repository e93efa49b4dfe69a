//! `unknown-ref`: a reference leads to something in the document.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Lint;
use crate::code::Code;
use crate::document::{is_data, local_steps};
use crate::near::perhaps;
use crate::source::{Finding, join};

pub(super) fn check(lint: &Lint<'_>) -> Vec<Finding> {
    let mut references = Vec::new();
    collect(&lint.document.value, "", &mut references);
    references
        .into_iter()
        .filter_map(|(pointer, target)| {
            let (message, help) = problem(&lint.document.value, target)?;
            Some(lint.finding(Code::UnknownRef, &join(&pointer, "$ref"), message, help))
        })
        .collect()
}

fn problem(document: &Value, target: &str) -> Option<(String, &'static str)> {
    let Some(pointer) = local_pointer(target) else {
        let help = "bring what it refers to into this document, under components";
        return Some((format!("`{target}` is outside this document"), help));
    };
    let Some(found) = document.pointer(&pointer) else {
        let message = format!("there is no `{target}`{}", perhaps_beside(document, &pointer));
        return Some((message, "mend the name, or add what is missing"));
    };
    if circular(document, &pointer) {
        return Some((format!("`{target}` leads back to itself"), "let one of the references be the thing itself"));
    }
    let is_nothing = !found.is_object() || pointer.is_empty();
    is_nothing
        .then(|| (format!("`{target}` is nothing to refer to"), "refer to a schema, a parameter, a body or a response"))
}

/// Where a reference inside the document leads.
fn local_pointer(target: &str) -> Option<String> {
    if target == "#" {
        return Some(String::new());
    }
    Some(local_steps(target)?.iter().fold(String::new(), |pointer, step| join(&pointer, step)))
}

/// What stands where the pointer leads, under a similar name.
fn perhaps_beside(document: &Value, pointer: &str) -> String {
    let parted = pointer.rsplit_once('/');
    let siblings = parted.and_then(|(parent, name)| Some((document.pointer(parent)?.as_object()?, name)));
    siblings.map(|(siblings, name)| perhaps(name, siblings.keys().map(String::as_str))).unwrap_or_default()
}

fn circular(document: &Value, start: &str) -> bool {
    let mut seen = BTreeSet::new();
    let mut pointer = start.to_owned();
    while seen.insert(pointer.clone()) {
        let next = document.pointer(&pointer).and_then(|target| target.get("$ref")).and_then(Value::as_str);
        match next.and_then(local_pointer) {
            Some(next) => pointer = next,
            None => return false,
        }
    }
    true
}

fn collect<'a>(value: &'a Value, pointer: &str, found: &mut Vec<(String, &'a str)>) {
    match value {
        Value::Object(entries) => {
            if let Some(Value::String(target)) = entries.get("$ref") {
                found.push((pointer.to_owned(), target));
            }
            let parent = pointer.rsplit('/').next().unwrap_or_default();
            for (key, child) in entries {
                if !is_data(parent, key) {
                    collect(child, &join(pointer, key), found);
                }
            }
        }
        Value::Array(items) => {
            for (index, child) in items.iter().enumerate() {
                collect(child, &join(pointer, &index.to_string()), found);
            }
        }
        _ => {}
    }
}
