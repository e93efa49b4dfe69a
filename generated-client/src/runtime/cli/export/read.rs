//! A list → a store, page by page, however often it is stopped and however the list changes meanwhile.

use std::borrow::Cow;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;
use std::time::{Duration, Instant};

use super::failure::Failure;
use super::known::{Known, key_of};
use super::meter::Meter;
use super::store::{List, Standing, Store};
use crate::runtime::cli::json;
use crate::runtime::cli::rows::{Listing, Row};
use crate::runtime::{Error, Page, Position};

/// How many pages are asked for before they are needed: as many as a limit on requests lets through while one is on its way.
const AHEAD: usize = 8;
/// How often a list is read once more because it has more rows than were found.
const PASSES: u32 = 2;

pub(super) struct Reader<'a> {
    list: List,
    listing: Box<dyn Listing>,
    store: &'a mut dyn Store,
    known: Known,
    rows: u64,
    /// How many rows the list has, as it said last.
    total: Option<u64>,
    /// The page that the reading began with.
    first: u64,
    /// Whether a page has shown that no row before it can be missing.
    joined: bool,
    is_complete: bool,
    checkpoint: Duration,
    saved: Instant,
}

impl<'a> Reader<'a> {
    pub(super) fn begin(
        list: List,
        mut listing: Box<dyn Listing>,
        store: &'a mut dyn Store,
        checkpoint: Duration,
    ) -> Result<Self, Failure> {
        let (first, known, rows, is_complete) = match store.take_up(list)? {
            Standing::Complete { rows } => (1, Known::default(), rows, true),
            // One page more than is missing: it must begin with a row that is there.
            Standing::Partial { page, known, rows } => (page.saturating_sub(1).max(1), known, rows, false),
        };
        listing.prefetch(AHEAD);
        listing.start_at(Position::new(first, 0));
        let (joined, saved) = (first == 1, Instant::now());
        Ok(Self { list, listing, store, known, rows, total: None, first, joined, is_complete, checkpoint, saved })
    }

    pub(super) async fn run<S>(mut self, meter: &mut dyn Meter, mut stop: Pin<&mut S>) -> Result<(), Failure>
    where
        S: Future<Output = ()>,
    {
        meter.begin(self.list.name, self.rows);
        if !self.is_complete {
            self.read(meter, stop.as_mut()).await?;
            self.store.complete()?;
        }
        meter.end(self.rows);
        Ok(())
    }

    async fn read<S>(&mut self, meter: &mut dyn Meter, mut stop: Pin<&mut S>) -> Result<(), Failure>
    where
        S: Future<Output = ()>,
    {
        let mut passes = 0;
        let mut before = self.rows;
        loop {
            match self.next(stop.as_mut()).await {
                Event::Stopped => {
                    self.save()?;
                    return Err(Failure::Interrupted { resource: self.list.name, rows: self.rows });
                }
                Event::Failed(error) => {
                    self.save()?;
                    let page = self.listing.position().page;
                    return Err(Failure::Api {
                        resource: self.list.name,
                        page,
                        rows: self.rows,
                        source: Box::new(error),
                    });
                }
                Event::Page(page) => {
                    self.take(page)?;
                    meter.advance(self.rows, self.total);
                    if self.saved.elapsed() >= self.checkpoint {
                        self.save()?;
                    }
                    if passes > 0 && !self.is_short() {
                        return Ok(());
                    }
                }
                // The list has become so short that the page is no more.
                Event::End if !self.joined => self.begin_anew(),
                Event::End if self.is_short() && passes < PASSES && (passes == 0 || self.rows > before) => {
                    // Rows that were added at the beginning.
                    passes += 1;
                    before = self.rows;
                    self.begin_anew();
                }
                Event::End => return Ok(()),
            }
        }
    }

    async fn next<S>(&mut self, mut stop: Pin<&mut S>) -> Event
    where
        S: Future<Output = ()>,
    {
        poll_fn(|cx| {
            if stop.as_mut().poll(cx).is_ready() {
                return Poll::Ready(Event::Stopped);
            }
            self.listing.poll_page(cx).map(|page| match page {
                Some(Ok(page)) => Event::Page(page),
                Some(Err(error)) => Event::Failed(error),
                None => Event::End,
            })
        })
        .await
    }

    /// Writes the rows of a page that are new, and goes back if rows before them may be missing.
    fn take(&mut self, page: Page<Row>) -> Result<(), Failure> {
        let number = self.listing.position().page.saturating_sub(1);
        let total = page.pagination.total_count;
        let is_shorter = matches!((self.total, total), (Some(before), Some(now)) if now < before);
        let begins = page.items.first().and_then(|row| key(self.list, row));
        let begins_known = begins.is_some_and(|key| self.known.contains(key.as_bytes()));
        // The listing goes back itself when rows were removed, but not beyond the page that it began with.
        let is_torn = if self.joined { is_shorter && number == self.first } else { !begins_known };
        self.joined = true;
        self.total = total.or(self.total);
        let is_new = |row: &Row| key(self.list, row).is_none_or(|key| self.known.insert(key.as_bytes()));
        let new: Vec<_> = page.items.into_iter().filter(is_new).map(|row| json::compact(row.get())).collect();
        self.store.append(&new)?;
        self.rows += new.len() as u64;
        if is_torn && self.first > 1 {
            self.begin_anew();
        }
        Ok(())
    }

    fn begin_anew(&mut self) {
        (self.first, self.joined) = (1, true);
        self.listing.start_at(Position::new(1, 0));
    }

    /// Whether the list has more rows than were found.
    fn is_short(&self) -> bool {
        self.list.key.is_some() && self.total.is_some_and(|total| total > self.rows)
    }

    fn save(&mut self) -> Result<(), Failure> {
        self.store.checkpoint(self.listing.position().page)?;
        self.saved = Instant::now();
        Ok(())
    }
}

fn key(list: List, row: &Row) -> Option<Cow<'_, str>> {
    key_of(row.get(), list.key?)
}

enum Event {
    Page(Page<Row>),
    Failed(Error),
    End,
    Stopped,
}
