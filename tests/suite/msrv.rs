//! The declared Rust version: at least what the client's dependencies need, at most what progenitor needs.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::packages::{dependencies, find, list, metadata, text};

/// A Rust version; a missing last number is 0.
type Version = Vec<u64>;

#[test]
fn is_that_of_the_dependencies() {
    let metadata = metadata();
    let versions = rust_versions(&metadata);
    let promotekit = find(&metadata, "promotekit");
    let stated = versions[promotekit].as_ref().expect("a stated version");
    let library = versions[find(&metadata, "progenitor")].as_ref().expect("a stated version");
    assert!(stated <= library, "{stated:?} is more than the base library needs, {library:?}");
    let dependencies = dependencies(&metadata, promotekit);
    assert!(dependencies.len() > 50, "{} packages", dependencies.len());
    let newer: Vec<_> = dependencies.iter().filter(|id| versions[*id].as_ref() > Some(stated)).collect();
    assert!(newer.is_empty(), "these need more than {stated:?}: {newer:?}");
    let own = list(&metadata["workspace_members"]).map(text);
    assert!(own.map(|id| versions[id].as_ref()).all(|version| version == Some(stated)), "one version for all");
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
