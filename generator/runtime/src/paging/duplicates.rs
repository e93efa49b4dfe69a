//! Handles rows that a list returns twice because it has grown between requests.

use std::collections::{HashSet, VecDeque};
use std::hash::Hash;

/// The handling of duplicate rows in [`Pages`](crate::Pages) and [`Rows`](crate::Rows).
///
/// If a row is added to the list between two requests, the last row of the first page moves to the second page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Duplicates {
    /// Skip the row.
    #[default]
    Drop,
    /// Yield the row again.
    Keep,
    /// Yield [`Error::DuplicateRow`](crate::Error::DuplicateRow) in its place and continue. In a page of
    /// [`Pages`](crate::Pages), skip the row.
    Report,
}

/// The keys of the most recent rows.
pub(super) struct Seen<K> {
    keys: HashSet<K>,
    order: VecDeque<K>,
    room: usize,
}

impl<K: Clone + Eq + Hash> Seen<K> {
    pub(super) fn new(room: usize) -> Self {
        Self { keys: HashSet::new(), order: VecDeque::new(), room }
    }

    /// Changes the maximum number of keys.
    pub(super) fn resize(&mut self, room: usize) {
        self.room = room;
        self.forget();
    }

    /// Adds a key; returns whether it is new.
    pub(super) fn insert(&mut self, key: K) -> bool {
        if self.room == 0 {
            return true;
        }
        let new = self.keys.insert(key.clone());
        if new {
            self.order.push_back(key);
            self.forget();
        }
        new
    }

    fn forget(&mut self) {
        while self.order.len() > self.room {
            if let Some(oldest) = self.order.pop_front() {
                self.keys.remove(&oldest);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_keys_are_forgotten() {
        let mut seen = Seen::new(2);
        assert_eq!([1, 1, 2, 3, 2, 1].map(|key| seen.insert(key)), [true, false, true, true, false, true]);
        seen.resize(0);
        assert!(seen.insert(1) && seen.insert(1));
    }
}
