//! Records in each part of a document where the author wrote it, so that the place survives every conversion.
//!
//! A place is a JSON pointer into the document, or `file#pointer` for another file.

use std::ptr;

use serde_json::Value;
use serde_yaml::Value as Yaml;

use super::grammar::{self, Kind, Object, Versions};
use crate::document::FILES;
use crate::origin::PLACE;
use crate::source::{join, steps};

/// Records the place of a part that is about to move.
pub(super) fn record(part: &mut Yaml, place: String) {
    if let Yaml::Mapping(entries) = part {
        entries.entry(Yaml::from(PLACE)).or_insert(Yaml::from(place));
    }
}

/// Records the places of the parts of a collection.
pub(super) fn record_inside(part: &mut Yaml, place: &str) {
    match part {
        Yaml::Mapping(entries) => {
            for (key, child) in entries.iter_mut() {
                record(child, join(place, key.as_str().unwrap_or_default()));
            }
        }
        Yaml::Sequence(items) => {
            items.iter_mut().enumerate().for_each(|(index, item)| record(item, format!("{place}/{index}")));
        }
        _ => {}
    }
}

/// Removes all records of places.
pub(super) fn forget(value: &mut Yaml) {
    match value {
        Yaml::Mapping(entries) => {
            entries.shift_remove(PLACE);
            entries.values_mut().for_each(forget);
        }
        Yaml::Sequence(items) => items.iter_mut().for_each(forget),
        _ => {}
    }
}

/// Returns the recorded place of a part.
pub(super) fn recorded(part: &Yaml) -> Option<&str> {
    part.get(PLACE)?.as_str()
}

/// Returns the place of a pointer into a document.
pub(crate) fn of(document: &Value, pointer: &str) -> String {
    let mut place = String::new();
    let mut value = Some(document);
    for step in steps(pointer) {
        value = value.and_then(|value| match value {
            Value::Object(entries) => entries.get(&step),
            Value::Array(items) => items.get(step.parse::<usize>().ok()?),
            _ => None,
        });
        place = match value.and_then(|value| value.get(PLACE)?.as_str()) {
            Some(known) => known.to_owned(),
            None => join(&place, &step),
        };
    }
    place
}

/// Records the place of every part that has extensions.
pub(super) fn record_all(document: &mut Yaml, object: &'static Object, version: Versions) {
    in_object(document, object, version, "");
}

/// Records the places of an object and of the parts inside it.
pub(super) fn in_object(value: &mut Yaml, object: &'static Object, version: Versions, place: &str) {
    let Yaml::Mapping(entries) = value else { return };
    let place = entries.get(PLACE).and_then(Yaml::as_str).unwrap_or(place).to_owned();
    for (key, child) in entries.iter_mut() {
        let Some(key) = key.as_str() else { continue };
        if let Some(kind) = object.kind(key, version) {
            of_kind(child, kind, version, &join(&place, key));
        }
    }
    let is_marked = grammar::MARKED.iter().any(|marked| ptr::eq(*marked, object));
    if is_marked {
        record(value, place);
    }
}

/// Like [`in_object`], for a value of any kind.
pub(super) fn of_kind(value: &mut Yaml, kind: &'static Kind, version: Versions, place: &str) {
    match (kind, value) {
        (Kind::ListOf(object) | Kind::ObjectOrList(object), Yaml::Sequence(items)) => {
            for (index, item) in items.iter_mut().enumerate() {
                in_object(item, object, version, &format!("{place}/{index}"));
            }
        }
        (Kind::Object(object) | Kind::FlagOr(object) | Kind::ObjectOrList(object), value) => {
            in_object(value, object, version, place);
        }
        (Kind::MapOf(object), Yaml::Mapping(entries)) => {
            for (key, child) in entries.iter_mut() {
                if let Some(key) = key.as_str() {
                    in_object(child, object, version, &join(place, key));
                }
            }
        }
        _ => {}
    }
}

/// Returns the place of a pointer into the joined document, before anything moves.
pub(crate) fn of_joined(pointer: &str) -> String {
    let steps: Vec<_> = steps(pointer).take(2).collect();
    match steps.as_slice() {
        [files, name] if files == FILES => {
            let rest = pointer.splitn(4, '/').nth(3).map(|rest| format!("/{rest}"));
            format!("{name}#{}", rest.unwrap_or_default())
        }
        _ => pointer.to_owned(),
    }
}
