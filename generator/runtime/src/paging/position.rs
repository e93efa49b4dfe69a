//! A position in a list.

use std::fmt;

use serde::{Deserialize, Serialize};

/// The position of the next row: the point to resume from, even in another process.
///
/// Rows added since then only move others to later positions. So no row is missed, but some may be returned again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct Position {
    /// The page number, starting at 1. It is valid only for the page size of the original requests.
    pub page: u64,
    /// The index in the page, starting at 0.
    pub row: usize,
}

impl Position {
    /// Returns a position: the page number starts at 1, the row index at 0.
    pub const fn new(page: u64, row: usize) -> Self {
        Self { page, row }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "page {}, row {}", self.page, self.row)
    }
}
