//! Leaves out operations with errors, and everything that refers to a part with errors.

use std::collections::{BTreeMap, BTreeSet};

use serde_yaml::{Mapping, Value as Yaml};

use super::grammar::{V20, Versions};
use super::steps;
use crate::document::{SHARED, WEBHOOKS, is_data, local_steps};
use crate::input::Input;
use crate::origin::PLACE;
use crate::source::{Unlocated, join};

/// The key of operations with other methods.
const OTHERS: &str = "additionalOperations";

/// A part that can be left out, as steps from the document: an operation, a path, a component or a webhook.
pub(crate) type Part = Vec<String>;

/// The errors of a document, by the place where its author wrote them.
#[derive(Debug, Default)]
pub(crate) struct Omissions {
    errors: Vec<Unlocated>,
    /// The index of each error, by its place.
    by_place: BTreeMap<String, usize>,
}

/// A part that was left out.
#[derive(Debug)]
pub(crate) struct LeftOut {
    pub(crate) part: Part,
    /// The error in this part, or in a part that it refers to.
    pub(crate) error: Unlocated,
}

impl LeftOut {
    /// Returns the operation as method and path; `None` for other parts.
    pub(crate) fn operation(&self) -> Option<String> {
        match self.part.as_slice() {
            [paths, path, method] if paths == "paths" => Some(format!("{} {path}", method.to_uppercase())),
            [paths, path, _, method] if paths == "paths" => Some(format!("{method} {path}")),
            _ => None,
        }
    }
}

impl Omissions {
    /// Adds the errors of an attempt. Returns false if leaving them out cannot help: one is outside the document, or
    /// all are known.
    pub(crate) fn add(&mut self, input: &Input, errors: &[Unlocated]) -> bool {
        let errors = errors.iter().filter(|error| !error.code.is_warning());
        let Some(places) = errors.clone().map(|error| input.place(&error.at)).collect::<Option<Vec<_>>>() else {
            return false;
        };
        let known = self.by_place.len();
        for (place, error) in places.into_iter().zip(errors) {
            let index = self.errors.len();
            if *self.by_place.entry(place).or_insert(index) == index {
                self.errors.push(error.clone());
            }
        }
        self.by_place.len() > known
    }

    pub(crate) fn errors(&self) -> &[Unlocated] {
        &self.errors
    }

    /// Whether an error is known, so that its part is left out.
    pub(super) fn has(&self, input: &Input, error: &Unlocated) -> bool {
        input.place(&error.at).is_some_and(|place| self.by_place.contains_key(&place))
    }

    /// Removes the parts with errors from a document whose parts have records of their places. Returns `None` if an
    /// error is in no such part, or if no operation remains.
    pub(super) fn apply(&self, document: &mut Yaml, version: Versions) -> Option<Vec<LeftOut>> {
        if self.errors.is_empty() {
            return Some(Vec::new());
        }
        let mut survey = Survey { version, wanted: self.wanted(), found: BTreeMap::new(), users: BTreeMap::new() };
        survey.walk(document, "", &mut Vec::new());
        let mut causes: BTreeMap<Part, usize> = BTreeMap::new();
        for (place, error) in &self.by_place {
            let parts = parents(place).find_map(|place| survey.found.get(place))?;
            for part in parts {
                causes.insert(part.clone()?, *error);
            }
        }
        let mut queue: Vec<_> = causes.iter().map(|(part, error)| (part.clone(), *error)).collect();
        while let Some((part, error)) = queue.pop() {
            for user in survey.users.get(&part).into_iter().flatten() {
                if !causes.contains_key(user) {
                    causes.insert(user.clone(), error);
                    queue.push((user.clone(), error));
                }
            }
        }
        let left_out: Vec<_> = causes.into_iter().flat_map(|(part, error)| whole(document, part, error)).collect();
        let left_out = left_out.into_iter().map(|(part, error)| {
            remove(document, &part);
            LeftOut { part, error: self.errors[error].clone() }
        });
        let left_out = left_out.collect();
        has_operations(document).then_some(left_out)
    }

    /// Returns the places of errors and of everything around them.
    fn wanted(&self) -> BTreeSet<&str> {
        self.by_place.keys().flat_map(|place| parents(place)).collect()
    }
}

/// Returns a place, and the places around it.
fn parents(place: &str) -> impl Iterator<Item = &str> {
    let ends = place.rmatch_indices('/').map(|(index, _)| &place[..index]);
    std::iter::once(place).chain(ends)
}

/// The places and references of a document.
struct Survey<'a> {
    version: Versions,
    wanted: BTreeSet<&'a str>,
    /// The parts with each wanted place; `None` outside of parts.
    found: BTreeMap<String, Vec<Option<Part>>>,
    /// The parts that refer to a part.
    users: BTreeMap<Part, BTreeSet<Part>>,
}

impl Survey<'_> {
    fn walk(&mut self, value: &Yaml, place: &str, here: &mut Vec<String>) {
        let place = value.get(PLACE).and_then(Yaml::as_str).unwrap_or(place);
        if self.wanted.contains(place) {
            self.found.entry(place.to_owned()).or_default().push(part_of(here, self.version));
        }
        match value {
            Yaml::Mapping(entries) => {
                self.references(entries, here);
                for (key, child) in entries {
                    let Some(key) = key.as_str().filter(|key| *key != PLACE) else { continue };
                    here.push(key.to_owned());
                    self.walk(child, &join(place, key), here);
                    here.pop();
                }
            }
            Yaml::Sequence(items) => {
                for (index, item) in items.iter().enumerate() {
                    here.push(index.to_string());
                    self.walk(item, &format!("{place}/{index}"), here);
                    here.pop();
                }
            }
            _ => {}
        }
    }

    fn references(&mut self, entries: &Mapping, here: &[String]) {
        let Some(user) = part_of(here, self.version) else { return };
        let is_data = here.windows(2).any(|pair| is_data(&pair[0], &pair[1]));
        let mapping = entries.get("discriminator").and_then(|it| it.get("mapping")).and_then(Yaml::as_mapping);
        let mapped = mapping.into_iter().flat_map(|mapping| mapping.values());
        let targets = entries.get("$ref").into_iter().chain(mapped).filter_map(Yaml::as_str).filter(|_| !is_data);
        for target in targets.filter_map(local_steps) {
            if let Some(part) = part_of(&target, self.version).filter(|part| *part != user) {
                self.users.entry(part).or_default().insert(user.clone());
            }
        }
    }
}

/// Returns the part that contains these steps.
fn part_of(here: &[String], version: Versions) -> Option<Part> {
    let steps: Vec<_> = here.iter().map(String::as_str).collect();
    let length = match steps[..] {
        ["paths", _, OTHERS, _, ..] => 4,
        ["paths", _, key, ..] if !SHARED.contains(&key) => 3,
        ["components", ..] if steps.len() > 2 => 3,
        ["paths" | "webhooks" | WEBHOOKS, _, ..] => 2,
        ["definitions" | "parameters" | "responses" | "securityDefinitions", _, ..] if version == V20 => 2,
        _ => return None,
    };
    Some(here[..length].to_vec())
}

/// Returns the operations of a path, or the part itself.
fn whole(document: &Yaml, part: Part, error: usize) -> Vec<(Part, usize)> {
    match (part.as_slice(), steps::find(document, &part)) {
        ([paths, _], Some(Yaml::Mapping(item))) if paths == "paths" => {
            let keys = item.keys().filter_map(Yaml::as_str).filter(|key| !SHARED.contains(key) && *key != PLACE);
            let keys = keys.flat_map(|key| match (key, item.get(key)) {
                (OTHERS, Some(Yaml::Mapping(others))) => {
                    others.keys().filter_map(Yaml::as_str).map(|method| vec![key, method]).collect()
                }
                _ => vec![vec![key]],
            });
            let parts = keys.map(|keys| part.iter().cloned().chain(keys.into_iter().map(str::to_owned)).collect());
            parts.map(|part| (part, error)).collect()
        }
        _ => vec![(part, error)],
    }
}

/// Removes a part, and a path without operations.
fn remove(document: &mut Yaml, part: &[String]) {
    let Some((last, holder)) = part.split_last() else { return };
    let Some(entries) = steps::find_mut(document, holder).and_then(Yaml::as_mapping_mut) else { return };
    entries.shift_remove(last.as_str());
    if part.len() == 4 && entries.is_empty() {
        return remove(document, holder);
    }
    let is_empty = entries.keys().filter_map(Yaml::as_str).all(|key| SHARED.contains(&key) || key == PLACE);
    if part.len() == 3 && part[0] == "paths" && is_empty {
        remove(document, holder);
    }
}

fn has_operations(document: &Yaml) -> bool {
    document.get("paths").and_then(Yaml::as_mapping).is_some_and(|paths| !paths.is_empty())
}
