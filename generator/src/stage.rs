//! The stages of the pipeline, for whoever watches it run.

use std::fmt;

/// A stage, in the order in which they run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Stage {
    /// Text → OpenAPI document and settings.
    Load,
    /// What a document may leave out → filled in.
    Complete,
    /// Document → diagnostics.
    Lint,
    /// Document → the same API written in one way.
    Normalise,
    /// Document → what the crate shows.
    Model,
    /// Schemas → types, by progenitor.
    Types,
    /// Its types → the types of the crate.
    Refine,
    /// Model and refined code → tokens.
    Emit,
    /// Tokens → text.
    Format,
    /// Diagnostics → their lines and columns; only where there are any.
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
