//! The stages of the pipeline, as reported to its watcher.

use std::fmt;

/// A stage; the variants are in the order of the pipeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stage {
    /// Text → OpenAPI document and settings.
    Load,
    /// Document → document with optional parts filled in.
    Complete,
    /// Document → diagnostics.
    Lint,
    /// Document → document in normal form.
    Normalise,
    /// Document → model of the API.
    Model,
    /// Schemas → types, by progenitor.
    Types,
    /// progenitor's types → types of the crate.
    Refine,
    /// Model and refined code → tokens.
    Emit,
    /// Tokens → text.
    Format,
    /// Diagnostics → diagnostics with lines and columns, if there are any.
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
