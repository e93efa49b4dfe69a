//! Implements `diff`: reports the changes between two versions of a document for users of the client crate.

use std::io::Write;

use anyhow::Result;
use clap::ValueEnum;

use super::diagnostics::{self, DiagnosticFormat};
use super::{Console, Inputs, Located, Outcome, changelog, earlier};
use crate::{Changes, Side, Unreadable};

/// The format of changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ChangeFormat {
    /// For a terminal.
    #[default]
    Text,
    /// For a changelog.
    Markdown,
    /// For programs.
    Json,
}

/// The versions to compare, and the format of the report.
#[derive(Clone, Debug)]
pub struct Diff {
    /// A document, a directory with one, or a git revision of the new version.
    pub old: String,
    /// The new version.
    pub new: Inputs,
    /// The current version of the crate, from which the next one is derived.
    pub version: Option<String>,
    /// The format of the report.
    pub format: ChangeFormat,
    /// The changelog to write the changes into.
    pub changelog: Option<Located>,
}

impl Diff {
    /// Reports the changes.
    pub fn run(&self, console: &mut Console<'_>) -> Result<Outcome> {
        let (old, new) = (earlier::read(&self.old, &self.new)?, self.new.read()?);
        let changes = match crate::diff(&old, &new) {
            Ok(changes) => changes,
            Err(unreadable) => return self.report(&unreadable, console),
        };
        self.show(&changes, console.out)?;
        if let Some(changelog) = self.changelog.as_ref().filter(|_| !changes.is_empty()) {
            let is_new = changelog::record(changelog, console.program, &changes.markdown(self.version.as_deref()))?;
            let state = if is_new { "has the new section" } else { "has it already" };
            writeln!(console.err, "{} {state}", changelog.shown)?;
        }
        Ok(Outcome::Done)
    }

    fn show(&self, changes: &Changes, out: &mut dyn Write) -> Result<()> {
        let version = self.version.as_deref();
        match self.format {
            ChangeFormat::Json => writeln!(out, "{:#}", changes.json(version))?,
            _ if changes.is_empty() => writeln!(out, "nothing changed since {}", self.old)?,
            ChangeFormat::Text => write!(out, "{}", changes.text(version))?,
            ChangeFormat::Markdown => write!(out, "{}", changes.markdown(version))?,
        }
        Ok(())
    }

    fn report(&self, unreadable: &Unreadable, console: &mut Console<'_>) -> Result<Outcome> {
        let consequence = match unreadable.side {
            Side::Old => {
                format!("cannot compare with {}, because the generator rejects it", self.old)
            }
            Side::New => "cannot compare, because the generator rejects this spec".to_owned(),
        };
        // Standard output is reserved for changes, in every format.
        diagnostics::report(&unreadable.diagnostics, &consequence, DiagnosticFormat::Text, console)
    }
}
