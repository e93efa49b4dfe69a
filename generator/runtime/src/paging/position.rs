//! A position in a list.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::walk::Place;

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

impl Place for Position {
    fn page(&self) -> u64 {
        self.page
    }

    fn row(&self) -> usize {
        self.row
    }

    fn at_row(self, row: usize) -> Self {
        Self { row, ..self }
    }
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "page {}, row {}", self.page, self.row)
    }
}

/// The position of the next row in a list without page numbers: the point to resume from, even in another process.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub struct CursorPosition {
    /// The number of the page, starting at 1. It only counts pages; `cursor` identifies the page.
    pub page: u64,
    /// The index in the page, starting at 0.
    pub row: usize,
    /// The cursor or URL that the API returned for this page; for lists with an offset, the number of rows before it.
    /// `None` is the first page.
    pub cursor: Option<String>,
}

impl CursorPosition {
    /// The position of the first row.
    pub const START: Self = Self { page: 1, row: 0, cursor: None };
}

impl Place for CursorPosition {
    fn page(&self) -> u64 {
        self.page
    }

    fn row(&self) -> usize {
        self.row
    }

    fn at_row(self, row: usize) -> Self {
        Self { row, ..self }
    }
}

/// Prints no cursor: it may contain inputs of the call.
impl fmt::Debug for CursorPosition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CursorPosition").field("page", &self.page).field("row", &self.row).finish_non_exhaustive()
    }
}
