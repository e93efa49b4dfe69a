//! Writes changes as JSON for programs. Field names are stable; new fields may be added.

use serde_json::{Value, json};

use super::change::{Change, Verdict};
use super::changes::Changes;
use crate::diagnostic::Place;

impl Changes {
    /// Returns the changes as one JSON object. CONTRIBUTING.md explains the fields.
    pub fn json(&self, current_version: Option<&str>) -> Value {
        let count = |verdict| self.of(verdict).count();
        json!({
            "verdict": self.verdict().map(Verdict::as_str),
            "counts": {
                "breaking": count(Verdict::Breaking),
                "additive": count(Verdict::Additive),
                "editorial": count(Verdict::Editorial),
            },
            "version": {
                "current": current_version,
                "next": current_version.and_then(|current| self.next_version(current)),
            },
            "changes": self.iter().map(change).collect::<Vec<_>>(),
        })
    }
}

fn change(change: &Change) -> Value {
    let Change { verdict, code, subject, message, silent, hint, side, place } = change;
    let Place { file, line, column, pointer, .. } = place;
    json!({
        "verdict": verdict.as_str(),
        "code": code,
        "subject": subject,
        "message": message,
        "silent": silent,
        "hint": hint,
        "side": side.as_str(),
        "file": file,
        "line": line,
        "column": column,
        "pointer": pointer,
    })
}
