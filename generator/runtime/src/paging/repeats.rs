//! Detects equal pages, from a server that ignores the page number.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::{List, Page, Pagination};

/// The maximum number of pages to remember: the first ones, because a server that wraps around returns to them.
const REMEMBERED: usize = 4096;

/// Identifies a page by its contents.
pub(super) struct Fingerprint {
    /// The hash of the rows' keys, or of the rows if they have no keys.
    rows: u64,
    has_keys: bool,
    pub(super) count: u64,
    pub(super) pagination: Pagination,
}

impl Fingerprint {
    pub(super) fn of<L: List>(page: &Page<L::Row>) -> Self {
        let keys: Option<Vec<L::Key>> = page.iter().map(L::key).collect();
        let has_keys = keys.is_some();
        let mut hasher = DefaultHasher::new();
        match keys {
            Some(keys) => keys.hash(&mut hasher),
            None => serde_json::to_vec(&page.items).unwrap_or_default().hash(&mut hasher),
        }
        page.rejected.hash(&mut hasher);
        Self { rows: hasher.finish(), has_keys, count: page.sent() as u64, pagination: page.pagination.clone() }
    }

    pub(super) fn has_keys(&self) -> bool {
        self.has_keys
    }

    pub(super) fn total_count(&self) -> Option<u64> {
        self.pagination.total_count
    }
}

/// The pages read so far.
#[derive(Default)]
pub(super) struct Repeats {
    /// The hash of each page, and the list's row count at that time.
    pages: HashMap<u64, Option<u64>>,
    before: Option<u64>,
}

impl Repeats {
    pub(super) fn insert(&mut self, page: &Fingerprint) {
        self.before = Some(page.rows);
        if self.pages.len() < REMEMBERED {
            self.pages.insert(page.rows, page.total_count());
        }
    }

    /// Whether the page has been read before. If the list has grown since then, an equal page may be new: its rows may
    /// have moved by whole pages.
    ///
    /// Rows without keys may be equal by chance, so such a page is compared only with the page before it.
    pub(super) fn contains(&self, page: &Fingerprint) -> bool {
        let same = self.pages.get(&page.rows).filter(|_| page.has_keys || self.before == Some(page.rows));
        same.is_some_and(|then| !matches!((then, page.total_count()), (Some(then), Some(now)) if now > *then))
    }
}
