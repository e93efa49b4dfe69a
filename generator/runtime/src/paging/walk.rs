//! The way through a list: which page is asked for next, how many at a time, and where it ends.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_util::Stream as _;
use futures_util::stream::FuturesOrdered;

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
    before: Option<Fingerprint<L::Key>>,
    /// The page that the walk began with, and the last one that it went back from.
    first: u64,
    returned: u64,
    ended: bool,
}

/// What a page means for the walk.
enum Turn<R> {
    Next(u64, Page<R>),
    /// Rows may have been missed; earlier pages are read once more.
    Back,
    End,
}

/// A page and its number.
type Step<R> = Result<(u64, Page<R>), Error>;

/// A page, to know it again by.
struct Fingerprint<K> {
    rows: Marks<K>,
    count: u64,
    total_count: Option<u64>,
}

#[derive(PartialEq)]
enum Marks<K> {
    Keys(Vec<K>),
    /// Rows that nothing tells apart.
    Text(Vec<u8>),
}

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
            first,
            returned: 0,
            ended: false,
        }
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
        (self.first, self.next, self.last) = (page, page, page);
        self.resume();
        self.before = None;
        self.returned = 0;
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
                },
                Some(Err(error)) => {
                    self.end();
                    return Poll::Ready(Some(Err(error)));
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
        let counted = self.before.as_ref().is_some_and(|before| before.total_count.is_some());
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
        let fingerprint = Fingerprint::<L::Key>::of::<L>(&page);
        if let Some(before) = &self.before {
            if let Some(pages) = before.missed_by(&fingerprint).filter(|_| number > self.returned) {
                self.go_back(number, pages);
                return Turn::Back;
            }
            if before.is_repeated_by(&fingerprint) {
                return Turn::End;
            }
        }
        if page.is_empty() {
            return Turn::End;
        }
        self.before = Some(fingerprint);
        self.next = number.saturating_add(1);
        self.asked = self.asked.saturating_sub(1);
        match last_page(&page.pagination, number) {
            Some(last) => self.last = last,
            None => self.end(),
        }
        Turn::Next(number, page)
    }

    /// Begins again so many pages before this one; once for each page, so that it comes to an end.
    fn go_back(&mut self, number: u64, pages: u64) {
        self.returned = number;
        self.next = number.saturating_sub(pages).max(self.first);
        self.last = self.last.max(number);
        self.before = None;
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

impl<K: Clone + PartialEq> Fingerprint<K> {
    fn of<L: List<Key = K>>(page: &Page<L::Row>) -> Self {
        let keys: Option<Vec<K>> = page.iter().map(L::key).collect();
        let rows = keys.map_or_else(|| Marks::Text(serde_json::to_vec(&page.items).unwrap_or_default()), Marks::Keys);
        Self { rows, count: page.len() as u64, total_count: page.pagination.total_count }
    }

    /// How many pages back rows may have been missed, if the list was longer when this page was read than when the other was.
    ///
    /// Either rows have been removed in between, so that others have moved from the second page to the first; or the
    /// second has been read before the first, and rows that were added in between have moved others past it.
    fn missed_by(&self, other: &Self) -> Option<u64> {
        let (Some(before), Some(after)) = (self.total_count, other.total_count) else { return None };
        let missing = before.checked_sub(after).filter(|missing| *missing > 0)?;
        Some(missing.div_ceil(self.count.max(1)))
    }

    /// Whether the other is the same page once more. A list that has grown in between may well move its rows by a page.
    fn is_repeated_by(&self, other: &Self) -> bool {
        let grown = matches!((self.total_count, other.total_count), (Some(before), Some(after)) if after > before);
        !grown && self.rows == other.rows
    }
}
