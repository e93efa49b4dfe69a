//! The destination of rows: files or a database.

use clientsmith_runtime::api::Kind;
use clientsmith_runtime::mock::spec::MockSpec;
use serde::{Deserialize, Serialize};

use super::error::ExportError;
use super::known_keys::KnownKeys;
use super::manifest::StoredLists;

/// A list to export.
#[derive(Clone, Copy)]
pub(super) struct ExportedList {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    /// The field that identifies a row.
    pub(super) key: Option<&'static str>,
}

impl ExportedList {
    pub(super) fn of(spec: &MockSpec, name: &'static str, kind: Kind) -> Self {
        let collection = spec.collections.iter().find(|of| matches!(kind, Kind::Named(name) if name == of.schema));
        Self { name, kind, key: collection.map(|collection| collection.key) }
    }
}

/// The point to resume a list from.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct ResumePoint {
    pub(super) list: String,
    /// The next page.
    pub(super) page: u64,
}

/// The state of a list in the store.
pub(super) enum ListState {
    Complete { rows: u64 },
    Partial { page: u64, known: KnownKeys, rows: u64 },
}

impl ListState {
    pub(super) fn empty() -> Self {
        Self::Partial { page: 1, known: KnownKeys::default(), rows: 0 }
    }
}

pub(super) trait Store {
    /// Starts or resumes a list. An incomplete list without a key starts again.
    fn begin_list(&mut self, list: ExportedList) -> Result<ListState, ExportError>;

    /// Appends rows to the current list.
    fn append(&mut self, rows: &[String]) -> Result<(), ExportError>;

    /// Makes the appended rows durable, together with the next page to read.
    fn checkpoint(&mut self, page: u64) -> Result<(), ExportError>;

    /// Completes the current list.
    fn complete_list(&mut self) -> Result<(), ExportError>;

    /// Closes the store; its files are ready for renaming.
    fn finish(self: Box<Self>) -> Result<StoredLists, ExportError>;
}
