//! Where in a list a reader stands.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The next row to read: a place to resume from, even in another process.
///
/// Rows that were added to the list since then have only moved others to later places, so nothing is missed; rows that have
/// been read may come again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Position {
    /// The number of the page, from 1. It holds for pages of the size that was asked for.
    pub page: u64,
    /// The place in the page, from 0.
    pub row: usize,
}

impl Position {
    /// This row, counted from 0, of this page, counted from 1.
    pub const fn new(page: u64, row: usize) -> Self {
        Self { page, row }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "page {}, row {}", self.page, self.row)
    }
}
