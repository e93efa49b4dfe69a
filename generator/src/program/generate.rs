//! Implements `generate`: writes the files of a document, or with `--check` reports files that are out of date.

use std::io::Write;
use std::time::Instant;

use anstyle::Style;
use anyhow::Result;
use similar::TextDiff;

use super::arguments::Reporting;
use super::diagnostics::{self, DiagnosticFormat, NOTHING_WRITTEN};
use super::style::{ASIDE, BAD, GOOD};
use super::tree::{Change, State, Tree};
use super::{Console, Inputs, Outcome, Target, last_time, timings};
use crate::{Diagnostic, FileSet, Input};

/// The inputs, the target and the report of a run.
#[derive(Clone, Debug)]
pub struct Generate {
    /// The inputs.
    pub inputs: Inputs,
    /// The target.
    pub target: Target,
    /// Whether to write nothing, and only report outdated files.
    pub check: bool,
    /// The report of the run.
    pub reporting: Reporting,
}

impl Generate {
    /// Writes the files, or checks them.
    pub fn run(&self, console: &mut Console<'_>) -> Result<Outcome> {
        let start = Instant::now();
        self.target.validate()?;
        let input = Input { crate_name: self.target.crate_name(), ..self.inputs.read_to_record()? };
        let sources = match timings::generate(&input, self.target.scope(), self.reporting.timings, console)? {
            Ok(sources) => sources,
            Err(found) => {
                let found: Vec<_> = found.into_iter().map(|diagnostic| self.inputs.as_shown(diagnostic)).collect();
                let end = if self.check { "nothing was compared" } else { NOTHING_WRITTEN };
                let outcome = diagnostics::report(&found, end, self.reporting.format, console)?;
                if self.reporting.format == DiagnosticFormat::Text {
                    diagnostics::mention_overlay(&input, &self.inputs.spec.shown, console)?;
                }
                return Ok(outcome);
            }
        };
        let warnings: Vec<_> = sources.warnings().iter().map(|warning| self.inputs.as_shown(warning.clone())).collect();
        if self.reporting.format == DiagnosticFormat::Text {
            diagnostics::warn(&warnings, console.err)?;
            diagnostics::left_out(&sources, console.err)?;
        }
        let tree = self.target.tree(&input, console.program, &sources)?;
        if self.check {
            self.check(&tree, &sources, &warnings, console)
        } else {
            self.write(&tree, &sources, &warnings, &input, start, console)
        }
    }

    fn check(
        &self,
        tree: &Tree,
        sources: &FileSet,
        warnings: &[Diagnostic],
        console: &mut Console<'_>,
    ) -> Result<Outcome> {
        let changes = tree.compare()?;
        if self.reporting.format == DiagnosticFormat::Json {
            diagnostics::json(warnings, sources.left_out(), &changes, console.out)?;
            return Ok(if changes.is_empty() { Outcome::Done } else { Outcome::Rejected });
        }
        if changes.is_empty() {
            writeln!(console.out, "{} files are up to date", tree.files.len())?;
            return Ok(Outcome::Done);
        }
        for change in &changes {
            writeln!(console.err, "{}: {}", change.state.name(), change.name)?;
            if self.reporting.verbose {
                show(change, console.err)?;
            }
        }
        writeln!(console.err, "run `{} generate` to fix this, and commit the result", console.program.name())?;
        Ok(Outcome::Rejected)
    }

    fn write(
        &self,
        tree: &Tree,
        sources: &FileSet,
        warnings: &[Diagnostic],
        input: &Input,
        start: Instant,
        console: &mut Console<'_>,
    ) -> Result<Outcome> {
        let changes = tree.compare()?;
        if self.reporting.format == DiagnosticFormat::Json {
            tree.apply(&changes)?;
            diagnostics::json(warnings, sources.left_out(), &changes, console.out)?;
            return Ok(Outcome::Done);
        }
        // Runs before the recorded inputs are replaced.
        let news = last_time::changes_since(&self.target.generated(), input, self.target.version());
        tree.apply(&changes)?;
        if self.target.lists_files() || self.reporting.verbose {
            self.list(&changes, console.out)?;
        }
        let removed = changes.iter().filter(|change| change.state == State::Orphaned).count();
        let written = changes.len() - removed;
        let (total, lines, elapsed) = (tree.files.len(), tree.lines(), start.elapsed().as_millis());
        writeln!(
            console.out,
            "{total} files, {lines} lines: {written} written, {removed} removed, {} unchanged, in {elapsed} ms",
            total - written,
        )?;
        write!(console.out, "{}", news.unwrap_or_default())?;
        Ok(Outcome::Done)
    }

    fn list(&self, changes: &[Change], out: &mut dyn Write) -> Result<()> {
        for change in changes {
            writeln!(out, "{} {}", if change.state == State::Orphaned { "removed" } else { "wrote" }, change.name)?;
            if self.reporting.verbose {
                show(change, out)?;
            }
        }
        Ok(())
    }
}

fn show(change: &Change, out: &mut dyn Write) -> Result<()> {
    let diff = TextDiff::from_lines(change.old.as_str(), change.new.as_str());
    let diff = diff.unified_diff().context_radius(2).header("on disk", "generated").to_string();
    for line in diff.lines() {
        let style = match line.as_bytes() {
            [b'-', ..] => BAD,
            [b'+', ..] => GOOD,
            [b'@', ..] => ASIDE,
            _ => Style::new(),
        };
        writeln!(out, "{style}{line}{style:#}")?;
    }
    Ok(())
}
