//! A list as a stream of pages.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_util::Stream;

use super::duplicates::Seen;
use super::walk::{Place, Walk};
use super::{Duplicates, List, MEMORY, Page, PositionOf};
use crate::client::caller::AsyncCaller;
use crate::error::Error;

/// The pages of a list, in order: a stream, or an iterator with a blocking client.
///
/// - It ends after the last page, after an empty page, and after a page with the rows of an earlier one. If the server
///   promised more rows, it ends with [`Error::IncompleteList`].
/// - If the list has become shorter, it rereads earlier pages, because rows may have been missed.
/// - It ends after an error; [`resume`](Self::resume) continues with the page that failed.
pub struct Pages<L: List> {
    walk: L::Walk,
    seen: Seen<L::Key>,
    duplicates: Duplicates,
}

impl<L: List> Pages<L> {
    #[doc(hidden)]
    pub fn of(list: L) -> Self {
        Self { walk: L::Walk::new(list), seen: Seen::new(MEMORY), duplicates: Duplicates::Drop }
    }

    /// Sets the number of pages to read ahead while a page is processed. Default: 1, which is also the maximum for lists
    /// without page numbers.
    ///
    /// Reading ahead begins when the first page is returned.
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

    /// Starts at the page of this position.
    pub fn start_at(mut self, position: PositionOf<L>) -> Self {
        self.walk.start_at(position.at_row(0));
        self
    }

    /// The position to resume from: the first row of the next page.
    pub fn position(&self) -> PositionOf<L> {
        self.walk.next_page().at_row(0)
    }

    /// Continues after an error, with the page that failed. Earlier rows are still remembered.
    pub fn resume(&mut self) {
        self.walk.resume();
    }

    #[cfg(feature = "blocking")]
    pub(crate) fn caller(&mut self) -> &L::Caller {
        self.walk.list().caller()
    }

    #[doc(hidden)]
    pub fn poll_page(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Page<L::Row>, Error>>> {
        let (first, mut page) = match ready!(self.walk.poll_next(cx)) {
            Some(Ok(step)) => step,
            Some(Err(error)) => return Poll::Ready(Some(Err(error))),
            None => return Poll::Ready(None),
        };
        self.walk.poll_ahead(cx);
        // Only after an error, the page may begin with rows that have been returned before.
        page.items.drain(..first.row().min(page.items.len()));
        Poll::Ready(Some(Ok(self.without_duplicates(page))))
    }

    fn without_duplicates(&mut self, mut page: Page<L::Row>) -> Page<L::Row> {
        if self.duplicates != Duplicates::Keep {
            page.items.retain(|row| L::key(row).is_none_or(|key| self.seen.insert(key)));
        }
        page
    }
}

impl<L: List<Caller: AsyncCaller>> Pages<L> {
    /// Returns the next page; `None` after the last page, and after an error until [`resume`](Self::resume).
    pub async fn next(&mut self) -> Option<Result<Page<L::Row>, Error>> {
        std::future::poll_fn(|cx| self.poll_page(cx)).await
    }
}

impl<L: List<Caller: AsyncCaller>> Stream for Pages<L> {
    type Item = Result<Page<L::Row>, Error>;

    fn poll_next(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_page(cx)
    }
}

impl<L: List> fmt::Debug for Pages<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("position", &self.position()).finish_non_exhaustive()
    }
}
