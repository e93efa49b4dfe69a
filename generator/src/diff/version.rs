//! Reads one version of an API up to the public interface of its crate.

use thiserror::Error;

use super::change::Side;
use crate::code::Code;
use crate::diagnostic::Diagnostic;
use crate::input::Input;
use crate::lint;
use crate::load::Document;
use crate::model::{Api, Operation, Resource, Schema};
use crate::pipeline::{read, shown};
use crate::refine::Refined;
use crate::source::Unlocated;

/// The rules about samples and examples.
const ILLUSTRATIONS: [Code; 4] = [Code::ExampleInvalid, Code::SampleMismatch, Code::SampleMissing, Code::SampleUnknown];

/// One of the two versions cannot be compared, because the generator rejects it.
#[derive(Clone, Debug, Error)]
#[error("the {side} version cannot be read")]
#[non_exhaustive]
pub struct Unreadable {
    /// The rejected version.
    pub side: Side,
    /// All diagnostics of that version.
    pub diagnostics: Vec<Diagnostic>,
}

/// An operation, with its resource.
pub(super) type Owned<'a> = (&'a Resource, &'a Operation);

/// One version: its document, its model and its refined code.
pub(super) struct Version {
    pub(super) input: Input,
    pub(super) document: Document,
    pub(super) api: Api,
    pub(super) refined: Refined,
}

impl Version {
    pub(super) fn read(input: &Input, side: Side) -> Result<Self, Unreadable> {
        let input = Input { samples: Vec::new(), ..input.clone() };
        Self::try_read(&input).map_err(|diagnostics| Unreadable { side, diagnostics: input.locate(diagnostics) })
    }

    fn try_read(input: &Input) -> Result<Self, Vec<Unlocated>> {
        let (document, config) = read(input, &mut |_| {})?;
        // Samples and examples do not affect the comparison, so their diagnostics are ignored.
        let diagnostics = lint::lint(input, &document, &config).into_iter();
        let diagnostics: Vec<_> = diagnostics.filter(|diagnostic| !ILLUSTRATIONS.contains(&diagnostic.code)).collect();
        if !diagnostics.is_empty() {
            return Err(diagnostics);
        }
        let (api, refined) = shown(input, &document, &config, &mut |_| {})?;
        Ok(Self { input: input.clone(), document, api, refined })
    }

    /// Returns the public types.
    pub(super) fn types(&self) -> impl Iterator<Item = &Schema> {
        self.api.schemas.iter()
    }

    /// Returns all operations, each with its resource.
    pub(super) fn operations(&self) -> impl Iterator<Item = Owned<'_>> {
        self.api
            .resources
            .iter()
            .flat_map(|resource| resource.operations.iter().map(move |operation| (resource, operation)))
    }
}
