//! Checks `unknown-ref`: every reference leads to a part of the document.

use std::collections::BTreeSet;
use std::iter;

use serde_json::Value;

use super::files::file_of;
use super::insertions::allows_none;
use super::places;
use crate::code::Code;
use crate::document::{LONGEST_CHAIN, each_object, local_steps};
use crate::input::Input;
use crate::near::perhaps;
use crate::source::{Unlocated, join, steps};

/// Checks the joined document, before any conversion.
pub(super) fn check(input: &Input, document: &Value) -> Vec<Unlocated> {
    let mut diagnostics = Vec::new();
    each_object(document, &mut |here, object| {
        let Some(target) = object.get("$ref").and_then(Value::as_str) else { return };
        let place = places::of_joined(&join(&here.pointer(), "$ref"));
        if let Some((message, help)) =
            unread(input, target, &place).or_else(|| problem(document, target, &here.pointer()))
        {
            diagnostics.push(Unlocated {
                code: Code::UnknownRef,
                message,
                at: input.spec.at(place),
                help: help.to_owned(),
            });
        }
    });
    diagnostics
}

/// Returns the problem with a reference to another file.
fn unread(input: &Input, target: &str, place: &str) -> Option<(String, &'static str)> {
    let from = place.split_once('#').map_or("", |(file, _)| file);
    let file = file_of(target, from)?;
    let (_, reason) = input.unread.iter().find(|(name, _)| *name == file)?;
    Some((format!("`{target}` cannot be read: {reason}"), "fix the path, or add the file"))
}

fn problem(document: &Value, target: &str, here: &str) -> Option<(String, &'static str)> {
    let Some(pointer) = local_pointer(target) else {
        if target.starts_with('#') {
            return Some((format!("no `$anchor` has the name of `{target}`"), "fix the name, or refer with `#/`"));
        }
        let help = "save the target next to the document: the generator does not use the network";
        return Some((format!("`{target}` is outside this document"), help));
    };
    // As the author wrote it.
    let target = &match places::of_joined(&pointer) {
        place if place.starts_with('/') => target.to_owned(),
        place => place,
    };
    let Some(found) = document.pointer(&pointer) else {
        let message = format!("`{target}` does not exist{}", perhaps_beside(document, &pointer));
        return Some((message, "fix the name, or add the target"));
    };
    match chain(document, &pointer) {
        Chain::Ends => {}
        // Each circle is reported once.
        Chain::Circular(first) if first != here => return None,
        Chain::Circular(_) => {
            return Some((format!("`{target}` refers to itself"), "replace one of the references with its target"));
        }
        Chain::Long => {
            let message = format!("`{target}` passes through more than {LONGEST_CHAIN} references");
            return Some((message, "refer to the target directly"));
        }
    }
    let may_be_anything = allows_none(&steps(here).collect::<Vec<_>>());
    let is_nothing = !(found.is_object() || may_be_anything) || pointer.is_empty();
    is_nothing.then(|| {
        (format!("`{target}` cannot be a target of references"), "refer to a schema, a parameter, a body or a response")
    })
}

/// Returns the pointer of a reference inside the document.
fn local_pointer(target: &str) -> Option<String> {
    if target == "#" {
        return Some(String::new());
    }
    Some(local_steps(target)?.iter().fold(String::new(), |pointer, step| join(&pointer, step)))
}

/// Suggests a sibling of the target with a similar name.
fn perhaps_beside(document: &Value, pointer: &str) -> String {
    let parted = pointer.rsplit_once('/');
    let siblings = parted.and_then(|(parent, name)| Some((document.pointer(parent)?.as_object()?, name)));
    siblings.map(|(siblings, name)| perhaps(name, siblings.keys().map(String::as_str))).unwrap_or_default()
}

/// The result of following a chain of references.
enum Chain {
    Ends,
    /// The first reference of a circle, in the order of pointers.
    Circular(String),
    Long,
}

fn chain(document: &Value, start: &str) -> Chain {
    let mut seen = BTreeSet::new();
    let mut pointer = start.to_owned();
    while seen.insert(pointer.clone()) {
        let next = document.pointer(&pointer).and_then(|target| target.get("$ref")).and_then(Value::as_str);
        match next.and_then(local_pointer) {
            Some(_) if seen.len() >= LONGEST_CHAIN => return Chain::Long,
            Some(next) => pointer = next,
            None => return Chain::Ends,
        }
    }
    let start_of_circle = pointer;
    let next = |pointer: &String| {
        local_pointer(document.pointer(pointer)?.get("$ref")?.as_str()?).filter(|next| *next != start_of_circle)
    };
    let circle = iter::successors(Some(start_of_circle.clone()), next);
    Chain::Circular(circle.min().unwrap_or_default())
}
