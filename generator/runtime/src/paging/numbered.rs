//! Walks through a list with page numbers: selects the next page, the number of concurrent requests, and the end.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_util::Stream as _;
use futures_util::stream::FuturesOrdered;

use super::promise::{self, Progress};
use super::repeats::{Fingerprint, Repeats};
use super::walk::{self, Walk};
use super::{NumberedList, PREFETCH, Page, Pagination, Position};
use crate::call::request::Pending;
use crate::error::Error;

/// The pages of a list with page numbers.
pub struct Numbered<L: NumberedList> {
    list: L,
    /// The maximum number of requests beyond the next page.
    prefetch: usize,
    /// The number of the page to return next.
    next: u64,
    /// The number of rows at its beginning that have been read before.
    skip: usize,
    /// The number of pages requested but not yet returned.
    asked: usize,
    /// The last page known to exist.
    last: u64,
    in_flight: FuturesOrdered<Pending<Result<Page<L::Row>, Error>>>,
    arrived: VecDeque<Result<Page<L::Row>, Error>>,
    before: Option<Fingerprint>,
    repeats: Repeats,
    progress: Progress,
    /// The last page from which the walk went back.
    returned: u64,
    /// Whether the last page was the end of the list, although promised rows are missing.
    doubted: bool,
    ended: bool,
}

/// The next step after a page.
enum Turn<R> {
    Next(u64, Page<R>),
    /// Rows may have been missed; earlier pages are read again.
    Back,
    End,
    Incomplete(Error),
}

impl<L: NumberedList> Walk<L> for Numbered<L> {
    type Position = Position;

    fn new(list: L) -> Self {
        let first = list.page_number().unwrap_or(1);
        Self {
            list: list.in_large_pages(),
            prefetch: PREFETCH,
            next: first,
            skip: 0,
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

    fn list(&mut self) -> &mut L {
        &mut self.list
    }

    fn prefetch(&mut self, pages: usize) {
        self.prefetch = pages;
    }

    fn next_page(&self) -> Position {
        Position::new(self.next, self.skip)
    }

    fn start_at(&mut self, position: Position) {
        let Position { page, row } = position;
        (self.next, self.last, self.skip) = (page, page, row);
        self.resume();
        self.before = None;
        self.repeats = Repeats::default();
        self.progress = Progress::from(page);
        self.returned = 0;
        self.doubted = false;
    }

    fn resume(&mut self) {
        self.cancel();
        self.ended = false;
    }

    fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Option<walk::Step<Position, L::Row>>> {
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
                    Turn::Next(number, page) => {
                        let first = Position::new(number, std::mem::take(&mut self.skip));
                        return Poll::Ready(Some(Ok((first, page))));
                    }
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

    fn poll_ahead(&mut self, cx: &mut Context<'_>) {
        if self.ended || self.reach() == 0 {
            return;
        }
        self.ask(self.reach());
        while let Poll::Ready(Some(result)) = Pin::new(&mut self.in_flight).poll_next(cx) {
            self.arrived.push_back(result);
        }
    }
}

impl<L: NumberedList> Numbered<L> {
    /// The maximum number of pages to read ahead; 0 without a row count. The server may process concurrent requests in
    /// any order, and only a row count reveals rows missed because of that.
    fn reach(&self) -> usize {
        let counted = self.before.as_ref().is_some_and(|before| before.total_count().is_some());
        if counted { self.prefetch } else { 0 }
    }

    /// Requests pages known to exist, until this many are pending.
    fn ask(&mut self, ahead: usize) {
        while self.asked < ahead {
            let page = self.next.saturating_add(self.asked as u64);
            if page > self.last {
                return;
            }
            self.in_flight.push_back(self.list.clone().at_page(page).read_page());
            self.asked += 1;
        }
    }

    /// Accepts a page, and decides the next step.
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
        // A page may claim to be the last although rows are missing; one more page resolves the contradiction.
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

    /// Returns the error of a list that ends before the next page, if the server promised more rows.
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

    /// Returns the error of a page. A page requested only because rows are missing may not exist: if the server rejects
    /// it, the list is incomplete.
    fn explained(&self, error: Error) -> Error {
        let rejected = matches!(&error, Error::Api { status, .. } if status.is_client_error());
        let before = self.before.as_ref().filter(|_| self.doubted && rejected);
        before.and_then(|before| self.incomplete(&before.pagination, false)).unwrap_or(error)
    }

    /// Goes back this many pages from this page. It happens once per page, so the walk terminates.
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

/// Returns the last page known to exist after this one; `None` if this is the last.
///
/// A list reports more pages in one of two ways; without either, pages are requested until one is empty.
fn last_page(pagination: &Pagination, number: u64) -> Option<u64> {
    match (pagination.has_more, pagination.total_pages) {
        (Some(false), _) => None,
        (None, Some(total)) if total <= number => None,
        (_, total) => Some(total.unwrap_or(0).max(number.saturating_add(1))),
    }
}

/// The number of pages to go back, because rows may have been missed: the list was longer at the time of the page
/// before.
///
/// Either rows have been removed in between, which moved rows from the second page to the first. Or the server read the
/// second page before the first, and rows added in between moved others past it.
fn missed(before: &Fingerprint, now: &Fingerprint) -> u64 {
    let (Some(then), Some(now)) = (before.total_count(), now.total_count()) else { return 0 };
    then.saturating_sub(now).div_ceil(before.count.max(1))
}
