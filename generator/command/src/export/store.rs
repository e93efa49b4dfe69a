//! What rows are written into.

use clientsmith_runtime::api::Kind;
use clientsmith_runtime::mock::spec::MockSpec;
use serde::{Deserialize, Serialize};

use super::error::ExportError;
use super::known_keys::KnownKeys;
use super::manifest::StoredLists;

/// A list that is exported.
#[derive(Clone, Copy)]
pub(super) struct ExportedList {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    /// The field that tells rows apart.
    pub(super) key: Option<&'static str>,
}

impl ExportedList {
    pub(super) fn of(spec: &MockSpec, name: &'static str, kind: Kind) -> Self {
        let collection = spec.collections.iter().find(|of| matches!(kind, Kind::Named(name) if name == of.schema));
        Self { name, kind, key: collection.map(|collection| collection.key) }
    }
}

/// Where the reading of a list stands.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct ResumePoint {
    pub(super) list: String,
    /// The page that comes next.
    pub(super) page: u64,
}

/// What is there of a list.
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
    /// Goes on with a list. Of one whose rows nothing tells apart there is nothing or everything.
    fn begin_list(&mut self, list: ExportedList) -> Result<ListState, ExportError>;

    /// Adds rows to the list that was taken up.
    fn append(&mut self, rows: &[String]) -> Result<(), ExportError>;

    /// Makes last what has been added, and where the reading stands.
    fn checkpoint(&mut self, page: u64) -> Result<(), ExportError>;

    /// Ends the list that was taken up.
    fn complete_list(&mut self) -> Result<(), ExportError>;

    /// Ends the writing: what is there now is what is moved to its final name.
    fn finish(self: Box<Self>) -> Result<StoredLists, ExportError>;
}
