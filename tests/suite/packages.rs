//! Cargo's metadata of the workspace's packages.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

/// Returns the packages of the workspace and all dependencies, on any platform and with every feature.
pub(crate) fn metadata() -> Value {
    let output = cargo_metadata();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn cargo_metadata() -> Output {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.toml");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["metadata", "--locked", "--all-features", "--format-version", "1", "--manifest-path"]);
    cargo.arg(manifest).output().expect("cargo")
}

/// Returns the ID of the only package of this name.
#[track_caller]
pub(crate) fn find<'a>(metadata: &'a Value, name: &str) -> &'a str {
    let package = list(&metadata["packages"]).find(|package| text(&package["name"]) == name);
    text(&package.expect("a package")["id"])
}

/// Returns all non-development dependencies of a package on any platform, which its users get too.
pub(crate) fn dependencies<'a>(metadata: &'a Value, package: &'a str) -> BTreeSet<&'a str> {
    let nodes: BTreeMap<_, _> = list(&metadata["resolve"]["nodes"]).map(|node| (text(&node["id"]), node)).collect();
    let (mut found, mut open) = (BTreeSet::new(), vec![package]);
    while let Some(id) = open.pop() {
        for dependency in list(&nodes[id]["deps"]) {
            let built = list(&dependency["dep_kinds"]).any(|kind| kind["kind"] != "dev");
            if built && found.insert(text(&dependency["pkg"])) {
                open.push(text(&dependency["pkg"]));
            }
        }
    }
    found
}

pub(crate) fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

#[track_caller]
pub(crate) fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}
