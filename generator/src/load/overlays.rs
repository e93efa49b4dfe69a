//! Applies OpenAPI Overlays, versions 1.0 and 1.1, to the main file of a document.

use std::mem;

use serde_json::Value;
use serde_json_path::JsonPath;
use serde_yaml::Value as Yaml;

use super::grammar::{self, Kind, Object, Versions};
use super::{places, plain, read, steps, structure, version};
use crate::code::Code;
use crate::source::{Source, Unlocated, join, steps as steps_of};

/// Applies the actions of all overlays in order. Inserted parts have records of their places in the overlay.
pub(super) fn apply(document: &mut Yaml, spec: &Source, overlays: &[Source]) -> Result<(), Vec<Unlocated>> {
    if overlays.is_empty() {
        return Ok(());
    }
    let version = version::of(spec, &plain(document)).map_err(|diagnostic| vec![diagnostic])?;
    let mut problems = Vec::new();
    for source in overlays {
        let overlay = read(source)?;
        check(source, &plain(&overlay))?;
        let actions = overlay.get("actions").and_then(Yaml::as_sequence).into_iter().flatten();
        for (index, entries) in actions.enumerate() {
            let action = Action { source, entries, place: format!("/actions/{index}"), version };
            problems.extend(action.apply(document).err().map(|problem| action.diagnostic(problem)));
        }
    }
    if problems.is_empty() { Ok(()) } else { Err(problems) }
}

/// Checks that a file is an overlay.
fn check(source: &Source, overlay: &Value) -> Result<(), Vec<Unlocated>> {
    let version = overlay.get("overlay").and_then(Value::as_str).unwrap_or_default();
    if !["1.0.", "1.1."].iter().any(|known| version.starts_with(known)) {
        let (pointer, message) = match overlay.get("overlay") {
            Some(_) => ("/overlay", format!("Overlay {version} is not supported")),
            None => ("", "this is not an overlay: it has no `overlay` key".to_owned()),
        };
        let help = "use \"1.0.0\" or \"1.1.0\"".to_owned();
        return Err(vec![Unlocated { code: Code::Overlay, message, at: source.at(pointer), help }]);
    }
    let mut found = structure::check(source, overlay, &grammar::OVERLAY, grammar::ALL);
    found.retain(|one| !one.code.is_warning());
    if found.is_empty() { Ok(()) } else { Err(found) }
}

/// The key of the value at fault, the message and the fix.
type Problem = (&'static str, String, &'static str);

struct Action<'a> {
    source: &'a Source,
    entries: &'a Yaml,
    /// The pointer of the action in its overlay.
    place: String,
    /// The version of the document.
    version: Versions,
}

impl Action<'_> {
    fn apply(&self, document: &mut Yaml) -> Result<(), Problem> {
        let found = self.query("target", &plain(document))?;
        if self.entries.get("remove").and_then(Yaml::as_bool) == Some(true) {
            // The last items of a list come first: the others keep their positions.
            return found.iter().rev().try_for_each(|target| remove(document, target));
        }
        let update = match (self.entries.get("update"), self.entries.get("copy")) {
            (None, None) => {
                return Err(("", "this action changes nothing".to_owned(), "add `update`, `copy` or `remove: true`"));
            }
            (Some(_), Some(_)) => return Err(("copy", "`update` and `copy` exclude each other".to_owned(), "use one")),
            (Some(update), None) => {
                let place = format!("{}#{}", self.source.as_place(), join(&self.place, "update"));
                Update { key: "update", value: update.clone(), place }
            }
            (None, Some(_)) => self.copied(document)?,
        };
        for target in &found {
            let kind = kind_at(self.version, target);
            let node = steps::find_mut(document, target).ok_or_else(|| changed("target"))?;
            merge(node, update.value.clone(), kind.as_ref(), &update.place)
                .map_err(|message| (update.key, message, "select another target, or remove the old value first"))?;
        }
        Ok(())
    }

    /// Returns the steps to the values that a key of the action selects, in the order of the document.
    fn query(&self, key: &'static str, document: &Value) -> Result<Vec<Vec<String>>, Problem> {
        let text = self.entries.get(key).and_then(Yaml::as_str).unwrap_or_default();
        let path = JsonPath::parse(text).map_err(|error| {
            let message = format!("`{text}` is not a JSONPath: there is a mistake at character {}", error.position());
            (key, message, "write it as in RFC 9535, such as $.paths['/things'].get")
        })?;
        let found = path.query_located(document);
        let mut pointers: Vec<_> = found.locations().map(|at| steps_of(&at.to_json_pointer()).collect()).collect();
        pointers.dedup();
        if pointers.is_empty() {
            return Err((
                key,
                format!("`{text}` matches nothing in the document"),
                "fix the path, or remove the action",
            ));
        }
        Ok(pointers)
    }

    fn copied(&self, document: &Yaml) -> Result<Update, Problem> {
        let found = self.query("copy", &plain(document))?;
        let [one] = found.as_slice() else {
            return Err(("copy", format!("`copy` matches {} values", found.len()), "select one value"));
        };
        let value = steps::find(document, one).cloned().ok_or_else(|| changed("copy"))?;
        Ok(Update { key: "copy", value, place: one.iter().fold(String::new(), |place, step| join(&place, step)) })
    }

    fn diagnostic(&self, (key, message, help): Problem) -> Unlocated {
        let pointer = if key.is_empty() { self.place.clone() } else { join(&self.place, key) };
        Unlocated { code: Code::Overlay, message, at: self.source.at(pointer), help: help.to_owned() }
    }
}

/// A value to merge.
struct Update {
    /// The key of the action that contains or selects the value.
    key: &'static str,
    value: Yaml,
    /// The place where its author wrote it.
    place: String,
}

/// Merges a value into a value of the document: maps by key, lists by appending; others are replaced.
fn merge(node: &mut Yaml, update: Yaml, kind: Option<&At>, place: &str) -> Result<(), String> {
    match (node, update) {
        (Yaml::Mapping(own), Yaml::Mapping(new)) => {
            for (key, value) in new {
                let step = key.as_str().unwrap_or_default();
                let (kind, place) = (kind.and_then(|at| at.child(step)), join(place, step));
                match own.get_mut(&key) {
                    Some(old) if is_collection(old) && mem::discriminant(old) == mem::discriminant(&value) => {
                        merge(old, value, kind.as_ref(), &place)?;
                    }
                    _ => {
                        own.insert(key, recorded(value, kind.as_ref(), &place));
                    }
                }
            }
            Ok(())
        }
        (Yaml::Sequence(own), Yaml::Sequence(new)) => {
            let kind = kind.and_then(|at| at.child("0"));
            let new = new.into_iter().enumerate();
            own.extend(new.map(|(index, value)| recorded(value, kind.as_ref(), &format!("{place}/{index}"))));
            Ok(())
        }
        (Yaml::Sequence(own), value) => {
            own.push(recorded(value, kind.and_then(|at| at.child("0")).as_ref(), place));
            Ok(())
        }
        (node, value) if !is_collection(node) && !is_collection(&value) => {
            *node = value;
            Ok(())
        }
        (node, value) => Err(format!("{} cannot be merged into {}", described(&value), described(node))),
    }
}

/// Returns an inserted value with records of its places.
fn recorded(mut value: Yaml, kind: Option<&At>, place: &str) -> Yaml {
    if let Some(at) = kind {
        at.record(&mut value, place);
    }
    value
}

fn changed(key: &'static str) -> Problem {
    (key, "an earlier target of this action contains this one".to_owned(), "select values outside each other")
}

fn remove(document: &mut Yaml, target: &[String]) -> Result<(), Problem> {
    let Some((last, holder)) = target.split_last() else {
        return Err(("target", "the whole document cannot be removed".to_owned(), "select a part of it"));
    };
    match steps::find_mut(document, holder) {
        Some(Yaml::Mapping(entries)) => {
            entries.shift_remove(last.as_str());
        }
        Some(Yaml::Sequence(items)) => {
            if let Some(index) = last.parse::<usize>().ok().filter(|index| *index < items.len()) {
                items.remove(index);
            }
        }
        // It was inside another target.
        _ => {}
    }
    Ok(())
}

/// An entry of the tables for a value of a document.
enum At {
    Object(&'static Object, Versions),
    Kind(&'static Kind, Versions),
}

/// Returns what stands at these steps; `None` for data and extensions.
fn kind_at(version: Versions, target: &[String]) -> Option<At> {
    let document = if version == grammar::V20 { &grammar::SWAGGER } else { &grammar::DOCUMENT };
    target.iter().try_fold(At::Object(document, version), |at, step| at.child(step))
}

impl At {
    fn child(&self, step: &str) -> Option<Self> {
        let fields = |object: &'static Object, version| Some(Self::Kind(object.kind(step, version)?, version));
        match *self {
            Self::Object(object, version) => fields(object, version),
            Self::Kind(kind, version) => match kind {
                Kind::Object(object) | Kind::FlagOr(object) | Kind::ObjectOrList(object) => fields(object, version),
                Kind::ListOf(object) | Kind::MapOf(object) => Some(Self::Object(object, version)),
                _ => None,
            },
        }
    }

    fn record(&self, value: &mut Yaml, place: &str) {
        match *self {
            Self::Object(object, version) => places::in_object(value, object, version, place),
            Self::Kind(kind, version) => places::of_kind(value, kind, version, place),
        }
    }
}

fn is_collection(value: &Yaml) -> bool {
    value.is_mapping() || value.is_sequence()
}

fn described(value: &Yaml) -> &'static str {
    match value {
        Yaml::Mapping(_) => "a map",
        Yaml::Sequence(_) => "a list",
        _ => "a single value",
    }
}
