//! A list as a stream of rows.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec::IntoIter;

use futures_util::Stream;

use super::duplicates::Seen;
use super::walk::Walk;
use super::{Duplicates, List, MEMORY, Page, Position};
use crate::client::caller::AsyncCaller;
use crate::error::Error;

/// The rows of a list, in order: a stream, or an iterator if the client is a blocking one.
///
/// It ends after the last page, after an empty one, and after one that repeats the page before it. When the list has become
/// shorter, it goes back as far as rows may have been missed. After an error it ends
/// too, and [`resume`](Self::resume) continues with the page that failed. Dropping it gives up what is under way. It holds no
/// more than the pages that are read ahead, and the ids of the rows that it remembers.
pub struct Rows<L: List> {
    walk: Walk<L>,
    seen: Seen<L::Key>,
    duplicates: Duplicates,
    /// The page that is being given, what is left of it, and the place of its next row.
    page: u64,
    rest: IntoIter<L::Row>,
    row: usize,
    /// How many rows at the beginning of the next page have been read earlier.
    skip: usize,
}

impl<L: List> Rows<L> {
    #[doc(hidden)]
    pub fn of(list: L) -> Self {
        Self {
            walk: Walk::new(list),
            seen: Seen::new(MEMORY),
            duplicates: Duplicates::Drop,
            page: 0,
            rest: Vec::new().into_iter(),
            row: 0,
            skip: 0,
        }
    }

    /// How many pages are read ahead while the rows of one are being used. 1 unless set.
    ///
    /// Reading ahead begins when the second row is asked for, so that a look at the first row costs one request.
    pub fn prefetch(mut self, pages: usize) -> Self {
        self.walk.prefetch = pages;
        self
    }

    /// What happens to rows that come twice. They are left out unless set.
    pub fn duplicates(mut self, duplicates: Duplicates) -> Self {
        self.duplicates = duplicates;
        self
    }

    /// How many rows are remembered to know them again. 10,000 unless set.
    pub fn remember(mut self, rows: usize) -> Self {
        self.seen.resize(rows);
        self
    }

    /// Begins at this position.
    pub fn start_at(mut self, position: Position) -> Self {
        self.walk.start_at(position.page);
        self.rest = Vec::new().into_iter();
        self.skip = position.row;
        self
    }

    /// The row that comes next: where to resume, in this process or another.
    pub fn position(&self) -> Position {
        if self.rest.len() == 0 {
            Position::new(self.walk.next_page(), self.skip)
        } else {
            Position::new(self.page, self.row)
        }
    }

    /// Continues after an error, with the page that failed. Rows that have been given are still remembered.
    pub fn resume(&mut self) {
        self.walk.resume();
    }

    #[cfg(feature = "blocking")]
    pub(crate) fn caller(&self) -> &L::Caller {
        self.walk.caller()
    }
}

impl<L: List> Rows<L> {
    pub(crate) fn poll_row(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<L::Row, Error>>> {
        if self.rest.len() > 0 {
            self.walk.poll_ahead(cx);
        }
        loop {
            if let Some(row) = self.next_of_page() {
                return Poll::Ready(Some(row));
            }
            match ready!(self.walk.poll_next(cx)) {
                Some(Ok((number, page))) => self.turn_to(number, page),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }

    fn turn_to(&mut self, number: u64, page: Page<L::Row>) {
        self.page = number;
        self.row = std::mem::take(&mut self.skip).min(page.len());
        self.rest = page.into_iter();
        // Those that have been read earlier.
        self.rest.by_ref().take(self.row).for_each(drop);
    }

    /// The next row of the page that is there, unless it is used up.
    fn next_of_page(&mut self) -> Option<Result<L::Row, Error>> {
        for row in self.rest.by_ref() {
            let place = self.row;
            self.row += 1;
            if self.duplicates == Duplicates::Keep || L::key(&row).is_none_or(|key| self.seen.insert(key)) {
                return Some(Ok(row));
            }
            if self.duplicates == Duplicates::Report {
                return Some(Err(Error::DuplicateRow { operation: L::OPERATION, page: self.page, row: place }));
            }
        }
        None
    }
}

impl<L: List<Caller: AsyncCaller>> Rows<L> {
    /// The next row; `None` after the last one, and after an error until [`resume`](Self::resume).
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
