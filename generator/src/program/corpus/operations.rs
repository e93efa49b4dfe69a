//! Counts the operations of a document.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_yaml::Mapping;

use crate::Source;

const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

#[derive(Deserialize)]
struct Document {
    #[serde(default)]
    paths: BTreeMap<String, Mapping>,
}

/// Counts the operations of a document that the generator accepts.
pub(super) fn count(spec: &Source) -> usize {
    let paths = serde_yaml::from_str(&spec.text).map(|Document { paths }| paths).unwrap_or_default();
    paths.values().flat_map(Mapping::keys).filter(|key| key.as_str().is_some_and(|key| METHODS.contains(&key))).count()
}
