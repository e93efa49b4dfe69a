//! A list as a stream of pages.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_util::Stream;

use super::duplicates::Seen;
use super::walk::Walk;
use super::{Duplicates, List, MEMORY, Page, Position};
use crate::client::caller::AsyncCaller;
use crate::error::Error;

/// The pages of a list, in order: a stream, or an iterator if the client is a blocking one.
///
/// - It ends after the last page, after an empty one, and after one that repeats an earlier page. If more rows were promised,
///   the end is [`Error::IncompleteList`].
/// - When the list has become shorter, it goes back as far as rows may have been missed.
/// - After an error it ends, and [`resume`](Self::resume) continues with the page that failed.
pub struct Pages<L: List> {
    walk: Walk<L>,
    seen: Seen<L::Key>,
    duplicates: Duplicates,
}

impl<L: List> Pages<L> {
    #[doc(hidden)]
    pub fn of(list: L) -> Self {
        Self { walk: Walk::new(list), seen: Seen::new(MEMORY), duplicates: Duplicates::Drop }
    }

    /// How many pages are read ahead while one is being used. 1 unless set.
    ///
    /// Reading ahead begins when the first page is given.
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

    /// Begins at the page of this position.
    pub fn start_at(mut self, position: Position) -> Self {
        self.walk.start_at(position.page);
        self
    }

    /// Where to resume: the first row of the next page.
    pub fn position(&self) -> Position {
        Position::new(self.walk.next_page(), 0)
    }

    /// Continues after an error, with the page that failed. Rows that have been given are still remembered.
    pub fn resume(&mut self) {
        self.walk.resume();
    }

    #[cfg(feature = "blocking")]
    pub(crate) fn caller(&self) -> &L::Caller {
        self.walk.caller()
    }

    #[doc(hidden)]
    pub fn poll_page(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Page<L::Row>, Error>>> {
        let page = match ready!(self.walk.poll_next(cx)) {
            Some(Ok((_, page))) => page,
            Some(Err(error)) => return Poll::Ready(Some(Err(error))),
            None => return Poll::Ready(None),
        };
        self.walk.poll_ahead(cx);
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
    /// The next page; `None` after the last one, and after an error until [`resume`](Self::resume).
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
