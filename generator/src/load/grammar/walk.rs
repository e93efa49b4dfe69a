//! Walks a document by the tables.

use std::ptr;

use serde_yaml::Value as Yaml;

use super::{Kind, Object, SCHEMA, Versions};

/// Visits every object of a document that the tables describe, inner ones first, and inner ones of schemas beside a
/// reference.
pub(in crate::load) fn each_object(
    value: &mut Yaml,
    object: &'static Object,
    version: Versions,
    visit: &mut dyn FnMut(&'static Object, &mut Yaml),
) {
    if let Yaml::Mapping(entries) = value {
        let is_schema = ptr::eq(object, &raw const SCHEMA);
        let refers = object.or_reference && entries.contains_key("$ref");
        if !refers || is_schema {
            for (key, child) in entries.iter_mut() {
                if let Some(kind) = key.as_str().and_then(|key| object.kind(key, version)) {
                    each_of_kind(child, kind, version, visit);
                }
            }
        }
    }
    visit(object, value);
}

fn each_of_kind(
    value: &mut Yaml,
    kind: &'static Kind,
    version: Versions,
    visit: &mut dyn FnMut(&'static Object, &mut Yaml),
) {
    match (kind, value) {
        (Kind::FlagOr(_), Yaml::Bool(_)) => {}
        (Kind::ListOf(object) | Kind::ObjectOrList(object), Yaml::Sequence(items)) => {
            for item in items {
                each_object(item, object, version, visit);
            }
        }
        (Kind::Object(object) | Kind::FlagOr(object) | Kind::ObjectOrList(object), value) => {
            each_object(value, object, version, visit);
        }
        (Kind::MapOf(object), Yaml::Mapping(entries)) => {
            for entry in entries.values_mut() {
                each_object(entry, object, version, visit);
            }
        }
        _ => {}
    }
}
