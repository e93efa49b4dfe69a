//! The generated files, by path.

use std::collections::BTreeMap;

use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::document;
use crate::input::Input;
use crate::load::Document;

/// The files of a generated crate, by their path below its source directory, and the warnings about the input.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileSet {
    files: BTreeMap<String, String>,
    warnings: Vec<Diagnostic>,
    left_out: Vec<(String, Code)>,
    operations: usize,
    pub(crate) readme: Option<String>,
    pub(crate) tag_features: Vec<String>,
}

impl FileSet {
    /// Returns the warnings about a document, without files.
    pub(crate) fn about(input: &Input, document: Document) -> Self {
        let Document { openapi, warnings, left_out, tolerated, .. } = document;
        let tolerated = input.locate(tolerated).into_iter().map(Diagnostic::tolerated);
        let left_out = left_out.iter().filter_map(|part| Some((part.operation()?, part.error.code)));
        Self {
            files: BTreeMap::new(),
            warnings: tolerated.chain(input.locate(warnings)).collect(),
            left_out: left_out.collect(),
            operations: document::operations(&openapi).count(),
            readme: None,
            tag_features: Vec::new(),
        }
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

    /// Returns the README of a standalone crate; `None` if the input has no name for the crate.
    pub fn readme(&self) -> Option<&str> {
        self.readme.as_deref()
    }

    /// Returns the features of the tags; none if tags are no features.
    pub fn tag_features(&self) -> &[String] {
        &self.tag_features
    }

    /// Returns the warnings about the input.
    pub fn warnings(&self) -> &[Diagnostic] {
        &self.warnings
    }

    /// Returns the operations that were left out, as method and path, each with the rule that it breaks.
    pub fn left_out(&self) -> &[(String, Code)] {
        &self.left_out
    }

    /// Returns the number of operations in the generated files.
    pub fn operations(&self) -> usize {
        self.operations
    }

    /// Returns the total number of lines.
    pub fn lines(&self) -> usize {
        self.files.values().map(|text| text.lines().count()).sum()
    }
}
