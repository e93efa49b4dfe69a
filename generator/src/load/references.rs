//! Hoists targets of references into components, because the document model follows no other references.
//!
//! The target moves there, and a reference takes its place, so that both remain one type.

use std::collections::{BTreeMap, BTreeSet};
use std::mem;

use serde_yaml::{Mapping, Value as Yaml};

use super::grammar::{V20, Versions};
use super::{insertions, places, steps};
use crate::document::{FILES, LONGEST_CHAIN, NAMED_SCHEMAS, is_data, is_method, local_steps};
use crate::naming::Names;
use crate::source::join;

/// The steps of a JSON pointer.
type Steps = Vec<String>;

const REF: &str = "$ref";
const COMPONENTS: &str = "components";
const SCHEMAS: &str = "schemas";
/// Steps that add no information to a name.
const DULL: [&str; 10] = [
    COMPONENTS,
    SCHEMAS,
    "$defs",
    "definitions",
    "parameters",
    "responses",
    "requestBodies",
    "paths",
    "properties",
    "content",
];

/// Records the place of each.
pub(super) fn name_targets(document: &mut Yaml, version: Versions) {
    let mut moved = BTreeMap::new();
    loop {
        insertions::write_out(document);
        // Moved values bring further references along.
        let mut targets = targets(document, version);
        targets.retain(|steps, _| !moved.contains_key(steps));
        if targets.is_empty() {
            break;
        }
        // Inner targets move first, while their pointers are still valid.
        let mut targets: Vec<_> = targets.into_iter().collect();
        targets.sort_by_key(|(steps, _)| std::cmp::Reverse(steps.len()));
        for (steps, home) in targets {
            let reference = move_to_components(document, &steps, &home);
            moved.insert(steps, reference);
        }
        visit(document, &mut Vec::new(), &mut |_, target| {
            if let Some(reference) = local_steps(target).and_then(|steps| destination(&moved, &steps)) {
                *target = reference;
            }
        });
    }
    if let Yaml::Mapping(entries) = document {
        entries.remove(FILES);
    }
    visit(document, &mut Vec::new(), &mut |_, target| {
        let steps = local_steps(target).filter(|steps| is_component(steps, version));
        if let Some(steps) = steps {
            *target = reference(&steps);
        }
    });
}

/// Where a target moves.
struct Home {
    section: &'static str,
    /// The name of the component that is nothing but a reference to the target.
    name: Option<String>,
}

/// Returns the targets that are no components.
fn targets(document: &mut Yaml, version: Versions) -> BTreeMap<Steps, Home> {
    let mut targets: BTreeMap<Steps, Home> = BTreeMap::new();
    visit(document, &mut Vec::new(), &mut |place, target| {
        let Some(steps) = local_steps(target).filter(|steps| !is_component(steps, version)) else { return };
        let Some(section) = section(place) else { return };
        let name = match place {
            [components, _, name] if components == COMPONENTS => Some(name.clone()),
            _ => None,
        };
        let is_named = name.is_some();
        let home = targets.entry(steps).or_insert(Home { section, name: None });
        if is_named && home.name.is_none() {
            *home = Home { section, name };
        }
    });
    targets
}

/// Returns the final target of references to a moved value.
fn destination(moved: &BTreeMap<Steps, Option<String>>, steps: &Steps) -> Option<String> {
    let mut seen = BTreeSet::new();
    let mut reference = moved.get(steps)?.as_ref()?;
    while let Some(Some(next)) = local_steps(reference).and_then(|steps| moved.get(&steps))
        && seen.insert(reference)
    {
        reference = next;
    }
    Some(reference.clone())
}

/// Moves a value to the components, and returns the reference to it.
fn move_to_components(document: &mut Yaml, steps: &Steps, home: &Home) -> Option<String> {
    let steps = &without_references(document, steps)?;
    let section = home.section;
    let target = steps::find_mut(document, steps)?;
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
    let name = match &home.name {
        Some(name) => name.clone(),
        None => Names::of(members.keys().filter_map(Yaml::as_str)).numbered(&name(steps)),
    };
    members.insert(Yaml::from(name.as_str()), value);
    components.insert(Yaml::from(section), Yaml::Mapping(members));
    root.insert(Yaml::from(COMPONENTS), Yaml::Mapping(components));
    let reference = format!("#/{COMPONENTS}/{section}/{name}");
    let pointing = Mapping::from_iter([(Yaml::from(REF), Yaml::from(reference.as_str()))]);
    *steps::find_mut(document, steps)? = Yaml::Mapping(pointing);
    Some(reference)
}

/// Returns the steps to the same value that pass through no reference: its owner may have moved before.
fn without_references(document: &Yaml, steps: &Steps) -> Option<Steps> {
    let (mut passed, mut value): (Steps, _) = (Vec::new(), document);
    for step in steps {
        for _ in 0..LONGEST_CHAIN {
            let Some(target) = value.get(REF).and_then(Yaml::as_str).and_then(local_steps) else { break };
            value = steps::find(document, &target)?;
            passed = target;
        }
        value = steps::child(value, step)?;
        passed.push(step.clone());
    }
    Some(passed)
}

/// `/components/schemas/Thing/properties/sizes/items` → `Thing_sizes_item`
fn name(steps: &Steps) -> String {
    let steps = match steps.as_slice() {
        // The value is a whole file.
        [files, name] if files == FILES => {
            let name = name.rsplit('/').next().unwrap_or_default();
            return name.split('.').next().unwrap_or_default().to_owned();
        }
        [files, _, rest @ ..] if files == FILES => rest,
        steps => steps,
    };
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
    // Properties and components may have any name.
    let is_component = matches!(steps[..], [COMPONENTS, _, _, _]);
    let is_named = |parent: &str| !is_component && !NAMED_SCHEMAS.contains(&parent);
    match steps.as_slice() {
        ["paths", _] => None,
        [.., "parameters", index] if index.parse::<usize>().is_ok() => Some("parameters"),
        [COMPONENTS, section, _] => SECTIONS.iter().find(|known| *known == section).copied(),
        [.., parent, "requestBody"] if is_named(parent) => Some("requestBodies"),
        [.., "additionalOperations", _, "responses", _] => Some("responses"),
        [.., method, "responses", _] if is_method(method) => Some("responses"),
        [.., parent, "headers", _] if is_named(parent) => Some("headers"),
        [.., parent, "examples", _] if is_named(parent) => Some("examples"),
        [.., parent, "links", _] if is_named(parent) => None,
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
            let mapping = entries.get_mut("discriminator").and_then(|discriminator| discriminator.get_mut("mapping"));
            place.push("discriminator".to_owned());
            for target in mapping.and_then(Yaml::as_mapping_mut).into_iter().flat_map(Mapping::values_mut) {
                if let Yaml::String(target) = target {
                    seen(place, target);
                }
            }
            place.pop();
            for (key, child) in entries {
                let Some(key) = key.as_str() else { continue };
                // Only referenced parts of other files matter.
                if place.is_empty() && key == FILES {
                    continue;
                }
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
