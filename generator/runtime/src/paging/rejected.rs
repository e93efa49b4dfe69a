//! Rows of a page with a type mismatch, kept while the other rows are yielded.

use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Arc;

use super::Position;
use crate::error::Error;
use crate::error::decode::Mismatch;
use crate::pipeline::received::Received;

/// A row that does not have the documented type.
#[derive(Clone)]
pub(crate) struct RejectedRow {
    operation: &'static str,
    position: Position,
    /// The hash of the row's JSON, to detect equal pages.
    hash: u64,
    mismatch: Mismatch,
    page: Arc<Received>,
}

impl RejectedRow {
    pub(crate) fn new(
        operation: &'static str,
        position: Position,
        row: &str,
        mismatch: Mismatch,
        page: Arc<Received>,
    ) -> Self {
        let mut hasher = DefaultHasher::new();
        row.hash(&mut hasher);
        Self { operation, position, hash: hasher.finish(), mismatch, page }
    }

    /// The index in the page, counting all rows.
    pub(super) fn index(&self) -> usize {
        self.position.row
    }

    pub(crate) fn error(&self) -> Error {
        self.mismatch.clone().error(self.operation, Some(self.position), &self.page)
    }
}

impl Hash for RejectedRow {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.hash.hash(state);
    }
}

impl PartialEq for RejectedRow {
    fn eq(&self, other: &Self) -> bool {
        (self.position, self.hash) == (other.position, other.hash)
    }
}

/// Prints no value of the row.
impl fmt::Debug for RejectedRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RejectedRow").field("position", &self.position).finish_non_exhaustive()
    }
}
