//! The input files of the generator.

use crate::diagnostic::Diagnostic;
use crate::source::{self, Source, Unlocated};

/// The input of the generator.
#[derive(Clone, Debug)]
pub struct Input {
    /// The OpenAPI document.
    pub spec: Source,
    /// `generator.toml`.
    pub config: Source,
    /// The sample files, each named by its path below the directory of samples.
    pub samples: Vec<Source>,
}

impl Input {
    /// Adds lines and columns to diagnostics.
    pub(crate) fn locate(&self, diagnostics: Vec<Unlocated>) -> Vec<Diagnostic> {
        let sources: Vec<_> = [&self.spec, &self.config].into_iter().chain(&self.samples).collect();
        source::locate(diagnostics, &sources)
    }
}
