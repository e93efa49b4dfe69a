//! All changes between two versions, the gravest first, and the version of the crate that they ask for.

use super::change::{Change, Verdict};

/// What changed between two versions of an API.
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

    /// All of them, the gravest first, and as they stand in the files.
    pub fn iter(&self) -> impl Iterator<Item = &Change> {
        self.changes.iter()
    }

    /// Those of one verdict.
    pub fn of(&self, verdict: Verdict) -> impl Iterator<Item = &Change> {
        self.iter().filter(move |change| change.verdict == verdict)
    }

    /// The gravest verdict; none if nothing changed.
    pub fn verdict(&self) -> Option<Verdict> {
        self.changes.first().map(|change| change.verdict)
    }

    /// The crate's next version by Cargo's rules; none if nothing changed, or if this is no version.
    ///
    /// Below 1.0.0 the second number says that something breaks, and below 0.1.0 the third one.
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
