//! Reads a list into a store, page by page. No row is lost if the export stops and resumes, or if the list changes.

use std::borrow::Cow;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;
use std::time::{Duration, Instant};

use clientsmith_runtime::{Error, Page, Pagination, Position};

use super::error::ExportError;
use super::known_keys::{KnownKeys, key_of};
use super::progress::Progress;
use super::store::{ExportedList, ListState, Store};
use crate::json;
use crate::listing::{Listing, Row};

/// The number of pages to request ahead: about as many as the rate limit permits during one response.
const AHEAD: usize = 16;
/// The maximum number of times that a list is read again because rows may be missing.
const MAX_PASSES: u32 = 2;

/// Reads a list until it is complete, or until `stop` is ready.
pub(super) async fn read<S: Future<Output = ()>>(
    list: ExportedList,
    mut listing: Box<dyn Listing>,
    store: &mut dyn Store,
    checkpoint_interval: Duration,
    progress: &mut dyn Progress,
    stop: Pin<&mut S>,
) -> Result<(), ExportError> {
    let (next, known, rows) = match store.begin_list(list)? {
        ListState::Complete { rows } => {
            progress.begin(list.name, rows);
            progress.end(rows);
            return Ok(());
        }
        ListState::Partial { page, known, rows } => (page, known, rows),
    };
    progress.begin(list.name, rows);
    // Starts one page early: that page must begin with a known row.
    let first = next.saturating_sub(1).max(1);
    listing.prefetch(AHEAD);
    listing.start_at(Position::new(first, 0));
    let mut reader = ListReader {
        list,
        listing,
        store,
        known,
        rows,
        total: None,
        page: first - 1,
        joined: first == 1,
        expects_more: false,
        passes: 0,
        rows_before: 0,
        looks_for_new: false,
        checkpoint_interval,
        saved: Instant::now(),
    };
    reader.read(progress, stop).await?;
    progress.end(reader.rows);
    reader.store.complete_list()
}

struct ListReader<'a> {
    list: ExportedList,
    listing: Box<dyn Listing>,
    store: &'a mut dyn Store,
    known: KnownKeys,
    rows: u64,
    /// The length of the list, as last reported.
    total: Option<u64>,
    /// The last page that was processed.
    page: u64,
    /// Whether a page has proved that no earlier row is missing.
    joined: bool,
    /// Whether the last page reported more pages.
    expects_more: bool,
    /// The number of times the list was read again, the rows before that, and whether only new rows are expected.
    passes: u32,
    rows_before: u64,
    looks_for_new: bool,
    checkpoint_interval: Duration,
    saved: Instant,
}

impl ListReader<'_> {
    async fn read<S>(&mut self, progress: &mut dyn Progress, mut stop: Pin<&mut S>) -> Result<(), ExportError>
    where
        S: Future<Output = ()>,
    {
        loop {
            match self.next(stop.as_mut()).await {
                Event::Stopped => {
                    self.save()?;
                    return Err(ExportError::Interrupted { list: self.list.name, rows: self.rows });
                }
                // Missing rows may have shifted to pages that were already read.
                Event::Failed(Error::IncompleteList { .. }) if self.may_read_again() => self.read_again(Missing::Moved),
                Event::Failed(error) => {
                    self.save()?;
                    let page = self.listing.position().page;
                    return Err(ExportError::Api {
                        list: self.list.name,
                        page,
                        rows: self.rows,
                        source: Box::new(error),
                    });
                }
                Event::Page(page) => {
                    self.take(page)?;
                    progress.advance(self.rows, self.total);
                    if self.saved.elapsed() >= self.checkpoint_interval {
                        self.save()?;
                    }
                    if self.looks_for_new && !self.is_short() {
                        return Ok(());
                    }
                }
                Event::End => match self.missing() {
                    Some(missing) if self.may_read_again() => self.read_again(missing),
                    _ => return Ok(()),
                },
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

    /// Writes the new rows of a page, and goes back if earlier rows may be missing.
    fn take(&mut self, page: Page<Row>) -> Result<(), ExportError> {
        let number = self.listing.position().page.saturating_sub(1);
        let back_to = if self.joined { self.shifted(&page.pagination) } else { self.unjoined(&page) };
        (self.page, self.joined) = (number, true);
        self.total = page.pagination.total_count.or(self.total);
        self.expects_more = page.pagination.has_more == Some(true);
        let is_new = |row: &Row| key(self.list, row).is_none_or(|key| self.known.insert(key.as_bytes()));
        let new: Vec<_> = page.items.into_iter().filter(is_new).map(|row| json::compact(row.get())).collect();
        self.store.append(&new)?;
        self.rows += new.len() as u64;
        if back_to < number {
            self.go_to(back_to);
        }
        Ok(())
    }

    /// Returns the first page to read again, because removals may have shifted rows to it.
    ///
    /// The listing also goes back, but only once per page, and never before its first page.
    fn shifted(&self, now: &Pagination) -> u64 {
        let removed = self.total.zip(now.total_count).map_or(0, |(before, now)| before.saturating_sub(now));
        let next = self.page.saturating_add(1);
        match now.limit {
            _ if removed == 0 || self.list.key.is_none() => u64::MAX,
            Some(limit) if limit > 0 => next.saturating_sub(removed.div_ceil(limit)).max(1),
            _ => 1,
        }
    }

    /// Returns the page to restart from, if the first page of a resumed list does not begin with a known row.
    fn unjoined(&self, page: &Page<Row>) -> u64 {
        let begins = page.items.first().and_then(|row| key(self.list, row));
        if begins.is_some_and(|key| self.known.contains(key.as_bytes())) { u64::MAX } else { 1 }
    }

    fn go_to(&mut self, page: u64) {
        (self.page, self.joined, self.expects_more) = (page.saturating_sub(1), true, page > 1);
        self.listing.start_at(Position::new(page, 0));
    }

    /// Whether reading again can help. Rows without a key would be written twice.
    fn may_read_again(&self) -> bool {
        self.list.key.is_some() && self.passes < MAX_PASSES
    }

    fn read_again(&mut self, missing: Missing) {
        (self.passes, self.rows_before) = (self.passes + 1, self.rows);
        self.looks_for_new = missing == Missing::New;
        self.go_to(1);
    }

    /// Returns the kind of rows that may be missing at the end of the list.
    fn missing(&self) -> Option<Missing> {
        self.list.key?;
        if !self.joined || self.expects_more {
            // The list has become so short that the page no longer exists.
            return Some(Missing::Moved);
        }
        let is_worth_it = self.passes == 0 || self.rows > self.rows_before;
        (self.is_short() && is_worth_it).then_some(Missing::New)
    }

    /// Whether the list reports more rows than were read.
    fn is_short(&self) -> bool {
        self.total.is_some_and(|total| total > self.rows)
    }

    fn save(&mut self) -> Result<(), ExportError> {
        self.store.checkpoint(self.listing.position().page)?;
        self.saved = Instant::now();
        Ok(())
    }
}

fn key(list: ExportedList, row: &Row) -> Option<Cow<'_, str>> {
    key_of(row.get(), list.key?)
}

/// The reason why rows may be missing.
#[derive(Clone, Copy, PartialEq)]
enum Missing {
    /// They have shifted to pages that were already read.
    Moved,
    /// They were added, most likely at the start.
    New,
}

enum Event {
    Page(Page<Row>),
    Failed(Error),
    End,
    Stopped,
}
