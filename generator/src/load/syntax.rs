//! Turns an error of a parser into a diagnostic.

use crate::code::Code;
use crate::source::{Source, Unlocated};

/// Returns the diagnostic for invalid YAML or JSON.
pub(super) fn diagnostic(source: &Source, problem: &str, line: usize, column: usize) -> Unlocated {
    let is_json = source.name.rsplit('.').next() == Some("json");
    let language = if is_json { "JSON" } else { "YAML" };
    Unlocated {
        code: Code::Syntax,
        message: format!("the file is not valid {language}: {problem}"),
        at: source.at_line(line, column),
        help: "fix the syntax here or just before".to_owned(),
    }
}
