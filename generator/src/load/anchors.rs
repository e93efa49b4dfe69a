//! Collects the names of schemas that references can use instead of a pointer: `$anchor` and `$id` of JSON Schema.

use std::collections::BTreeMap;

use serde_yaml::Value as Yaml;

use crate::document::is_data;
use crate::source::join;

/// The named schemas of a document and its other files; a file is named as in places, and the main file is "".
#[derive(Default)]
pub(super) struct Anchors {
    /// The pointer of each anchor, by file and name.
    anchors: BTreeMap<(String, String), String>,
    /// The file and pointer of each identifier.
    ids: BTreeMap<String, (String, String)>,
}

impl Anchors {
    /// Whether a text may have such names. Most documents have none, and need no second visit.
    pub(super) fn may_be_in(text: &str) -> bool {
        text.contains("$anchor") || text.contains("$id")
    }

    pub(super) fn add(&mut self, file: &str, document: &Yaml) {
        self.collect(file, document, "", "");
    }

    /// Returns the file and pointer of a reference by identifier.
    pub(super) fn of_id(&self, base: &str) -> Option<&(String, String)> {
        self.ids.get(base)
    }

    pub(super) fn of_anchor(&self, file: &str, name: &str) -> Option<&str> {
        self.anchors.get(&(file.to_owned(), name.to_owned())).map(String::as_str)
    }

    /// `parent` is the key of the value.
    fn collect(&mut self, file: &str, value: &Yaml, pointer: &str, parent: &str) {
        match value {
            Yaml::Mapping(entries) => {
                let text = |key: &str| entries.get(key).and_then(Yaml::as_str).filter(|_| parent != "properties");
                for name in ["$anchor", "$dynamicAnchor"].into_iter().filter_map(text) {
                    self.anchors.entry((file.to_owned(), name.to_owned())).or_insert_with(|| pointer.to_owned());
                }
                let id = text("$id").map(|id| id.trim_end_matches('#')).filter(|id| !id.is_empty());
                if let Some(id) = id {
                    self.ids.entry(id.to_owned()).or_insert_with(|| (file.to_owned(), pointer.to_owned()));
                }
                for (key, child) in entries.iter().filter_map(|(key, child)| Some((key.as_str()?, child))) {
                    if !is_data(parent, key) {
                        self.collect(file, child, &join(pointer, key), key);
                    }
                }
            }
            Yaml::Sequence(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.collect(file, item, &format!("{pointer}/{index}"), "");
                }
            }
            _ => {}
        }
    }
}
