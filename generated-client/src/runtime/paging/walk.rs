//! The way through a list: which page is asked for next, how many at a time, and where it ends.

use std::collections::VecDeque;
use std::task::{Context, Poll, ready};

use futures_util::Stream as _;
use futures_util::stream::FuturesOrdered;

use super::{List, PREFETCH, Page, Pagination};
use crate::runtime::error::Error;
use crate::runtime::request::Pending;

/// Pages in order. An error ends the walk until it is told to go on.
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
    before: Option<Trace<L::Key>>,
    ended: bool,
}

/// A page and its number.
type Step<R> = Result<(u64, Page<R>), Error>;

/// A page, to know it again by.
struct Trace<K> {
    rows: Marks<K>,
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
            ended: false,
        }
    }

    /// The number of the page that is given next.
    pub(super) fn next_page(&self) -> u64 {
        self.next
    }

    /// The client that reads.
    pub(super) fn caller(&self) -> &L::Caller {
        self.list.caller()
    }

    /// Begins at this page. What has been asked for is given up.
    pub(super) fn start_at(&mut self, page: u64) {
        (self.next, self.last) = (page, page);
        self.resume();
        self.before = None;
    }

    /// Goes on after an error, with the page that failed.
    pub(super) fn resume(&mut self) {
        self.give_up();
        self.ended = false;
    }

    /// The next page and its number.
    pub(super) fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<Step<L::Row>>> {
        if self.ended {
            return Poll::Ready(None);
        }
        self.ask(self.prefetch.saturating_add(1));
        while self.arrived.is_empty() {
            match ready!(std::pin::Pin::new(&mut self.in_flight).poll_next(cx)) {
                Some(result) => self.arrived.push_back(result),
                None => return Poll::Ready(None),
            }
        }
        let Some(result) = self.arrived.pop_front() else { return Poll::Ready(None) };
        Poll::Ready(match result {
            Ok(page) => self.accept(page).map(Ok),
            Err(error) => {
                self.end();
                Some(Err(error))
            }
        })
    }

    /// Asks for pages ahead and lets them come nearer, while the rows of the last one are being used.
    pub(super) fn poll_ahead(&mut self, cx: &mut Context<'_>) {
        if self.ended || self.prefetch == 0 {
            return;
        }
        self.ask(self.prefetch);
        while let Poll::Ready(Some(result)) = std::pin::Pin::new(&mut self.in_flight).poll_next(cx) {
            self.arrived.push_back(result);
        }
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

    /// Takes a page in, unless the list is over.
    fn accept(&mut self, page: Page<L::Row>) -> Option<(u64, Page<L::Row>)> {
        let number = self.next;
        let trace = Trace::<L::Key>::of::<L>(&page);
        if page.is_empty() || self.before.as_ref().is_some_and(|before| before.is_repeated_by(&trace)) {
            self.end();
            return None;
        }
        self.before = Some(trace);
        self.next = number.saturating_add(1);
        self.asked = self.asked.saturating_sub(1);
        match last_page(&page.pagination, number) {
            Some(last) => self.last = last,
            None => self.end(),
        }
        Some((number, page))
    }

    fn end(&mut self) {
        self.give_up();
        self.ended = true;
    }

    fn give_up(&mut self) {
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

impl<K: Clone + PartialEq> Trace<K> {
    fn of<L: List<Key = K>>(page: &Page<L::Row>) -> Self {
        let keys: Option<Vec<K>> = page.iter().map(L::key).collect();
        let rows = keys.map_or_else(|| Marks::Text(serde_json::to_vec(&page.items).unwrap_or_default()), Marks::Keys);
        Self { rows, total_count: page.pagination.total_count }
    }

    /// Whether the other is the same page once more. A list that has grown in between may well move its rows by a page.
    fn is_repeated_by(&self, other: &Self) -> bool {
        let grown = matches!((self.total_count, other.total_count), (Some(before), Some(after)) if after > before);
        !grown && self.rows == other.rows
    }
}
