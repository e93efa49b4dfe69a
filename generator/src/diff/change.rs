//! Describes a change and its effect on users of the generated crate.

use std::fmt;

use crate::diagnostic::Place;

/// The effect of a change on code that uses the crate.
///
/// The verdict is about upgrading the crate, not about the API. A change of the server also affects users who keep
/// the old crate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Some code no longer compiles, or behaves differently.
    Breaking,
    /// Existing code works as before, and the API has additions.
    Additive,
    /// The change does not affect code.
    Editorial,
}

/// One of two versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// The earlier version.
    Old,
    /// The later version.
    New,
}

/// A difference between two versions of an API, and its effect on code.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// The effect on users of the crate.
    pub verdict: Verdict,
    /// The name of the kind of change, such as `field-removed`.
    pub code: &'static str,
    /// The changed operation, type, field or setting.
    pub subject: String,
    /// A sentence about the change, without its subject.
    pub message: String,
    /// Whether calls behave differently without a compiler error.
    pub silent: bool,
    /// A hint about the cause, such as a rename.
    pub hint: Option<String>,
    /// The version that contains the place.
    pub side: Side,
    /// The place in the files of that version.
    pub place: Place,
}

impl Verdict {
    /// All verdicts, the most severe first.
    pub const ALL: [Self; 3] = [Self::Breaking, Self::Additive, Self::Editorial];

    /// Returns the name in lower case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Additive => "additive",
            Self::Editorial => "editorial",
        }
    }
}

impl Side {
    /// Returns the name in lower case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Old => "old",
            Self::New => "new",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Writes the sentence with its subject and hint.
impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { subject, message, silent, hint, .. } = self;
        write!(f, "`{subject}` {message}")?;
        if *silent {
            f.write_str(" (without a compiler error)")?;
        }
        hint.iter().try_for_each(|hint| write!(f, "; {hint}"))
    }
}
