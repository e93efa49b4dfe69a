//! A list as a stream of rows.

use std::fmt;
use std::iter::Peekable;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec::IntoIter;

use futures_util::Stream;

use super::duplicates::Seen;
use super::rejected::RejectedRow;
use super::walk::{Place, Walk};
use super::{Duplicates, List, MEMORY, Page, PositionOf};
use crate::client::caller::AsyncCaller;
use crate::error::Error;

/// The rows of a list, in order: a stream, or an iterator with a blocking client.
///
/// - It ends after the last page, after an empty page, and after a page with the rows of an earlier one. If the server
///   promised more rows, it ends with [`Error::IncompleteList`].
/// - If the list has become shorter, it rereads earlier pages, because rows may have been missed.
/// - It ends after an error; [`resume`](Self::resume) continues with the page that failed.
/// - It holds only the pages read ahead and the keys of remembered rows in memory.
pub struct Rows<L: List> {
    walk: L::Walk,
    seen: Seen<L::Key>,
    duplicates: Duplicates,
    /// The position of the current page, its remaining rows, and the index of its next row.
    page: PositionOf<L>,
    rest: IntoIter<L::Row>,
    rejected: Peekable<IntoIter<RejectedRow>>,
    row: usize,
}

impl<L: List> Rows<L> {
    #[doc(hidden)]
    pub fn of(list: L) -> Self {
        let walk = L::Walk::new(list);
        Self {
            page: walk.next_page(),
            walk,
            seen: Seen::new(MEMORY),
            duplicates: Duplicates::Drop,
            rest: Vec::new().into_iter(),
            rejected: Vec::new().into_iter().peekable(),
            row: 0,
        }
    }

    /// Sets the number of pages to read ahead while the rows of a page are processed. Default: 1, which is also the
    /// maximum for lists without page numbers.
    ///
    /// Reading ahead begins with the second row, so reading only the first row costs one request.
    pub fn prefetch(mut self, pages: usize) -> Self {
        self.walk.prefetch(pages);
        self
    }

    /// Sets the handling of duplicate rows. Default: [`Duplicates::Drop`].
    pub fn duplicates(mut self, duplicates: Duplicates) -> Self {
        self.duplicates = duplicates;
        self
    }

    /// Sets the number of rows to remember for detecting duplicates. Default: 10,000.
    pub fn remember(mut self, rows: usize) -> Self {
        self.seen.resize(rows);
        self
    }

    /// Yields [`Error::Decode`] in place of each row with a type mismatch, and continues with the next row.
    ///
    /// The error contains page and row. Without this, one such row fails its page, and no row of the page is yielded.
    pub fn lenient_rows(mut self) -> Self {
        self.walk.list().options().lenient_rows = true;
        self
    }

    /// Starts at this position.
    pub fn start_at(mut self, position: PositionOf<L>) -> Self {
        self.walk.start_at(position);
        self.rest = Vec::new().into_iter();
        self.rejected = Vec::new().into_iter().peekable();
        self
    }

    /// The position of the next row: the point to resume from, in this process or another.
    pub fn position(&self) -> PositionOf<L> {
        if self.is_used_up() { self.walk.next_page() } else { self.page.clone().at_row(self.row) }
    }

    /// Continues after an error, with the page that failed. Earlier rows are still remembered.
    pub fn resume(&mut self) {
        self.walk.resume();
    }

    #[cfg(feature = "blocking")]
    pub(crate) fn caller(&mut self) -> &L::Caller {
        self.walk.list().caller()
    }
}

impl<L: List> Rows<L> {
    pub(crate) fn poll_row(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<L::Row, Error>>> {
        if !self.is_used_up() {
            self.walk.poll_ahead(cx);
        }
        loop {
            if let Some(row) = self.next_of_page() {
                return Poll::Ready(Some(row));
            }
            match ready!(self.walk.poll_next(cx)) {
                Some(Ok((first, page))) => self.turn_to(first, page),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }

    fn turn_to(&mut self, first: PositionOf<L>, page: Page<L::Row>) {
        let skip = first.row().min(page.sent());
        self.page = first;
        self.rejected = page.rejected.into_iter().peekable();
        self.rest = page.items.into_iter();
        self.row = 0;
        // Skip rows that have been read before.
        for _ in 0..skip {
            if self.take_rejected().is_none() {
                self.take_row();
            }
        }
    }

    fn is_used_up(&self) -> bool {
        self.rest.len() + self.rejected.len() == 0
    }

    /// Takes the next row, if it has a type mismatch.
    fn take_rejected(&mut self) -> Option<RejectedRow> {
        let rejected = self.rejected.next_if(|rejected| rejected.index() == self.row)?;
        self.row += 1;
        Some(rejected)
    }

    /// Takes the next valid row, and its index.
    fn take_row(&mut self) -> Option<(usize, L::Row)> {
        let row = self.rest.next()?;
        self.row += 1;
        Some((self.row - 1, row))
    }

    /// Returns the next row of the current page, or `None` if all have been yielded.
    fn next_of_page(&mut self) -> Option<Result<L::Row, Error>> {
        loop {
            if let Some(rejected) = self.take_rejected() {
                return Some(Err(rejected.error()));
            }
            let (place, row) = self.take_row()?;
            if self.duplicates == Duplicates::Keep || L::key(&row).is_none_or(|key| self.seen.insert(key)) {
                return Some(Ok(row));
            }
            if self.duplicates == Duplicates::Report {
                return Some(Err(Error::DuplicateRow { operation: L::OPERATION, page: self.page.page(), row: place }));
            }
        }
    }
}

impl<L: List<Caller: AsyncCaller>> Rows<L> {
    /// Returns the next row; `None` after the last row, and after an error until [`resume`](Self::resume).
    pub async fn next(&mut self) -> Option<Result<L::Row, Error>> {
        std::future::poll_fn(|cx| self.poll_row(cx)).await
    }
}

impl<L: List<Caller: AsyncCaller>> Stream for Rows<L> {
    type Item = Result<L::Row, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_row(cx)
    }
}

impl<L: List> fmt::Debug for Rows<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Rows").field("position", &self.position()).finish_non_exhaustive()
    }
}
