//! Compares `generator.toml`, and reports changes that no other comparison does.

use std::collections::BTreeMap;

use serde_json::Value;

use super::change::Verdict;
use super::log::{Draft, Log};
use crate::source::join;

/// Tables that the model covers completely.
const REPORTED: [&str; 9] = [
    "auth",
    "environment",
    "envelope",
    "error",
    "idempotency",
    "pagination",
    "rate_limit",
    "required_when",
    "webhooks",
];

/// Reports tables that only affect the crate's names or the mock server.
pub(super) fn compare(log: &mut Log<'_>) {
    let [old, new] = [log.old, log.new].map(|version| leaves(&version.input.config.text));
    let all: BTreeMap<_, _> = old.iter().chain(&new).collect();
    for pointer in all.keys().filter(|pointer| old.get(**pointer) != new.get(**pointer)) {
        let text = |leaves: &BTreeMap<String, Value>| {
            leaves.get(*pointer).map_or("unset".to_owned(), |value| format!("`{value}`"))
        };
        let message = format!("is {} and was {}", text(&new), text(&old));
        let subject = pointer.trim_start_matches('/').replace('/', ".");
        log.add(Draft::new(Verdict::Editorial, "setting", subject, message).in_settings(pointer));
    }
}

fn leaves(text: &str) -> BTreeMap<String, Value> {
    let mut found = BTreeMap::new();
    let tables: Value = toml::from_str(text).unwrap_or_default();
    for (name, value) in tables.as_object().into_iter().flatten().filter(|(name, _)| !REPORTED.contains(&name.as_str()))
    {
        collect(&join("", name), value, &mut found);
    }
    found
}

fn collect(pointer: &str, value: &Value, found: &mut BTreeMap<String, Value>) {
    match value {
        Value::Object(entries) => {
            entries.iter().for_each(|(name, value)| collect(&join(pointer, name), value, found));
        }
        value => {
            found.insert(pointer.to_owned(), value.clone());
        }
    }
}
