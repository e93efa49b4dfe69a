//! Pages that come once more, because the server does not turn the page.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::{List, Page, Pagination};

/// How many pages are remembered: the first ones, to which a server that wraps around returns.
const REMEMBERED: usize = 4096;

/// A page, to know it again by.
pub(super) struct Fingerprint {
    /// The hash of the keys of its rows, or of the rows if they have no keys.
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

    pub(super) fn total_count(&self) -> Option<u64> {
        self.pagination.total_count
    }
}

/// The pages that have been read.
#[derive(Default)]
pub(super) struct Repeats {
    /// The hash of each page, and how many rows the list had then.
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

    /// Whether the page has been read before. A list that has grown in between may well shift its rows by whole pages.
    ///
    /// Rows without keys may be equal by chance, so such a page is compared with the one before it only.
    pub(super) fn contains(&self, page: &Fingerprint) -> bool {
        let same = self.pages.get(&page.rows).filter(|_| page.has_keys || self.before == Some(page.rows));
        same.is_some_and(|then| !matches!((then, page.total_count()), (Some(then), Some(now)) if now > *then))
    }
}
