//! The input files of the generator.

use std::collections::BTreeSet;

use crate::diagnostic::Diagnostic;
use crate::load::files::referred;
use crate::source::{self, At, Source, Spot, Unlocated};

/// The input of the generator.
#[derive(Clone, Debug)]
pub struct Input {
    /// The OpenAPI document.
    pub spec: Source,
    /// The other files of the document, each named by its path relative to the document's directory.
    pub files: Vec<Source>,
    /// The files that the document refers to and that cannot be read, each with the reason.
    pub unread: Vec<(String, String)>,
    /// Overlays to apply to the document, in order.
    pub overlays: Vec<Source>,
    /// `generator.toml`.
    pub config: Source,
    /// Whether to leave out operations with errors, and generate the others.
    pub keep_going: bool,
    /// The tags whose operations are generated, instead of those in the settings.
    pub only: Vec<String>,
    /// The sample files, each named by its path below the directory of samples.
    pub samples: Vec<Source>,
    /// The name of the crate, after which environment variables are named.
    pub crate_name: Option<String>,
}

impl Input {
    /// Returns an input of one document without samples.
    pub fn new(spec: Source, config: Source) -> Self {
        Self {
            spec,
            config,
            files: Vec::new(),
            unread: Vec::new(),
            overlays: Vec::new(),
            keep_going: false,
            only: Vec::new(),
            samples: Vec::new(),
            crate_name: None,
        }
    }

    /// Adds overlays, before the other files of the document.
    #[must_use]
    pub fn with_overlays(self, overlays: Vec<Source>) -> Self {
        Self { overlays, ..self }
    }

    /// Adds the other files of the document, which `read` returns by their path relative to the document's directory,
    /// or why it cannot.
    #[must_use]
    pub fn with_files(mut self, read: impl Fn(&str) -> Result<String, String>) -> Self {
        let mut names = referred(&self.spec, "");
        names.extend(self.overlays.iter().flat_map(|overlay| referred(overlay, "")));
        let mut seen = BTreeSet::new();
        while let Some(name) = names.pop_first() {
            if !seen.insert(name.clone()) || name == self.spec.file_name() {
                continue;
            }
            match read(&name) {
                Ok(text) => {
                    let file = Source::new(name, text);
                    names.extend(referred(&file, &file.name));
                    self.files.push(file);
                }
                Err(reason) => self.unread.push((name, reason)),
            }
        }
        self
    }

    /// Adds lines and columns to diagnostics.
    pub(crate) fn locate(&self, diagnostics: Vec<Unlocated>) -> Vec<Diagnostic> {
        let beside: Vec<_> =
            self.files.iter().map(|file| Source { name: self.spec.beside(&file.name), ..file.clone() }).collect();
        let sources = [&self.spec, &self.config].into_iter().chain(&self.samples).chain(&beside);
        source::locate(diagnostics, &sources.chain(&self.overlays).collect::<Vec<_>>())
    }

    /// Returns the place of a diagnostic in the document or an overlay; `None` for a line, or another file.
    pub(crate) fn place(&self, at: &At) -> Option<String> {
        match (&at.spot, self.overlays.iter().find(|overlay| overlay.name == at.file)) {
            (Spot::Pointer(pointer), Some(overlay)) => Some(format!("{}#{pointer}", overlay.as_place())),
            _ => self.spec.place(at),
        }
    }
}
