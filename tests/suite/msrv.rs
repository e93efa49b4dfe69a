//! The Rust version that the crates state: what the client's dependencies need, and no more than the base library.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use libtest_mimic::Trial;
use serde_json::Value;

use crate::trial;

pub(crate) fn trials() -> Vec<Trial> {
    vec![trial("msrv::is_that_of_the_dependencies", is_that_of_the_dependencies)]
}

/// A version of Rust; one without a last number ends in 0.
type Version = Vec<u64>;

fn is_that_of_the_dependencies() {
    let metadata = metadata();
    let versions = rust_versions(&metadata);
    let names: BTreeMap<_, _> =
        list(&metadata["packages"]).map(|package| (text(&package["id"]), text(&package["name"]))).collect();
    let find = |wanted: &str| names.iter().find(|(_, name)| **name == wanted).map(|(id, _)| *id).expect("a package");
    let promotekit = find("promotekit");
    let stated = versions[promotekit].as_ref().expect("a stated version");
    let library = versions[find("progenitor-client")].as_ref().expect("a stated version");
    assert!(stated <= library, "{stated:?} is more than the base library needs, {library:?}");
    let dependencies = normal_dependencies(&metadata, promotekit);
    assert!(dependencies.len() > 50, "{} packages", dependencies.len());
    let newer: Vec<_> = dependencies.iter().filter(|id| versions[*id].as_ref() > Some(stated)).collect();
    assert!(newer.is_empty(), "these need more than {stated:?}: {newer:?}");
    let own = list(&metadata["workspace_members"]).map(text);
    assert!(own.map(|id| versions[id].as_ref()).all(|version| version == Some(stated)), "one version for all");
}

/// What cargo knows of the workspace, with every feature on.
fn metadata() -> Value {
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.toml");
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["metadata", "--offline", "--locked", "--all-features", "--format-version", "1", "--manifest-path"]);
    let output = cargo.arg(manifest).output().expect("cargo");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn rust_versions(metadata: &Value) -> BTreeMap<&str, Option<Version>> {
    let version = |package: &Value| {
        let stated = package["rust_version"].as_str()?;
        let mut numbers: Version = stated.split('.').map(|number| number.parse().expect("a number")).collect();
        numbers.resize(3, 0);
        Some(numbers)
    };
    list(&metadata["packages"]).map(|package| (text(&package["id"]), version(package))).collect()
}

/// All that a user's build of a package has in it, on any platform.
fn normal_dependencies<'a>(metadata: &'a Value, package: &'a str) -> BTreeSet<&'a str> {
    let nodes: BTreeMap<_, _> = list(&metadata["resolve"]["nodes"]).map(|node| (text(&node["id"]), node)).collect();
    let (mut found, mut open) = (BTreeSet::new(), vec![package]);
    while let Some(id) = open.pop() {
        for dependency in list(&nodes[id]["deps"]) {
            let normal = list(&dependency["dep_kinds"]).any(|kind| kind["kind"].is_null());
            if normal && found.insert(text(&dependency["pkg"])) {
                open.push(text(&dependency["pkg"]));
            }
        }
    }
    found
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

#[track_caller]
fn text(value: &Value) -> &str {
    value.as_str().expect("a text")
}
