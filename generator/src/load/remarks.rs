//! Documents the constraints that the client does not check, in the description of their schema or parameter.

use std::ptr;

use serde_yaml::Value as Yaml;

use super::grammar::{self, PARAMETER, SCHEMA, V30, each_object};

/// Adds the remarks to every schema and parameter of a document in OpenAPI 3.0.
pub(super) fn add(document: &mut Yaml) {
    each_object(document, &grammar::DOCUMENT, V30, &mut |object, value| {
        let remarks = if ptr::eq(object, &raw const SCHEMA) {
            remarks(value)
        } else if ptr::eq(object, &raw const PARAMETER) {
            value.get("schema").map(remarks).unwrap_or_default()
        } else {
            Vec::new()
        };
        if !remarks.is_empty() {
            describe(value, &remarks.join(" "));
        }
    });
}

/// Returns the remarks on a schema and the items of a list.
fn remarks(schema: &Yaml) -> Vec<String> {
    let count = |key: &str| schema.get(key).and_then(Yaml::as_u64);
    let entries = |count: u64| if count == 1 { "1 entry".to_owned() } else { format!("{count} entries") };
    let pattern = schema.get("pattern").and_then(Yaml::as_str);
    let is_set = schema.get("uniqueItems").and_then(Yaml::as_bool) == Some(true);
    let own = [
        pattern.map(|pattern| format!("A string that matches `{pattern}`.")),
        is_set.then(|| "A list of different items.".to_owned()),
        count("minProperties").filter(|count| *count > 0).map(|count| format!("At least {}.", entries(count))),
        count("maxProperties").map(|count| format!("At most {}.", entries(count))),
    ];
    let of_items = schema.get("items").map(remarks).unwrap_or_default();
    let of_items = of_items.into_iter().map(|remark| format!("Each item: {}", lowered(&remark)));
    own.into_iter().flatten().chain(of_items).collect()
}

/// `A list.` → `a list.`
fn lowered(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

fn describe(owner: &mut Yaml, remarks: &str) {
    let Yaml::Mapping(entries) = owner else { return };
    let own = entries.get("description").and_then(Yaml::as_str).map(str::trim_end).unwrap_or_default();
    let text = if own.is_empty() { remarks.to_owned() } else { format!("{own}\n\n{remarks}") };
    entries.insert("description".into(), text.into());
}
