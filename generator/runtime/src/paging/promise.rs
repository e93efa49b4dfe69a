//! Compares the rows received with the number that the server promised.

use super::Pagination;
use super::repeats::Fingerprint;

/// The progress of reading a list.
#[derive(Clone, Copy, Default)]
pub(super) struct Progress {
    /// The page at which reading began.
    pub(super) first: u64,
    /// The number of rows of all pages since then. Duplicates count twice: each index in the list is read once.
    pub(super) rows: u64,
    /// The number of rows per page, if known.
    size: Option<u64>,
}

/// A broken promise: the promised number of rows, if the server sent a count.
pub(super) struct Broken {
    pub(super) promised: Option<u64>,
}

impl Progress {
    pub(super) fn from(first: u64) -> Self {
        Self { first, ..Self::default() }
    }

    /// Counts the rows of a page. Only a page that is followed by another is known to be full.
    pub(super) fn read(&mut self, page: &Fingerprint, is_followed: bool) {
        self.rows += page.count;
        let size = page.pagination.limit.max(Some(page.count).filter(|_| is_followed));
        self.size = self.size.max(size);
    }

    /// Subtracts the rows of this many pages, each as long as this one.
    pub(super) fn go_back(&mut self, pages: u64, like: &Fingerprint) {
        self.rows = self.rows.saturating_sub(pages.saturating_mul(like.count));
    }

    /// The number of rows so far, including those before the first page read; `None` if it is unknown.
    fn came(&self) -> Option<u64> {
        let skipped = self.first.saturating_sub(1);
        let before = if skipped == 0 { 0 } else { self.size?.saturating_mul(skipped) };
        Some(before.saturating_add(self.rows))
    }

    /// The number of rows so far; if rows were skipped and their number is unknown, without them.
    pub(super) fn rows(&self) -> u64 {
        self.came().unwrap_or(self.rows)
    }

    /// Returns the server's last promise, if it is broken when the list ends after this page.
    ///
    /// A total count decides. If the list has become shorter, its count is smaller, too.
    pub(super) fn broken(&self, promise: &Pagination, page: u64) -> Option<Broken> {
        if let (Some(promised), Some(came)) = (promise.total_count, self.came()) {
            return (promised > came).then_some(Broken { promised: Some(promised) });
        }
        let more_pages = promise.total_pages.is_some_and(|total| total > page);
        (promise.has_more == Some(true) || more_pages).then_some(Broken { promised: None })
    }
}

/// Returns the promise of a page without new rows. Properties missing from this page are taken from the page before.
pub(super) fn last(now: &Pagination, before: Option<&Pagination>, came: u64) -> Pagination {
    let Some(before) = before else { return now.clone() };
    // Some servers count the rows of the page instead of the list: ignore a count below the rows before this page.
    let total_count = now.total_count.filter(|total| *total >= came).or(before.total_count).or(now.total_count);
    Pagination {
        total_count,
        total_pages: now.total_pages.or(before.total_pages),
        has_more: now.has_more.or(before.has_more),
        ..now.clone()
    }
}
