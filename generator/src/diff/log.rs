//! Collects changes, and records the parts of the documents that they report.

use std::collections::BTreeSet;

use super::change::{Change, Side, Verdict};
use super::changes::Changes;
use super::keys;
use super::version::Version;
use crate::diagnostic::Place;
use crate::source::{Lines, Positions};

pub(super) struct Log<'a> {
    pub(super) old: &'a Version,
    pub(super) new: &'a Version,
    drafts: Vec<Draft>,
    reported: BTreeSet<(Side, String)>,
}

/// A change without a line and column.
pub(super) struct Draft {
    verdict: Verdict,
    code: &'static str,
    subject: String,
    message: String,
    silent: bool,
    hint: Option<String>,
    file: File,
    spot: Spot,
    /// Whether it reports every change in this place.
    is_whole: bool,
}

/// The JSON pointers of a part in the versions that have it.
#[derive(Clone, Debug, Default)]
pub(super) struct Spot {
    pub(super) old: Option<String>,
    pub(super) new: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum File {
    Spec,
    Settings,
}

impl Spot {
    pub(super) fn both(old: String, new: String) -> Self {
        Self { old: Some(old), new: Some(new) }
    }

    pub(super) fn old(pointer: String) -> Self {
        Self { old: Some(pointer), new: None }
    }

    pub(super) fn new(pointer: String) -> Self {
        Self { old: None, new: Some(pointer) }
    }

    /// Returns the spot of a property.
    pub(super) fn join(&self, step: &str) -> Self {
        let join = |pointer: &Option<String>| pointer.as_ref().map(|pointer| crate::source::join(pointer, step));
        Self { old: join(&self.old), new: join(&self.new) }
    }
}

impl Draft {
    pub(super) fn new(
        verdict: Verdict,
        code: &'static str,
        subject: impl Into<String>,
        message: impl Into<String>,
    ) -> Self {
        let (subject, message) = (subject.into(), message.into());
        Self {
            verdict,
            code,
            subject,
            message,
            silent: false,
            hint: None,
            file: File::Spec,
            spot: Spot::default(),
            is_whole: true,
        }
    }

    /// Sets the place in the document.
    pub(super) fn at(mut self, spot: &Spot) -> Self {
        self.spot = spot.clone();
        self
    }

    /// Sets the place in the document, and leaves other changes there to be reported.
    pub(super) fn beside(mut self, spot: &Spot) -> Self {
        self.spot = spot.clone();
        self.is_whole = false;
        self
    }

    /// Sets the place in the settings.
    pub(super) fn in_settings(mut self, pointer: &str) -> Self {
        self.spot = Spot::both(pointer.to_owned(), pointer.to_owned());
        self.file = File::Settings;
        self
    }

    /// Marks a change that the compiler does not detect.
    pub(super) fn silently(mut self) -> Self {
        self.silent = true;
        self
    }

    pub(super) fn silent_if(mut self, silent: bool) -> Self {
        self.silent = silent;
        self
    }

    pub(super) fn hint(mut self, hint: Option<String>) -> Self {
        self.hint = hint;
        self
    }
}

impl<'a> Log<'a> {
    pub(super) fn new(old: &'a Version, new: &'a Version) -> Self {
        Self { old, new, drafts: Vec::new(), reported: BTreeSet::new() }
    }

    pub(super) fn add(&mut self, draft: Draft) {
        if draft.file == File::Spec && draft.is_whole {
            self.cover(&draft.spot);
        }
        self.drafts.push(draft);
    }

    /// Records that this part of the documents is reported.
    pub(super) fn cover(&mut self, spot: &Spot) {
        let sides = [(Side::Old, &spot.old), (Side::New, &spot.new)];
        self.reported.extend(sides.into_iter().filter_map(|(side, pointer)| Some((side, pointer.clone()?))));
    }

    /// Whether this part, or one that contains it, is reported.
    pub(super) fn is_told(&self, side: Side, pointer: &str) -> bool {
        let ends = pointer.match_indices('/').map(|(at, _)| at).chain([pointer.len()]);
        ends.filter(|end| *end > 0).any(|end| self.reported.contains(&(side, pointer[..end].to_owned())))
    }

    /// Whether exactly this part is reported.
    pub(super) fn is_told_exactly(&self, side: Side, pointer: &str) -> bool {
        self.reported.contains(&(side, pointer.to_owned()))
    }

    /// Whether a part inside this one is reported.
    pub(super) fn is_told_within(&self, side: Side, pointer: &str) -> bool {
        let below = format!("{pointer}/");
        self.reported.range((side, below.clone())..).next().is_some_and(|(s, p)| *s == side && p.starts_with(&below))
    }

    pub(super) fn finish(self) -> Changes {
        let Self { old, new, drafts, .. } = self;
        let specs = [old, new].map(|version| &version.input.spec);
        let specs = specs.map(|source| (source, Lines::of(&source.text), Positions::of(&source.text)));
        let settings = [old, new].map(|version| &version.input.config);
        let settings = settings.map(|source| (source, Lines::of(&source.text), keys::positions(&source.text)));
        let changes = drafts.into_iter().map(|draft| {
            let Draft { verdict, code, subject, message, silent, hint, file, spot, is_whole: _ } = draft;
            // Of two places, the one that can still be edited.
            let (side, pointer) = match (spot.new, spot.old) {
                (Some(pointer), _) => (Side::New, pointer),
                (None, Some(pointer)) => (Side::Old, pointer),
                (None, None) => (Side::New, String::new()),
            };
            let files = if file == File::Spec { &specs } else { &settings };
            let (source, lines, positions) = &files[usize::from(side == Side::New)];
            let (line, column) = positions.nearest(&pointer);
            let place = Place::new(source.name.clone(), line, lines.get(line), column, Some(pointer));
            Change { verdict, code, subject, message, silent, hint, side, place }
        });
        Changes::new(changes.collect())
    }
}
