//! Compares two documents, and reports the remaining changes: descriptions, examples, and parts that the crate does
//! not expose.

use std::collections::{BTreeSet, HashMap};

use serde_json::{Map, Value};

use super::change::{Side, Verdict};
use super::log::{Draft, Log, Spot};
use super::titles::title;
use crate::document::follow;
use crate::source::join;

/// Keys whose values are only for people.
const PROSE: [&str; 6] = ["description", "summary", "title", "example", "examples", "externalDocs"];
/// Lists whose order has no meaning.
const SETS: [&str; 3] = ["enum", "required", "tags"];

pub(super) fn compare(log: &mut Log<'_>) {
    let operations = shared_operations(log);
    let (old, new) = (&log.old.document.source, &log.new.document.source);
    let mut walk = Walk { log, old, new, apart: BTreeSet::new(), found: Vec::new() };
    // An operation may have moved, so each is compared on its own.
    for (old, new) in &operations {
        walk.pair(old, new);
    }
    walk.apart = operations.into_iter().flat_map(|(old, new)| [(Side::Old, old), (Side::New, new)]).collect();
    walk.pair("", "");
    let found = walk.found;
    for draft in found {
        log.add(draft);
    }
}

/// Returns the pointers of operations that both versions have.
fn shared_operations(log: &Log<'_>) -> Vec<(String, String)> {
    let new: HashMap<_, _> = log.new.operations().map(|(_, is)| (is.id.as_str(), &is.pointer)).collect();
    let shared =
        log.old.operations().filter_map(|(_, was)| Some((was.pointer.clone(), (*new.get(was.id.as_str())?).clone())));
    shared.collect()
}

struct Walk<'a, 'l> {
    log: &'l Log<'a>,
    old: &'a Value,
    new: &'a Value,
    /// Parts that are compared on their own.
    apart: BTreeSet<(Side, String)>,
    found: Vec<Draft>,
}

impl Walk<'_, '_> {
    /// Compares a value that both documents have.
    fn pair(&mut self, old: &str, new: &str) {
        let (Some(was), Some(is)) = (self.old.pointer(old), self.new.pointer(new)) else { return };
        if was == is || self.is_apart(Side::Old, old) || self.is_apart(Side::New, new) {
            return;
        }
        let spot = Spot::both(old.to_owned(), new.to_owned());
        match (was, is) {
            (Value::Object(was), Value::Object(is)) if !is_prose(new) => {
                if was.get("$ref") == is.get("$ref") {
                    self.entries(&spot, was, is);
                } else {
                    self.references(old, new);
                }
            }
            (Value::Array(was), Value::Array(is)) if !is_prose(new) => self.items(old, new, was, is),
            _ => self.tell(&spot, new, "another"),
        }
    }

    fn entries(&mut self, spot: &Spot, was: &Map<String, Value>, is: &Map<String, Value>) {
        for key in was.keys().chain(is.keys().filter(|key| !was.contains_key(*key))) {
            let inside = spot.join(key);
            let (Some(old), Some(new)) = (&inside.old, &inside.new) else { continue };
            match (was.contains_key(key), is.contains_key(key)) {
                (true, true) => self.pair(old, new),
                (true, false) => self.lone(Side::Old, old),
                _ => self.lone(Side::New, new),
            }
        }
    }

    /// Compares two references, or a reference and an inline value.
    fn references(&mut self, old: &str, new: &str) {
        let targets = (follow(self.old, old.to_owned()), follow(self.new, new.to_owned()));
        if self.old.pointer(&targets.0) != self.new.pointer(&targets.1) {
            let spot = Spot::both(old.to_owned(), new.to_owned());
            self.tell(&spot, &join(new, "$ref"), "another");
        }
    }

    fn items(&mut self, old: &str, new: &str, was: &[Value], is: &[Value]) {
        let key = new.rsplit('/').next().unwrap_or_default();
        let at = |list: &str, index: usize| join(list, &index.to_string());
        if key == "parameters" {
            let [before, after] = [(self.old, old, was.len()), (self.new, new, is.len())]
                .map(|(value, list, count)| (0..count).map(|index| named(value, at(list, index))).collect::<Vec<_>>());
            for (name, old) in &before {
                match after.iter().find(|(other, _)| other == name) {
                    Some((_, new)) => self.pair(old, new),
                    None => self.lone(Side::Old, old),
                }
            }
            for (_, new) in after.iter().filter(|(name, _)| before.iter().all(|(other, _)| other != name)) {
                self.lone(Side::New, new);
            }
        } else if SETS.contains(&key) && was.len() == is.len() && was.iter().all(|item| is.contains(item)) {
            // The same items in another order.
        } else if was.len() == is.len() {
            (0..was.len()).for_each(|index| self.pair(&at(old, index), &at(new, index)));
        } else {
            self.tell(&Spot::both(old.to_owned(), new.to_owned()), new, "another");
        }
    }

    /// Reports a value that only one document has.
    fn lone(&mut self, side: Side, pointer: &str) {
        let within = self.log.is_told_within(side, pointer)
            || self.apart.iter().any(|(s, at)| *s == side && at.starts_with(pointer));
        if within {
            return;
        }
        let (spot, what) = match side {
            Side::Old => (Spot::old(pointer.to_owned()), "no"),
            Side::New => (Spot::new(pointer.to_owned()), "a new"),
        };
        self.tell(&spot, pointer, what);
    }

    /// Reports an added, removed or changed value, unless it is already reported.
    fn tell(&mut self, spot: &Spot, pointer: &str, what: &str) {
        let sides = [(Side::Old, &spot.old), (Side::New, &spot.new)];
        let mut sides = sides.into_iter().filter_map(|(side, pointer)| Some((side, pointer.as_ref()?)));
        let prose = is_prose(pointer);
        let is_told = |(side, pointer): (Side, &String)| {
            if prose { self.log.is_told_exactly(side, pointer) } else { self.log.is_told(side, pointer) }
        };
        if sides.any(is_told) {
            return;
        }
        let (subject, key) = title(pointer);
        let (code, rest) = if prose { ("prose", "") } else { ("document", "; the crate does not show it") };
        let what = match (key, what) {
            (Some(key), what) => format!("has {what} `{key}`"),
            (None, "no") => "is gone".to_owned(),
            (None, what) => format!("is {}", what.trim_start_matches("a ")),
        };
        let message = format!("{what} in the document{rest}");
        self.found.push(Draft::new(Verdict::Editorial, code, subject, message).at(spot));
    }

    fn is_apart(&self, side: Side, pointer: &str) -> bool {
        self.apart.contains(&(side, pointer.to_owned()))
    }
}

/// Returns a parameter by its name and place, at the pointer of its target.
fn named(value: &Value, pointer: String) -> (Option<(Value, Value)>, String) {
    let pointer = follow(value, pointer);
    let name = value.pointer(&pointer).and_then(|found| Some((found.get("name")?.clone(), found.get("in")?.clone())));
    (name, pointer)
}

/// Whether a pointer leads to text for people, and not to a property of that name.
fn is_prose(pointer: &str) -> bool {
    let mut steps = pointer.rsplit('/');
    let (last, parent) = (steps.next().unwrap_or_default(), steps.next().unwrap_or_default());
    PROSE.contains(&last) && !["properties", "schemas", "parameters"].contains(&parent)
}
