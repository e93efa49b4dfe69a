//! Fills gaps that many documents have and the document model does not accept: fields that are null, and headers
//! without a schema.

use std::ptr;

use serde_yaml::{Mapping, Value as Yaml};

use super::grammar::{self, Kind, Object, Versions, each_object};

pub(super) fn fill(document: &mut Yaml, object: &'static Object, version: Versions) {
    each_object(document, object, version, &mut |object, value| {
        let Yaml::Mapping(entries) = value else { return };
        entries.retain(|key, value| !value.is_null() || may_be_null(object, key, version));
        let is_header = ptr::eq(object, &raw const grammar::HEADER);
        if is_header && !["$ref", "schema", "content"].iter().any(|key| entries.contains_key(*key)) {
            entries.insert("schema".into(), Yaml::Mapping(Mapping::new()));
        }
    });
}

fn may_be_null(object: &'static Object, key: &Yaml, version: Versions) -> bool {
    key.as_str().and_then(|key| object.kind(key, version)).is_none_or(|kind| matches!(kind, Kind::Any))
}
