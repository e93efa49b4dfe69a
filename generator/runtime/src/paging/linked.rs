//! Walks through a list without page numbers: each page has the cursor, the URL or the offset of the next.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::task::{Context, Poll, ready};

use super::duplicates::Seen;
use super::repeats::{Fingerprint, Repeats};
use super::walk::{self, Walk};
use super::{CursorPosition, List, MEMORY, PREFETCH, Page};
use crate::call::request::Pending;
use crate::error::Error;

#[cfg(test)]
mod tests;

/// The maximum number of consecutive pages without rows.
const EMPTY: usize = 1000;
/// The maximum number of times to go back from one page.
const RETURNS: usize = 8;

/// The pages of a list without page numbers.
pub struct Linked<L: List> {
    list: L,
    reads_ahead: bool,
    /// The page to return next, with the number of rows to skip.
    next: CursorPosition,
    pending: Option<Pending<Result<Page<L::Row>, Error>>>,
    state: State,
    count: Count,
    /// The recent cursors.
    cursors: Seen<u64>,
    repeats: Repeats,
    /// The number of consecutive pages without rows.
    empty: usize,
    /// The number of times that the walk went back since the last page.
    returns: usize,
}

enum State {
    Reading,
    /// The list ends with this error.
    Failing(Box<Error>),
    Ended,
}

/// The rows so far.
#[derive(Default)]
struct Count {
    has_begun: bool,
    /// The number of rows read.
    read: u64,
    /// The number of rows from the beginning of the list, if it is known.
    place: Option<u64>,
    /// The number of rows of the whole list, as the server counted last.
    total: Option<u64>,
}

impl<L: List> Walk<L> for Linked<L> {
    type Position = CursorPosition;

    fn new(list: L) -> Self {
        Self {
            list: list.in_large_pages(),
            reads_ahead: PREFETCH > 0,
            next: CursorPosition::START,
            pending: None,
            state: State::Reading,
            count: Count::default(),
            cursors: Seen::new(MEMORY),
            repeats: Repeats::default(),
            empty: 0,
            returns: 0,
        }
    }

    fn list(&mut self) -> &mut L {
        &mut self.list
    }

    fn prefetch(&mut self, pages: usize) {
        self.reads_ahead = pages > 0;
    }

    fn next_page(&self) -> CursorPosition {
        self.next.clone()
    }

    fn start_at(&mut self, position: CursorPosition) {
        self.next = position;
        self.count = Count::default();
        self.cursors = Seen::new(MEMORY);
        self.repeats = Repeats::default();
        self.returns = 0;
        self.resume();
    }

    fn resume(&mut self) {
        self.pending = None;
        self.empty = 0;
        self.state = State::Reading;
    }

    fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<walk::Step<CursorPosition, L::Row>>> {
        loop {
            match std::mem::replace(&mut self.state, State::Ended) {
                State::Reading => self.state = State::Reading,
                State::Failing(error) => return Poll::Ready(Some(Err(*error))),
                State::Ended => return Poll::Ready(None),
            }
            let result = ready!(self.poll_page(cx));
            self.pending = None;
            match result {
                Ok(page) => {
                    if let Some(step) = self.accept(page) {
                        return Poll::Ready(Some(Ok(step)));
                    }
                }
                Err(error) => self.fail(error),
            }
        }
    }

    fn poll_ahead(&mut self, cx: &mut Context<'_>) {
        if self.reads_ahead && matches!(self.state, State::Reading) {
            // A page that has arrived waits until it is needed.
            if let Poll::Ready(result) = self.poll_page(cx) {
                self.pending = Some(Box::pin(std::future::ready(result)));
            }
        }
    }
}

impl<L: List> Linked<L> {
    /// Requests the next page, unless it has been requested.
    fn poll_page(&mut self, cx: &mut Context<'_>) -> Poll<Result<Page<L::Row>, Error>> {
        let pending = self.pending.get_or_insert_with(|| {
            let mut list = self.list.clone();
            list.options().start = Some(self.next.clone());
            list.read_page()
        });
        pending.as_mut().poll(cx)
    }

    /// Accepts a page, and decides what follows. Returns `None` for a page without new rows.
    fn accept(&mut self, page: Page<L::Row>) -> Option<(CursorPosition, Page<L::Row>)> {
        let at = self.next.clone();
        if let Some(offset) = self.offset_to_reread(&page) {
            self.count.total = page.pagination.total_count;
            self.next = CursorPosition { row: 0, cursor: Some(offset.to_string()), ..at };
            return None;
        }
        let now = Fingerprint::of::<L>(&page);
        // Rows without keys may be equal by chance, and a cursor that leads back is recognized.
        let is_comparable = page.offset.is_some() || now.has_keys();
        if page.sent() > 0 && at.row == 0 && is_comparable && self.repeats.contains(&now) {
            // A cursor promises new rows; an offset does not.
            let is_promised = page.offset.is_none() && page.next.is_some();
            self.finish(&page, is_promised, at.page, true);
            return None;
        }
        self.returns = 0;
        self.repeats.insert(&now);
        self.count.add(&page, at.row);
        self.empty = if page.sent() == 0 { self.empty + 1 } else { 0 };
        let following = at.page.saturating_add(u64::from(page.sent() > 0));
        match page.next.clone() {
            Some(cursor) if !self.is_new(&cursor) => {
                self.finish(&page, true, following, true);
                // The page is requested again, without its rows: it may then lead on.
                self.next.row = page.sent();
            }
            Some(cursor) => {
                self.next = CursorPosition { page: at.page.saturating_add(1), row: 0, cursor: Some(cursor) };
                if self.empty > EMPTY {
                    self.finish(&page, true, following, false);
                }
            }
            None => {
                self.finish(&page, false, following, false);
                self.next.row = page.sent();
            }
        }
        (page.sent() > at.row).then_some((at, page))
    }

    /// Remembers a cursor; returns whether it is new.
    fn is_new(&mut self, cursor: &str) -> bool {
        let mut hasher = DefaultHasher::new();
        cursor.hash(&mut hasher);
        self.cursors.insert(hasher.finish())
    }

    /// If the list has become shorter, rows have moved to smaller offsets. Returns the offset at which they may be; only
    /// several times per page, so the walk ends.
    fn offset_to_reread(&mut self, page: &Page<L::Row>) -> Option<u64> {
        let (then, now) = (self.count.total?, page.pagination.total_count?);
        let removed = then.checked_sub(now).filter(|removed| *removed > 0)?;
        let offset = page.offset.filter(|_| self.returns < RETURNS)?.saturating_sub(removed);
        self.returns += 1;
        self.repeats = Repeats::default();
        self.cursors = Seen::new(MEMORY);
        Some(offset)
    }

    /// Ends the list; with an error, if the server promised more rows.
    fn finish(&mut self, last: &Page<L::Row>, is_promised: bool, page: u64, repeated: bool) {
        let (operation, rows) = (L::OPERATION, self.count.place.unwrap_or(self.count.read));
        let total = last.pagination.total_count.zip(self.count.place).map(|(total, place)| (total, total > place));
        let (promised, is_broken) = match total {
            Some((total, is_broken)) => (Some(total).filter(|_| is_broken), is_broken),
            None => (None, last.pagination.has_more == Some(true)),
        };
        if is_promised || is_broken {
            self.fail(Error::IncompleteList { operation, rows, promised, page, repeated });
        } else {
            self.state = State::Ended;
        }
    }

    fn fail(&mut self, error: Error) {
        self.state = State::Failing(Box::new(error));
    }
}

impl Count {
    /// Adds a page, of which this many rows have been counted or read before.
    fn add<T>(&mut self, page: &Page<T>, before: usize) {
        let new = page.sent().saturating_sub(before) as u64;
        self.place = match page.offset {
            Some(offset) => Some(offset.saturating_add(page.sent() as u64)),
            None if self.has_begun => self.place.map(|place| place.saturating_add(new)),
            None => page.is_first.then_some(page.sent() as u64),
        };
        self.read = self.read.saturating_add(new);
        self.total = page.pagination.total_count.or(self.total);
        self.has_begun = true;
    }
}
