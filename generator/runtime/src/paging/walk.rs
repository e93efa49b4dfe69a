//! The ways from page to page, which streams of pages and rows have in common.

use std::fmt;
use std::task::{Context, Poll};

use super::{List, Page};
use crate::error::Error;

/// The first row to return of a page, and the page.
pub type Step<P, R> = Result<(P, Page<R>), Error>;

/// Returns pages in order. An error ends the walk until it is resumed.
pub trait Walk<L: List>: Unpin {
    /// The position of a row.
    type Position: Place;

    fn new(list: L) -> Self;

    /// Returns the list.
    fn list(&mut self) -> &mut L;

    /// Sets the maximum number of requests beyond the next page.
    fn prefetch(&mut self, pages: usize);

    /// Returns the position of the next page.
    fn next_page(&self) -> Self::Position;

    /// Starts at the page of this position, and cancels pending requests.
    fn start_at(&mut self, position: Self::Position);

    /// Continues after an error, with the page that failed.
    fn resume(&mut self);

    /// Returns the next page.
    fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Step<Self::Position, L::Row>>>;

    /// Requests pages ahead and polls them, while the rows of the current page are processed.
    fn poll_ahead(&mut self, cx: &mut Context<'_>);
}

/// A position: a page, and a row in it.
pub trait Place: Clone + fmt::Debug + Unpin {
    /// The number of the page, starting at 1.
    fn page(&self) -> u64;

    /// The index in the page, starting at 0.
    fn row(&self) -> usize;

    /// Returns the position of another row of the page.
    #[must_use]
    fn at_row(self, row: usize) -> Self;
}
