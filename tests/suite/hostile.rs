//! Hostile documents beyond the table of `cases`.

use std::fs;

use serde_json::{Value, json};
use tests::Result;
use tests::documents::{of_response, run, text};

use crate::scratch::{Scratch, xtask};

#[test]
fn circle_of_paths() -> Result {
    let mut document: Value = serde_json::from_str(&of_response(&text()))?;
    document["paths"] = json!({"/a": {"$ref": "#/paths/~1b"}, "/b": {"$ref": "#/paths/~1a"}});
    let diagnostics = run(document.to_string()).err().unwrap_or_default();
    assert!(diagnostics.iter().any(|diagnostic| diagnostic.code.name() == "unknown-ref"), "it was not rejected");
    Ok(())
}

/// A byte order mark and Windows line endings change nothing; a file that is not UTF-8 is named in the error.
#[test]
fn windows_text() -> Result {
    let scratch = Scratch::new()?;
    let spec = scratch.path("spec/openapi.yaml");
    let text = fs::read_to_string(&spec)?;
    fs::write(&spec, format!("\u{feff}{}", text.replace('\n', "\r\n")))?;
    assert!(xtask(scratch.root(), "lint")?.err.is_empty(), "it was rejected");
    fs::write(&spec, [b"openapi: 3.0.3 # ".as_slice(), &[0xff]].concat())?;
    let failed = xtask(scratch.root(), "lint").err().map(|error| error.to_string());
    assert!(failed.as_deref() == Some("cannot read spec/openapi.yaml: stream did not contain valid UTF-8"), "no error");
    Ok(())
}

/// A diagnostic in a long line prints only an excerpt, with the exact position.
#[test]
fn long_lines_are_cut() {
    let long = json!({"type": "string", "description": "a".repeat(5_000)});
    let document = of_response(&json!({"type": "object", "properties": {"a": long, "b": {"$ref": "#/c"}}}));
    let column = document.find("\"$ref\"").unwrap_or_default() + 1;
    let diagnostics = run(document).err().unwrap_or_default();
    let [diagnostic] = &diagnostics[..] else { panic!("{} diagnostics", diagnostics.len()) };
    let shown = diagnostic.to_string();
    assert!(shown.contains(&format!("openapi.yaml:1:{column}\n")), "{shown}");
    assert!(shown.len() < 1_000 && shown.contains("\"$ref\":\"#/c\""), "{shown}");
}
