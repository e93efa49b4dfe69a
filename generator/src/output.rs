//! The generated files, by path.

use std::collections::BTreeMap;

use crate::diagnostic::Diagnostic;

/// The files of a generated crate, by their path below its source directory, and the warnings about the input.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileSet {
    files: BTreeMap<String, String>,
    warnings: Vec<Diagnostic>,
}

impl FileSet {
    pub(crate) fn warning(warnings: Vec<Diagnostic>) -> Self {
        Self { files: BTreeMap::new(), warnings }
    }

    pub(crate) fn insert(&mut self, path: impl Into<String>, text: String) {
        self.files.insert(path.into(), text);
    }

    /// Returns the text of a file.
    pub fn get(&self, path: &str) -> Option<&str> {
        self.files.get(path).map(String::as_str)
    }

    /// Returns all files, ordered by path.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// Returns the warnings about the input.
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// Returns the total number of lines.
    pub fn lines(&self) -> usize {
        self.files.values().map(|text| text.lines().count()).sum()
    }
}
