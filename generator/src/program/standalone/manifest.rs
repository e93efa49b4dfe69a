//! The manifest of a crate that stands alone: that of the client crate, with what it takes from its workspace written out.

use std::fs;

use anyhow::{Context, Result};
use toml::{Table, Value};

use super::checkout;

pub(super) fn manifest(name: &str) -> Result<String> {
    let [workspace, client] = ["Cargo.toml", "generated-client/Cargo.toml"].map(read);
    let (workspace, client) = (workspace?, client?);
    let shared = |section: &str| workspace["workspace"][section].as_table().cloned().unwrap_or_default();
    let (package, dependencies) = (shared("package"), shared("dependencies"));
    let mut own = Table::new();
    own.insert("name".to_owned(), name.into());
    own.insert("version".to_owned(), "0.1.0".into());
    for key in ["edition", "rust-version"] {
        own.insert(key.to_owned(), package[key].clone());
    }
    let resolve_one = |(name, dependency): (&String, &Value)| {
        let dependency = dependency.as_table().cloned().unwrap_or_default();
        (name.clone(), resolve(dependency, dependencies.get(name)))
    };
    let resolved = client["dependencies"].as_table().into_iter().flatten().map(resolve_one);
    // What the examples in its documentation run with.
    let mut tests: Table = client["dev-dependencies"]
        .as_table()
        .into_iter()
        .flatten()
        .filter(|(name, _)| *name == "tokio")
        .map(resolve_one)
        .collect();
    let itself = [("path", Value::from(".")), ("features", Value::from(vec!["mock"]))];
    tests.insert(
        name.to_owned(),
        Value::Table(itself.map(|(key, value)| (key.to_owned(), value)).into_iter().collect()),
    );
    let mut manifest = Table::new();
    manifest.insert("package".to_owned(), own.into());
    manifest.insert("bin".to_owned(), vec![Value::Table(command(name))].into());
    manifest.insert("features".to_owned(), client["features"].clone());
    manifest.insert("dependencies".to_owned(), Value::Table(resolved.collect()));
    manifest.insert("dev-dependencies".to_owned(), tests.into());
    // A crate of its own, wherever it lies.
    manifest.insert("workspace".to_owned(), Table::new().into());
    Ok(manifest.to_string())
}

/// The command, which has the name of the crate.
fn command(name: &str) -> Table {
    let entries: [(&str, Value); 4] = [
        ("name", name.into()),
        ("path", "src/main.rs".into()),
        ("required-features", vec!["cli"].into()),
        ("doc", false.into()),
    ];
    entries.map(|(key, value)| (key.to_owned(), value)).into_iter().collect()
}

/// A dependency with what the workspace says about it.
fn resolve(mut dependency: Table, shared: Option<&Value>) -> Value {
    dependency.remove("workspace");
    let mut whole = match shared {
        Some(Value::Table(shared)) => shared.clone(),
        Some(version) => Table::from_iter([("version".to_owned(), version.clone())]),
        None => Table::new(),
    };
    whole.extend(dependency);
    whole.into()
}

fn read(name: &str) -> Result<Table> {
    let text = fs::read_to_string(checkout(name)).with_context(|| format!("cannot read {name}"))?;
    text.parse().with_context(|| format!("{name} is no manifest"))
}
