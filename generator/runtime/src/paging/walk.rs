//! The way through a list: which page is asked for next, how many at a time, and where it ends.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_util::Stream as _;
use futures_util::stream::FuturesOrdered;

use super::promise::{self, Progress};
use super::repeats::{Fingerprint, Repeats};
use super::{List, PREFETCH, Page, Pagination};
use crate::call::request::Pending;
use crate::error::Error;

/// Pages in order. An error ends the walk until it is resumed.
pub(super) struct Walk<L: List> {
    list: L,
    /// How many pages beyond the next one may be asked for.
    pub(super) prefetch: usize,
    /// The page that is given next.
    next: u64,
    /// How many pages have been asked for and not been given.
    asked: usize,
    /// The last page that is known to exist.
    last: u64,
    in_flight: FuturesOrdered<Pending<Result<Page<L::Row>, Error>>>,
    arrived: VecDeque<Result<Page<L::Row>, Error>>,
    before: Option<Fingerprint>,
    repeats: Repeats,
    progress: Progress,
    /// The last page that the walk went back from.
    returned: u64,
    /// Whether the last page was the end of the list, but not all rows have come that were promised.
    doubted: bool,
    ended: bool,
}

/// What a page means for the walk.
enum Turn<R> {
    Next(u64, Page<R>),
    /// Rows may have been missed; earlier pages are read once more.
    Back,
    End,
    Incomplete(Error),
}

/// A page and its number.
type Step<R> = Result<(u64, Page<R>), Error>;

impl<L: List> Walk<L> {
    pub(super) fn new(list: L) -> Self {
        let first = list.page_number().unwrap_or(1);
        Self {
            list: list.in_large_pages(),
            prefetch: PREFETCH,
            next: first,
            asked: 0,
            last: first,
            in_flight: FuturesOrdered::new(),
            arrived: VecDeque::new(),
            before: None,
            repeats: Repeats::default(),
            progress: Progress::from(first),
            returned: 0,
            doubted: false,
            ended: false,
        }
    }

    /// Keeps rows that do not fit apart, instead of failing their page.
    pub(super) fn allow_rejected_rows(&mut self) {
        self.list.options().lenient_rows = true;
    }

    /// The number of the page that is given next.
    pub(super) fn next_page(&self) -> u64 {
        self.next
    }

    /// The client that reads.
    #[cfg(feature = "blocking")]
    pub(super) fn caller(&self) -> &L::Caller {
        self.list.caller()
    }

    /// Begins at this page. What has been asked for is given up.
    pub(super) fn start_at(&mut self, page: u64) {
        (self.next, self.last) = (page, page);
        self.resume();
        self.before = None;
        self.repeats = Repeats::default();
        self.progress = Progress::from(page);
        self.returned = 0;
        self.doubted = false;
    }

    /// Continues after an error, with the page that failed.
    pub(super) fn resume(&mut self) {
        self.cancel();
        self.ended = false;
    }

    /// The next page and its number.
    pub(super) fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Step<L::Row>>> {
        while !self.ended {
            self.ask(self.reach().saturating_add(1));
            while self.arrived.is_empty() {
                match ready!(Pin::new(&mut self.in_flight).poll_next(cx)) {
                    Some(result) => self.arrived.push_back(result),
                    None => return Poll::Ready(None),
                }
            }
            match self.arrived.pop_front() {
                Some(Ok(page)) => match self.accept(page) {
                    Turn::Next(number, page) => return Poll::Ready(Some(Ok((number, page)))),
                    Turn::Back => {}
                    Turn::End => self.end(),
                    Turn::Incomplete(error) => {
                        self.end();
                        return Poll::Ready(Some(Err(error)));
                    }
                },
                Some(Err(error)) => {
                    self.end();
                    return Poll::Ready(Some(Err(self.explained(error))));
                }
                None => self.end(),
            }
        }
        Poll::Ready(None)
    }

    /// Asks for pages ahead and lets them come nearer, while the rows of the last one are being used.
    pub(super) fn poll_ahead(&mut self, cx: &mut Context<'_>) {
        if self.ended || self.reach() == 0 {
            return;
        }
        self.ask(self.reach());
        while let Poll::Ready(Some(result)) = Pin::new(&mut self.in_flight).poll_next(cx) {
            self.arrived.push_back(result);
        }
    }

    /// How many pages may be read ahead. Pages that are asked for together may be read by the server in any order, which
    /// only a list that says how many rows it has gives away.
    fn reach(&self) -> usize {
        let counted = self.before.as_ref().is_some_and(|before| before.total_count().is_some());
        if counted { self.prefetch } else { 0 }
    }

    /// Asks for the pages that are known to exist, until so many are under way.
    fn ask(&mut self, ahead: usize) {
        while self.asked < ahead {
            let page = self.next.saturating_add(self.asked as u64);
            if page > self.last {
                return;
            }
            let list = self.list.clone().at_page(page);
            self.in_flight.push_back(Box::pin(async { list.reply().await.map(|reply| reply.value) }));
            self.asked += 1;
        }
    }

    /// Takes a page in.
    fn accept(&mut self, page: Page<L::Row>) -> Turn<L::Row> {
        let number = self.next;
        let fingerprint = Fingerprint::of::<L>(&page);
        if let Some(before) = self.before.take_if(|before| number > self.returned && missed(before, &fingerprint) > 0) {
            self.go_back(number, &before, missed(&before, &fingerprint));
            return Turn::Back;
        }
        let repeated = self.repeats.contains(&fingerprint);
        if repeated || page.sent() == 0 {
            return self.finish(&fingerprint.pagination, repeated);
        }
        let last = last_page(&page.pagination, number);
        self.progress.read(&fingerprint, last.is_some());
        // One more page decides whether a list that says that it ends, but also that it has more rows, does end.
        self.doubted = last.is_none() && self.progress.broken(&page.pagination, number).is_some();
        self.repeats.insert(&fingerprint);
        self.before = Some(fingerprint);
        self.next = number.saturating_add(1);
        self.asked = self.asked.saturating_sub(1);
        match last {
            Some(last) => self.last = last,
            None if self.doubted => self.last = self.next,
            None => self.end(),
        }
        Turn::Next(number, page)
    }

    /// Ends at a page without new rows.
    fn finish(&self, now: &Pagination, repeated: bool) -> Turn<L::Row> {
        let before = self.before.as_ref().map(|before| &before.pagination);
        let promise = promise::last(now, before, self.progress.rows());
        self.incomplete(&promise, repeated).map_or(Turn::End, Turn::Incomplete)
    }

    /// The error of a list that ends before the next page, if more rows were promised.
    fn incomplete(&self, promise: &Pagination, repeated: bool) -> Option<Error> {
        let broken = self.progress.broken(promise, self.next.saturating_sub(1))?;
        Some(Error::IncompleteList {
            operation: L::OPERATION,
            rows: self.progress.rows(),
            promised: broken.promised,
            page: self.next,
            repeated,
        })
    }

    /// The error of a page. Some servers reject a page after the last one, which is asked for only if rows are missing.
    fn explained(&self, error: Error) -> Error {
        let rejected = matches!(&error, Error::Api { status, .. } if status.is_client_error());
        let before = self.before.as_ref().filter(|_| self.doubted && rejected);
        before.and_then(|before| self.incomplete(&before.pagination, false)).unwrap_or(error)
    }

    /// Begins again so many pages before this one; once for each page, so that it comes to an end.
    fn go_back(&mut self, number: u64, before: &Fingerprint, pages: u64) {
        self.returned = number;
        self.next = number.saturating_sub(pages).max(self.progress.first);
        self.last = self.last.max(number);
        self.progress.go_back(number.saturating_sub(self.next), before);
        self.repeats = Repeats::default();
        self.doubted = false;
        self.cancel();
    }

    fn end(&mut self) {
        self.cancel();
        self.ended = true;
    }

    fn cancel(&mut self) {
        self.in_flight = FuturesOrdered::new();
        self.arrived.clear();
        self.asked = 0;
        self.last = self.last.max(self.next);
    }
}

/// The last page that is known to exist after this one; none if this is the last.
///
/// A list says in one of two ways that there is more; one that says nothing has to be asked until a page is empty.
fn last_page(pagination: &Pagination, number: u64) -> Option<u64> {
    match (pagination.has_more, pagination.total_pages) {
        (Some(false), _) => None,
        (None, Some(total)) if total <= number => None,
        (_, total) => Some(total.unwrap_or(0).max(number.saturating_add(1))),
    }
}

/// How many pages back rows may have been missed, if the list was longer when the page before was read than it is now.
///
/// Either rows have been removed in between, so that others have moved from the second page to the first; or the second has
/// been read before the first, and rows that were added in between have moved others past it.
fn missed(before: &Fingerprint, now: &Fingerprint) -> u64 {
    let (Some(then), Some(now)) = (before.total_count(), now.total_count()) else { return 0 };
    then.saturating_sub(now).div_ceil(before.count.max(1))
}
