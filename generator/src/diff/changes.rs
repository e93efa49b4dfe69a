//! Collects all changes between two versions, the most severe first, and derives the next version of the crate.

use super::change::{Change, Verdict};

/// The changes between two versions of an API.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Changes {
    changes: Vec<Change>,
}

impl Changes {
    pub(super) fn new(mut changes: Vec<Change>) -> Self {
        changes.sort_by(|a, b| key(a).cmp(&key(b)));
        changes.dedup();
        Self { changes }
    }

    /// Whether nothing changed.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// Returns all changes, the most severe first, then in the order of the files.
    pub fn iter(&self) -> impl Iterator<Item = &Change> {
        self.changes.iter()
    }

    /// Returns the changes with one verdict.
    pub fn of(&self, verdict: Verdict) -> impl Iterator<Item = &Change> {
        self.iter().filter(move |change| change.verdict == verdict)
    }

    /// Returns the most severe verdict; `None` if nothing changed.
    pub fn verdict(&self) -> Option<Verdict> {
        self.changes.first().map(|change| change.verdict)
    }

    /// Returns the crate's next version by Cargo's rules; `None` if nothing changed or `current` is not a version.
    ///
    /// Breaking changes increase the second number below 1.0.0, and the third below 0.1.0.
    pub fn next_version(&self, current: &str) -> Option<String> {
        let plain = current.split(['-', '+']).next()?;
        let numbers: Vec<u64> = plain.split('.').map(|number| number.parse().ok()).collect::<Option<_>>()?;
        let [major, minor, patch] = numbers.try_into().ok()?;
        let (major, minor, patch): (u64, u64, u64) = match (self.verdict()?, major, minor) {
            (Verdict::Breaking, 0, 0) => (0, 0, patch + 1),
            (Verdict::Breaking, 0, _) => (0, minor + 1, 0),
            (Verdict::Breaking, _, _) => (major + 1, 0, 0),
            (Verdict::Additive, 1.., _) => (major, minor + 1, 0),
            (Verdict::Additive | Verdict::Editorial, _, _) => (major, minor, patch + 1),
        };
        Some(format!("{major}.{minor}.{patch}"))
    }
}

fn key(change: &Change) -> (Verdict, &str, usize, usize, &str, &str, &str) {
    let Change { verdict, code, subject, message, place, .. } = change;
    (*verdict, &place.file, place.line, place.column, subject, code, message)
}
