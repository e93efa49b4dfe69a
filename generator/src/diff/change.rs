//! A change, and what it means to those who use the generated crate.

use std::fmt;

use crate::diagnostic::Place;

/// What a change means to code that uses the crate.
///
/// It is about taking the next version of the crate, not about the API: what a server does differently, it does to those
/// who stay with the old crate as well.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Some code no longer compiles, or does something else than it did.
    Breaking,
    /// Code goes on as it was, and there is more to use.
    Additive,
    /// Nothing that code can use has changed.
    Editorial,
}

/// Which of two versions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Side {
    /// The earlier one.
    Old,
    /// The later one.
    New,
}

/// One change.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Change {
    /// What it means to the crate's users.
    pub verdict: Verdict,
    /// The name of the kind of change, such as `field-removed`.
    pub code: &'static str,
    /// What changed: an operation, a type, a field, a setting.
    pub subject: String,
    /// What happened to it, in a sentence.
    pub message: String,
    /// Whether the compiler says nothing while calls do something else than they did.
    pub silent: bool,
    /// What else may help to see what happened.
    pub hint: Option<String>,
    /// The version in which the place is.
    pub side: Side,
    /// Where it is in that version's files.
    pub place: Place,
}

impl Verdict {
    /// All of them, the gravest first.
    pub const ALL: [Self; 3] = [Self::Breaking, Self::Additive, Self::Editorial];

    /// Its name in lower case.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Breaking => "breaking",
            Self::Additive => "additive",
            Self::Editorial => "editorial",
        }
    }
}

impl Side {
    /// Its name in lower case.
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

/// The sentence with everything that belongs to it.
impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { subject, message, silent, hint, .. } = self;
        write!(f, "`{subject}` {message}")?;
        if *silent {
            f.write_str(" (the compiler does not say so)")?;
        }
        hint.iter().try_for_each(|hint| write!(f, "; {hint}"))
    }
}
