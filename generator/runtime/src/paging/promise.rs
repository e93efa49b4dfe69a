//! What the server promised about the rest of a list, and whether it has come.

use super::Pagination;
use super::repeats::Fingerprint;

/// How far a list has been read.
#[derive(Clone, Copy, Default)]
pub(super) struct Progress {
    /// The page that reading began with.
    pub(super) first: u64,
    /// How many rows the pages since then had. Rows that came twice count twice: each place in the list is read once.
    pub(super) rows: u64,
    /// How many rows a page holds, if that is known.
    size: Option<u64>,
}

/// A promise that was not kept: the number of rows, if the server said one.
pub(super) struct Broken {
    pub(super) promised: Option<u64>,
}

impl Progress {
    pub(super) fn from(first: u64) -> Self {
        Self { first, ..Self::default() }
    }

    /// Counts a page, which is followed by another or not.
    pub(super) fn read(&mut self, page: &Fingerprint, is_followed: bool) {
        self.rows += page.count;
        let size = page.pagination.limit.max(Some(page.count).filter(|_| is_followed));
        self.size = self.size.max(size);
    }

    /// Takes back so many pages, each as long as this one.
    pub(super) fn go_back(&mut self, pages: u64, like: &Fingerprint) {
        self.rows = self.rows.saturating_sub(pages.saturating_mul(like.count));
    }

    /// How many rows came, also before the page that reading began with; `None` if that cannot be known.
    fn came(&self) -> Option<u64> {
        let skipped = self.first.saturating_sub(1);
        let before = if skipped == 0 { 0 } else { self.size?.saturating_mul(skipped) };
        Some(before.saturating_add(self.rows))
    }

    /// How many rows came, as far as that is known.
    pub(super) fn rows(&self) -> u64 {
        self.came().unwrap_or(self.rows)
    }

    /// The promise that is broken if the list ends after this page: the last one that the server made.
    ///
    /// A count settles it. A list that has become shorter has said so by a smaller count.
    pub(super) fn broken(&self, promise: &Pagination, page: u64) -> Option<Broken> {
        if let (Some(promised), Some(came)) = (promise.total_count, self.came()) {
            return (promised > came).then_some(Broken { promised: Some(promised) });
        }
        let more_pages = promise.total_pages.is_some_and(|total| total > page);
        (promise.has_more == Some(true) || more_pages).then_some(Broken { promised: None })
    }
}

/// What a page without new rows promises: what it says, or else what the page before it said.
pub(super) fn last(now: &Pagination, before: Option<&Pagination>, came: u64) -> Pagination {
    let Some(before) = before else { return now.clone() };
    // A count of fewer rows than came before the page is not that of the list: some servers count the rows of the page.
    let total_count = now.total_count.filter(|total| *total >= came).or(before.total_count).or(now.total_count);
    Pagination {
        total_count,
        total_pages: now.total_pages.or(before.total_pages),
        has_more: now.has_more.or(before.has_more),
        ..now.clone()
    }
}
