//! Rows that come twice because the list has grown while it was read.

use std::collections::{HashSet, VecDeque};
use std::hash::Hash;

/// What to do with a row that has been there before.
///
/// A row that is added to a list between the reading of two pages moves the last row of the first to the second.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Duplicates {
    /// Leave it out.
    #[default]
    Drop,
    /// Give it once more.
    Keep,
    /// Give [`Error::DuplicateRow`](crate::Error::DuplicateRow) in its place and go on. Of a whole page, it is left out.
    Report,
}

/// The keys of the rows that came last.
pub(super) struct Seen<K> {
    keys: HashSet<K>,
    order: VecDeque<K>,
    room: usize,
}

impl<K: Clone + Eq + Hash> Seen<K> {
    pub(super) fn new(room: usize) -> Self {
        Self { keys: HashSet::new(), order: VecDeque::new(), room }
    }

    /// Changes how many keys are kept.
    pub(super) fn resize(&mut self, room: usize) {
        self.room = room;
        self.forget();
    }

    /// Whether the key is new; from now on it is not.
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
