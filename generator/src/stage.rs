//! The stages of the pipeline, as reported to its watcher.

use std::fmt;

/// A stage; the variants are in the order of the pipeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stage {
    /// Parses the document and the settings.
    Load,
    /// Fills in optional parts of the document.
    Complete,
    /// Checks the rules.
    Lint,
    /// Rewrites the document in normal form.
    Normalise,
    /// Builds the model of the API.
    Model,
    /// Generates types with progenitor.
    Types,
    /// Refines progenitor's types.
    Refine,
    /// Emits tokens from the model and the refined types.
    Emit,
    /// Formats tokens as text.
    Format,
    /// Adds lines and columns to diagnostics, if there are any.
    Locate,
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Load => "load",
            Self::Complete => "complete",
            Self::Lint => "lint",
            Self::Normalise => "normalise",
            Self::Model => "model",
            Self::Types => "types",
            Self::Refine => "refine",
            Self::Emit => "emit",
            Self::Format => "format",
            Self::Locate => "locate",
        })
    }
}
