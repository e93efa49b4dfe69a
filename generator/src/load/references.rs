//! Hoists targets of references into components, because the document model follows no other references.
//!
//! The target moves there, and a reference takes its place, so that both remain one type.

use std::collections::{BTreeMap, BTreeSet};
use std::mem;

use serde_yaml::{Mapping, Value as Yaml};

use super::grammar::{V20, Versions};
use super::places;
use crate::document::{METHODS, is_data, local_steps};
use crate::naming::Names;
use crate::source::join;

/// The steps of a JSON pointer.
type Steps = Vec<String>;

const REF: &str = "$ref";
const COMPONENTS: &str = "components";
const SCHEMAS: &str = "schemas";
/// Steps that add no information to a name.
const DULL: [&str; 8] =
    [COMPONENTS, SCHEMAS, "parameters", "responses", "requestBodies", "paths", "properties", "content"];

/// Records the place of each.
pub(super) fn name_targets(document: &mut Yaml, version: Versions) {
    let mut sections = BTreeMap::new();
    let mut escaped = false;
    visit(document, &mut Vec::new(), &mut |place, target| {
        let Some(steps) = local_steps(target) else { return };
        if is_component(&steps, version) {
            escaped |= reference(&steps) != *target;
        } else if let Some(section) = section(place) {
            sections.insert(steps, section);
        }
    });
    if sections.is_empty() && !escaped {
        return;
    }
    // Inner targets move first, while their pointers are still valid.
    let mut targets: Vec<_> = sections.into_iter().collect();
    targets.sort_by_key(|(steps, _)| std::cmp::Reverse(steps.len()));
    let mut moved = BTreeMap::new();
    for (steps, section) in targets {
        if let Some(reference) = move_to_components(document, &steps, section) {
            moved.insert(steps, reference);
        }
    }
    visit(document, &mut Vec::new(), &mut |_, target| {
        let Some(steps) = local_steps(target) else { return };
        if let Some(reference) = destination(&moved, &steps) {
            *target = reference;
        } else if is_component(&steps, version) {
            *target = reference(&steps);
        }
    });
}

/// Returns the final target of references to a moved value.
fn destination(moved: &BTreeMap<Steps, String>, steps: &Steps) -> Option<String> {
    let mut seen = BTreeSet::new();
    let mut reference = moved.get(steps)?;
    while let Some(next) = local_steps(reference).and_then(|steps| moved.get(&steps))
        && seen.insert(reference)
    {
        reference = next;
    }
    Some(reference.clone())
}

/// Moves a value to the components, and returns the reference to it.
fn move_to_components(document: &mut Yaml, steps: &Steps, section: &str) -> Option<String> {
    let target = find(document, steps)?;
    if let Some(Yaml::String(further)) = target.get(REF) {
        return Some(further.clone());
    }
    if !target.is_mapping() {
        return None;
    }
    let mut value = mem::take(target);
    let pointer = steps.iter().fold(String::new(), |pointer, step| join(&pointer, step));
    places::record(&mut value, places::of_joined(&pointer));
    let section_of = |holder: &mut Mapping, name: &str| {
        let entry = holder.entry(Yaml::from(name)).or_insert_with(|| Yaml::Mapping(Mapping::new()));
        entry.as_mapping_mut().map(mem::take).unwrap_or_default()
    };
    let root = document.as_mapping_mut()?;
    let mut components = section_of(root, COMPONENTS);
    let mut members = section_of(&mut components, section);
    let name = Names::of(members.keys().filter_map(Yaml::as_str)).numbered(&name(steps));
    members.insert(Yaml::from(name.as_str()), value);
    components.insert(Yaml::from(section), Yaml::Mapping(members));
    root.insert(Yaml::from(COMPONENTS), Yaml::Mapping(components));
    let reference = format!("#/{COMPONENTS}/{section}/{name}");
    let pointing = Mapping::from_iter([(Yaml::from(REF), Yaml::from(reference.as_str()))]);
    *find(document, steps)? = Yaml::Mapping(pointing);
    Some(reference)
}

fn find<'a>(document: &'a mut Yaml, steps: &Steps) -> Option<&'a mut Yaml> {
    steps.iter().try_fold(document, |value, step| match value {
        Yaml::Mapping(entries) => entries.get_mut(step.as_str()),
        Yaml::Sequence(items) => items.get_mut(step.parse::<usize>().ok()?),
        _ => None,
    })
}

/// `/components/schemas/Thing/properties/sizes/items` → `Thing_sizes_item`
fn name(steps: &Steps) -> String {
    let telling = steps.iter().map(String::as_str).filter(|step| !DULL.contains(step));
    let telling: Vec<_> = telling.map(|step| if step == "items" { "item" } else { step }).collect();
    telling.join("_").replace('/', "_")
}

/// The sections of components that OpenAPI defines.
const SECTIONS: [&str; 9] = [
    SCHEMAS,
    "responses",
    "parameters",
    "examples",
    "requestBodies",
    "headers",
    "securitySchemes",
    "links",
    "callbacks",
];

fn is_component(steps: &Steps, version: Versions) -> bool {
    let steps: Vec<_> = steps.iter().map(String::as_str).collect();
    match steps[..] {
        [COMPONENTS, section, _] => SECTIONS.contains(&section),
        ["definitions" | "parameters" | "responses", _] => version == V20,
        _ => false,
    }
}

fn reference(steps: &Steps) -> String {
    format!("#/{}", steps.join("/"))
}

/// Returns the section of components for a reference in this place, if the section matters to a client.
fn section(place: &[String]) -> Option<&'static str> {
    let steps: Vec<_> = place.iter().map(String::as_str).collect();
    let is_named = |parent: &str| parent != "properties";
    match steps.as_slice() {
        ["paths", _] => None,
        [.., "parameters", index] if index.parse::<usize>().is_ok() => Some("parameters"),
        [COMPONENTS, section @ ("parameters" | "requestBodies" | "responses"), _] => {
            DULL.iter().find(|known| *known == section).copied()
        }
        [.., parent, "requestBody"] if is_named(parent) => Some("requestBodies"),
        [.., method, "responses", _] if METHODS.contains(method) => Some("responses"),
        [.., parent, "headers" | "examples" | "links", _] if is_named(parent) => None,
        _ => Some(SCHEMAS),
    }
}

/// Visits the references of a document, each with the place of its object.
fn visit(value: &mut Yaml, place: &mut Steps, seen: &mut dyn FnMut(&[String], &mut String)) {
    match value {
        Yaml::Mapping(entries) => {
            if let Some(Yaml::String(target)) = entries.get_mut(REF) {
                seen(place, target);
            }
            for (key, child) in entries {
                let Some(key) = key.as_str() else { continue };
                if !is_data(place.last().map_or("", String::as_str), key) {
                    place.push(key.to_owned());
                    visit(child, place, seen);
                    place.pop();
                }
            }
        }
        Yaml::Sequence(items) => {
            for (index, child) in items.iter_mut().enumerate() {
                place.push(index.to_string());
                visit(child, place, seen);
                place.pop();
            }
        }
        _ => {}
    }
}
