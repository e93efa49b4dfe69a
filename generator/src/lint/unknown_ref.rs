//! `unknown-ref`: a reference leads to something in the document.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Lint;
use crate::document::LONGEST_CHAIN;
use crate::source::{Finding, join};

/// Where data may stand that only looks like a reference.
const DATA: [&str; 4] = ["example", "default", "enum", "value"];

pub(super) fn check(lint: &Lint<'_>) -> Vec<Finding> {
    let mut references = Vec::new();
    collect(&lint.document.value, "", &mut references);
    references
        .into_iter()
        .filter_map(|(pointer, target)| {
            let (message, help) = problem(&lint.document.value, target)?;
            Some(lint.finding("unknown-ref", &join(&pointer, "$ref"), message, help))
        })
        .collect()
}

fn problem(document: &Value, target: &str) -> Option<(String, &'static str)> {
    let Some(pointer) = target.strip_prefix('#') else {
        let help = "bring what it refers to into this document, under components";
        return Some((format!("`{target}` is outside this document"), help));
    };
    if document.pointer(pointer).is_none() {
        return Some((format!("there is no `{target}`"), "mend the name, or add what is missing"));
    }
    match chain(document, pointer) {
        Chain::Ends => {}
        Chain::Circular => {
            return Some((format!("`{target}` leads back to itself"), "let one of the references be the thing itself"));
        }
        Chain::Long => {
            let message = format!("`{target}` leads through more than {LONGEST_CHAIN} references");
            return Some((message, "refer to the thing itself"));
        }
    }
    (!pointer.starts_with("/components/")).then(|| {
        (
            format!("`{target}` is not under components"),
            "move what it refers to under components, and refer to it there",
        )
    })
}

/// How references follow each other.
enum Chain {
    Ends,
    Circular,
    Long,
}

fn chain(document: &Value, start: &str) -> Chain {
    let mut seen = BTreeSet::new();
    let mut pointer = start;
    while seen.insert(pointer) {
        let next = document.pointer(pointer).and_then(|target| target.get("$ref")).and_then(Value::as_str);
        match next.and_then(|next| next.strip_prefix('#')) {
            Some(_) if seen.len() >= LONGEST_CHAIN => return Chain::Long,
            Some(next) => pointer = next,
            None => return Chain::Ends,
        }
    }
    Chain::Circular
}

fn collect<'a>(value: &'a Value, pointer: &str, found: &mut Vec<(String, &'a str)>) {
    match value {
        Value::Object(entries) => {
            if let Some(Value::String(target)) = entries.get("$ref") {
                found.push((pointer.to_owned(), target));
            }
            // A property may be called like a keyword.
            let named = pointer.ends_with("/properties");
            for (key, child) in entries {
                if named || !(DATA.contains(&key.as_str()) || (key.starts_with("x-") && key != "x-webhooks")) {
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
