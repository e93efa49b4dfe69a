//! What was found so far, and which parts of the documents that tells of.

use std::collections::BTreeSet;

use super::change::{Change, Side, Verdict};
use super::changes::Changes;
use super::keys;
use super::version::Version;
use crate::diagnostic::Place;
use crate::source::{Lines, Positions};

/// Collects changes.
pub(super) struct Log<'a> {
    pub(super) old: &'a Version,
    pub(super) new: &'a Version,
    drafts: Vec<Draft>,
    reported: BTreeSet<(Side, String)>,
}

/// A change whose place is not looked up yet.
pub(super) struct Draft {
    verdict: Verdict,
    code: &'static str,
    subject: String,
    message: String,
    silent: bool,
    hint: Option<String>,
    file: File,
    spot: Spot,
    /// Whether all that changed in this place is reported by it.
    is_whole: bool,
}

/// Where something stands, by JSON pointers, in the versions that have it.
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

    /// A property of what stands here.
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

    /// Where it is in the document.
    pub(super) fn at(mut self, spot: &Spot) -> Self {
        self.spot = spot.clone();
        self
    }

    /// Where it is in the document, which says nothing of what else changed there.
    pub(super) fn beside(mut self, spot: &Spot) -> Self {
        self.spot = spot.clone();
        self.is_whole = false;
        self
    }

    /// Where it is in the settings.
    pub(super) fn in_settings(mut self, pointer: &str) -> Self {
        self.spot = Spot::both(pointer.to_owned(), pointer.to_owned());
        self.file = File::Settings;
        self
    }

    /// The compiler does not notice.
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

    /// Notes that this part of the documents is reported.
    pub(super) fn cover(&mut self, spot: &Spot) {
        let sides = [(Side::Old, &spot.old), (Side::New, &spot.new)];
        self.reported.extend(sides.into_iter().filter_map(|(side, pointer)| Some((side, pointer.clone()?))));
    }

    /// Whether something was said about this part, or about one that it lies in.
    pub(super) fn is_told(&self, side: Side, pointer: &str) -> bool {
        let ends = pointer.match_indices('/').map(|(at, _)| at).chain([pointer.len()]);
        ends.filter(|end| *end > 0).any(|end| self.reported.contains(&(side, pointer[..end].to_owned())))
    }

    /// Whether something was said about this very part.
    pub(super) fn is_told_exactly(&self, side: Side, pointer: &str) -> bool {
        self.reported.contains(&(side, pointer.to_owned()))
    }

    /// Whether something was said about a part inside this one.
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
