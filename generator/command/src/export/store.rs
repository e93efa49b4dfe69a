//! What rows are written into.

use serde::{Deserialize, Serialize};

use super::failure::Failure;
use super::known::Known;
use super::manifest::Content;
use clientsmith_runtime::api::Kind;
use clientsmith_runtime::mock::spec::MockSpec;

/// A list that is exported.
#[derive(Clone, Copy)]
pub(super) struct List {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    /// The field that tells rows apart.
    pub(super) key: Option<&'static str>,
}

impl List {
    pub(super) fn of(table: &MockSpec, name: &'static str, kind: Kind) -> Self {
        let collection = table.collections.iter().find(|of| matches!(kind, Kind::Named(name) if name == of.schema));
        Self { name, kind, key: collection.map(|collection| collection.key) }
    }
}

/// Where the reading of a list stands.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Mark {
    pub(super) list: String,
    /// The page that comes next.
    pub(super) page: u64,
}

/// What is there of a list.
pub(super) enum Standing {
    Complete { rows: u64 },
    Partial { page: u64, known: Known, rows: u64 },
}

impl Standing {
    pub(super) fn nothing() -> Self {
        Self::Partial { page: 1, known: Known::default(), rows: 0 }
    }
}

pub(super) trait Store {
    /// Goes on with a list. Of one whose rows nothing tells apart there is nothing or everything.
    fn take_up(&mut self, list: List) -> Result<Standing, Failure>;

    /// Adds rows to the list that was taken up.
    fn append(&mut self, rows: &[String]) -> Result<(), Failure>;

    /// Makes last what has been added, and where the reading stands.
    fn checkpoint(&mut self, page: u64) -> Result<(), Failure>;

    /// Ends the list that was taken up.
    fn complete(&mut self) -> Result<(), Failure>;

    /// Ends the writing: what is there now is what is moved to its final name.
    fn finish(self: Box<Self>) -> Result<Content, Failure>;
}
