//! Builds the manifest of a generated crate.

use anyhow::Result;
use toml::{Table, Value};

use super::super::libraries::Libraries;
use super::super::manifest::{Sections, parse};
use crate::naming::ALL_TAGS;

const TEMPLATE: &str = include_str!("manifest.toml");

/// Returns the manifest of a crate, which is its own workspace root or a member of a workspace.
pub(super) fn manifest(name: &str, libraries: &Libraries, is_root: bool, tags: &[String]) -> Result<String> {
    let mut sections = Sections::with_tests(&parse(TEMPLATE)?, libraries)?;
    sections.insert("package", entries([("name", name.into())]));
    // The command has the name of the crate.
    let command = [
        ("name", name.into()),
        ("path", "src/main.rs".into()),
        ("required-features", vec!["cli"].into()),
        ("doc", false.into()),
    ];
    sections.insert("bin", entries(command));
    // Examples in the documentation use the mock server.
    let itself = entries([("path", ".".into()), ("features", vec!["mock"].into())]);
    sections.insert("dev-dependencies", entries([(name, itself.into())]));
    if !tags.is_empty() {
        // Mock server and command know the whole API.
        sections.extend_lists("features", &["default", "mock"], ALL_TAGS);
        sections.insert("features", [(ALL_TAGS.to_owned(), tags.to_vec().into())].into_iter().collect());
        sections.insert("features", tags.iter().map(|tag| (tag.clone(), Value::Array(Vec::new()))).collect());
    }
    if is_root {
        sections.insert("workspace", Table::new());
    }
    Ok(sections.to_string())
}

/// Returns the names of the libraries that every crate depends on.
pub(super) fn dependencies() -> Result<Vec<String>> {
    let template = parse(TEMPLATE)?;
    let of = |section: &str| template.get(section).and_then(Value::as_table).into_iter().flat_map(Table::keys).cloned();
    Ok(["dependencies", "dev-dependencies"].into_iter().flat_map(of).collect())
}

fn entries<const N: usize>(entries: [(&str, Value); N]) -> Table {
    entries.map(|(key, value)| (key.to_owned(), value)).into_iter().collect()
}
