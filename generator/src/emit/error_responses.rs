//! Writes the section about error responses in the documentation of an operation's method.

use crate::docs;
use crate::kind::Kind;
use crate::model::ErrorResponse;

/// Returns the documented statuses with the types of their bodies; `None` if there are none.
pub(super) fn section(error_responses: &[ErrorResponse]) -> Option<String> {
    if error_responses.is_empty() {
        return None;
    }
    let lines: Vec<_> = error_responses.iter().map(line).collect();
    let is_typed = error_responses.iter().any(|failure| failure.kind.is_some());
    let reader = if is_typed { ", with the type that [`Error::body`](crate::Error::body) reads" } else { "" };
    Some(format!("# Errors\nBy status{reader}:\n{}", lines.join("\n")))
}

fn line(ErrorResponse { status, docs, kind, .. }: &ErrorResponse) -> String {
    let kind = kind.as_ref().map(|kind| format!(" {}", link(kind))).unwrap_or_default();
    let docs = docs.as_ref().map(|text| format!(": {}", docs::escape(&docs::first_sentence(text)))).unwrap_or_default();
    format!("- `{status}`{kind}{docs}")
}

/// Returns a type, linked to its documentation.
fn link(kind: &Kind) -> String {
    match kind.named() {
        Some(name) => format!("[`{kind}`](types::{name})"),
        None => format!("`{kind}`"),
    }
}
