//! `unknown-ref`: a reference leads to something in the document.

use std::collections::BTreeSet;

use serde_json::Value;

use super::Lint;
use crate::document::{LONGEST_CHAIN, each_object};
use crate::source::{Finding, join};

pub(super) fn check(lint: &Lint<'_>) -> Vec<Finding> {
    let document = &lint.document.value;
    let mut findings = Vec::new();
    each_object(document, &mut |pointer, object| {
        let target = object.get("$ref").and_then(Value::as_str);
        if let Some((message, help)) = target.and_then(|target| problem(document, target)) {
            findings.push(lint.finding("unknown-ref", &join(pointer, "$ref"), message, help));
        }
    });
    findings
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
    let mut steps = pointer.split('/').skip(1);
    let (components, _, name, inside) = (steps.next(), steps.next(), steps.next(), steps.next());
    let problem = match (components, name, inside) {
        (Some("components"), Some(name), None) if !name.contains('~') => return None,
        (Some("components"), Some(_), None) => "has a name that OpenAPI does not allow",
        (Some("components"), Some(_), Some(_)) => "is only a part of a component",
        _ => "is not under components",
    };
    Some((format!("`{target}` {problem}"), "make a component of its own of what it refers to"))
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
