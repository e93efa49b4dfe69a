//! References to what is not a component, such as a schema inside another operation → a copy of what is there.
//!
//! What is left is a finding: it leads nowhere, back to itself, or to too much.

use serde_yaml::Value as Yaml;

use crate::document::{fragment, is_component, is_data};

/// How deep copies may hold references to be copied in turn.
const DEPTH: usize = 32;
/// How many values are copied in all: some more than a document of 10 MB has.
const VALUES: usize = 1_000_000;

/// Puts the copies in; whether there was anything to copy.
pub(super) fn inline(document: &mut Yaml) -> bool {
    let any = has_any(document, "");
    if any {
        let original = document.clone();
        Inline { original: &original, within: Vec::new(), left: VALUES }.visit(document, "");
    }
    any
}

fn has_any(value: &Yaml, key: &str) -> bool {
    match value {
        Yaml::Mapping(entries) => {
            target(value).is_some()
                || entries.iter().any(|(name, child)| {
                    let name = name.as_str().unwrap_or_default();
                    !is_data(key, name) && has_any(child, name)
                })
        }
        Yaml::Sequence(items) => items.iter().any(|item| has_any(item, "")),
        _ => false,
    }
}

/// Where a reference leads, if that is in this document and no component.
fn target(value: &Yaml) -> Option<String> {
    fragment(value.get("$ref")?.as_str()?).filter(|pointer| !is_component(pointer))
}

struct Inline<'a> {
    original: &'a Yaml,
    /// Whose copies the value stands in.
    within: Vec<String>,
    left: usize,
}

impl Inline<'_> {
    /// Looks for references in a value, which stands under a key.
    fn visit(&mut self, value: &mut Yaml, key: &str) {
        if let Some(pointer) = target(value) {
            if let Some(copy) = self.copy(&pointer) {
                *value = copy;
                self.within.push(pointer);
                self.visit(value, key);
                self.within.pop();
            }
            return;
        }
        match value {
            Yaml::Mapping(entries) => {
                for (name, child) in entries {
                    let name = name.as_str().unwrap_or_default();
                    if !is_data(key, name) {
                        self.visit(child, name);
                    }
                }
            }
            Yaml::Sequence(items) => items.iter_mut().for_each(|item| self.visit(item, "")),
            _ => {}
        }
    }

    fn copy(&mut self, pointer: &str) -> Option<Yaml> {
        if self.within.len() == DEPTH || self.within.iter().any(|other| other == pointer) {
            return None;
        }
        let found = at(self.original, pointer)?;
        self.left = self.left.checked_sub(count(found))?;
        Some(found.clone())
    }
}

fn at<'a>(document: &'a Yaml, pointer: &str) -> Option<&'a Yaml> {
    pointer.split('/').skip(1).try_fold(document, |value, step| {
        let step = step.replace("~1", "/").replace("~0", "~");
        match value {
            Yaml::Sequence(items) => items.get(step.parse::<usize>().ok()?),
            value => value.get(&step),
        }
    })
}

fn count(value: &Yaml) -> usize {
    match value {
        Yaml::Mapping(entries) => 1 + entries.values().map(count).sum::<usize>(),
        Yaml::Sequence(items) => 1 + items.iter().map(count).sum::<usize>(),
        _ => 1,
    }
}
