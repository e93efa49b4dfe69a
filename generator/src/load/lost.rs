//! Collects keywords that OpenAPI 3.0 does not have and the client does not support.

use std::collections::BTreeMap;
use std::ptr;

use serde_yaml::Value as Yaml;

use super::grammar::{Object, SCHEMA, Versions, each_object};
use super::places;
use super::recurring::elsewhere;
use crate::code::Code;
use crate::origin::PLACE;
use crate::source::{Source, Unlocated, join};

/// The lost keywords, each with its places in document order.
#[derive(Default)]
pub(super) struct Lost(BTreeMap<&'static str, (&'static str, Vec<String>)>);

impl Lost {
    /// Records the loss of a keyword of this part, and what it means for the client.
    pub(super) fn keyword(&mut self, part: &Yaml, keyword: &'static str, meaning: &'static str) {
        self.at(join(places::recorded(part).unwrap_or_default(), keyword), keyword, meaning);
    }

    /// Records the loss of a feature at a place.
    pub(super) fn at(&mut self, place: String, feature: &'static str, meaning: &'static str) {
        self.0.entry(feature).or_insert((meaning, Vec::new())).1.push(place);
    }

    /// Records the loss of values that are excluded. Nothing is a value of an empty `not`.
    pub(super) fn exclusions(&mut self, document: &mut Yaml, object: &'static Object, version: Versions) {
        each_object(document, object, version, &mut |object, value| {
            let excluded = value.get("not").and_then(Yaml::as_mapping);
            let is_partial = excluded.is_some_and(|excluded| excluded.keys().any(|key| key.as_str() != Some(PLACE)));
            if ptr::eq(object, &raw const SCHEMA) && is_partial {
                self.keyword(value, "not", "it is not checked before sending");
            }
        });
    }

    /// Returns a warning for each keyword, at its first place.
    pub(super) fn warnings(self, source: &Source) -> Vec<Unlocated> {
        let warnings = self.0.into_iter().map(|(keyword, (meaning, mut places))| {
            let others = elsewhere(places.len() - 1);
            Unlocated {
                code: Code::IgnoredKeyword,
                message: format!("the client does not support `{keyword}`{others}"),
                at: source.at(places.swap_remove(0)),
                help: meaning.to_owned(),
            }
        });
        warnings.collect()
    }
}
