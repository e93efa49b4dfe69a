//! Replaces references in places where OpenAPI allows none, such as `properties` or `content`, with their targets.
//!
//! Documents in several files have them, and other programs accept them.

use serde_yaml::{Mapping, Value as Yaml};

use super::{places, steps};
use crate::document::{FILES, LONGEST_CHAIN, NAMED_SCHEMAS, is_data, is_method, local_steps};
use crate::source::join;

/// Keys whose values are texts, or maps or lists of parts, and have no key `$ref`.
const COLLECTIONS: [&str; 22] = [
    "properties",
    "content",
    "responses",
    "headers",
    "examples",
    "links",
    "encoding",
    "callbacks",
    "parameters",
    "tags",
    "servers",
    "security",
    "required",
    "enum",
    "allOf",
    "oneOf",
    "anyOf",
    "variables",
    "scopes",
    "flows",
    "mapping",
    "description",
];

/// The maximum number of values that are written out: targets may contain such references again.
const MOST_VALUES: usize = 400_000;

/// Replaces all such references, also those in their targets.
pub(super) fn write_out(document: &mut Yaml) {
    let mut room = MOST_VALUES;
    for _ in 0..LONGEST_CHAIN {
        let mut found = Vec::new();
        collect(document, &mut Vec::new(), &mut found);
        let mut any = false;
        for (place, target) in found {
            any |= insert(document, &place, &target, &mut room).is_some();
        }
        if !any {
            return;
        }
    }
}

/// Collects the places of such references, and the steps to their targets.
fn collect(value: &Yaml, place: &mut Vec<String>, found: &mut Vec<(Vec<String>, Vec<String>)>) {
    match value {
        Yaml::Mapping(entries) => {
            let target = entries.get("$ref").and_then(Yaml::as_str).and_then(local_steps);
            if let Some(target) = target.filter(|_| allows_none(place)) {
                found.push((place.clone(), target));
                return;
            }
            for (key, child) in entries {
                let Some(key) = key.as_str() else { continue };
                let is_file = place.is_empty() && key == FILES;
                if !is_file && !is_data(place.last().map_or("", String::as_str), key) {
                    place.push(key.to_owned());
                    collect(child, place, found);
                    place.pop();
                }
            }
        }
        Yaml::Sequence(items) => {
            for (index, child) in items.iter().enumerate() {
                place.push(index.to_string());
                collect(child, place, found);
                place.pop();
            }
        }
        _ => {}
    }
}

/// Whether OpenAPI allows no reference in this place.
pub(super) fn allows_none(place: &[String]) -> bool {
    let steps: Vec<_> = place.iter().map(String::as_str).collect();
    match steps[..] {
        [_] | ["components", _] => true,
        ["paths", _, method] if is_method(method) => true,
        ["components", _, _]
        | ["paths", _]
        | [.., "headers" | "examples" | "links", _]
        | [.., "properties", "content", _]
        | [] => false,
        [.., parent, _] if NAMED_SCHEMAS.contains(&parent) => false,
        [.., "content", media_type] => media_type.contains('/'),
        [.., last] => COLLECTIONS.contains(&last),
    }
}

/// Writes the target of a reference in its place, and what stands beside the reference.
fn insert(document: &mut Yaml, place: &[String], target: &[String], room: &mut usize) -> Option<()> {
    // A collection inside itself would be written out without end.
    if place.starts_with(target) {
        return None;
    }
    let found = steps::find(document, target)?;
    *room = room.checked_sub(size(found))?;
    let mut part = found.clone();
    let pointer = target.iter().fold(String::new(), |pointer, step| join(&pointer, step));
    places::record_inside(&mut part, &places::of_joined(&pointer));
    let slot = steps::find_mut(document, place)?;
    if let (Yaml::Mapping(part), Yaml::Mapping(own)) = (&mut part, &*slot) {
        let beside: Mapping = own
            .iter()
            .filter(|(key, _)| key.as_str() != Some("$ref"))
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
        part.extend(beside);
    }
    *slot = part;
    Some(())
}

/// Returns the number of values in a part.
fn size(part: &Yaml) -> usize {
    match part {
        Yaml::Mapping(entries) => 1 + entries.values().map(size).sum::<usize>(),
        Yaml::Sequence(items) => 1 + items.iter().map(size).sum::<usize>(),
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn collections_that_contain_each_other_end() {
        let text = "
info: {}
components:
  schemas:
    A:
      properties:
        p: {properties: {$ref: '#/components/schemas/B/properties'}}
        q: {properties: {$ref: '#/components/schemas/B/properties'}}
    B:
      properties:
        r: {properties: {$ref: '#/components/schemas/A/properties'}}
        s: {properties: {$ref: '#/components/schemas/A/properties'}}
";
        let mut document: Yaml = serde_yaml::from_str(text).expect("YAML");
        write_out(&mut document);
        assert!(size(&document) <= 2 * MOST_VALUES, "{}", size(&document));
    }

    #[test]
    fn places_without_references() {
        for (place, expected) in [
            ("info", true),
            ("components/schemas", true),
            ("components/schemas/content", false),
            ("paths/a", false),
            ("paths/a/get", true),
            ("paths/a/get/responses/200", false),
            ("paths/a/get/responses/200/content", true),
            ("paths/a/get/parameters", true),
            ("paths/a/get/parameters/0", false),
            ("components/schemas/A/properties", true),
            ("components/schemas/A/properties/content", false),
            ("components/schemas/A/$defs/content", false),
            ("definitions/content", false),
            ("components/schemas/A/properties/content/items", false),
            ("components/schemas/A/allOf", true),
            ("components/schemas/A/allOf/0", false),
        ] {
            let steps: Vec<_> = place.split('/').map(str::to_owned).collect();
            assert_eq!(allows_none(&steps), expected, "{place}");
        }
    }
}
