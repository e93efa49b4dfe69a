//! `generate`, `generate --check` and `lint`.

use std::io::Write;
use std::time::Instant;

use anyhow::Result;
use generator::Scope;
use similar::TextDiff;

use crate::project::Project;
use crate::tree::{self, Change, State};
use crate::{Outcome, diff, findings, inputs, timings};

pub(crate) fn generate(
    project: &Project,
    verbose: bool,
    timings: bool,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Outcome> {
    let start = Instant::now();
    let input = inputs::read(project)?;
    let files = match timings::generate(&input, Scope::Generated, timings, out)? {
        Ok(files) => files,
        Err(findings) => return findings::report(&findings, err),
    };
    let told = diff::since_last_time(project, &input)?;
    let changes = tree::compare(project, &files)?;
    tree::apply(project, &changes)?;
    for change in &changes {
        writeln!(out, "{} {}", if change.state == State::Orphaned { "removed" } else { "wrote" }, change.name)?;
        if verbose {
            show(change, out)?;
        }
    }
    let removed = changes.iter().filter(|change| change.state == State::Orphaned).count();
    let written = changes.len() - removed;
    let total = files.iter().count();
    let elapsed = start.elapsed().as_millis();
    writeln!(
        out,
        "{total} files, {} lines: {written} written, {removed} removed, {} unchanged, in {elapsed} ms",
        files.lines(),
        total - written,
    )?;
    write!(out, "{}", told.unwrap_or_default())?;
    Ok(Outcome::Done)
}

pub(crate) fn check(
    project: &Project,
    verbose: bool,
    timings: bool,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Outcome> {
    let files = match timings::generate(&inputs::read(project)?, Scope::Generated, timings, out)? {
        Ok(files) => files,
        Err(findings) => return findings::report(&findings, err),
    };
    let changes = tree::compare(project, &files)?;
    if changes.is_empty() {
        writeln!(out, "{} files are up to date", files.iter().count())?;
        return Ok(Outcome::Done);
    }
    for change in &changes {
        writeln!(err, "{}: {}", change.state.name(), change.name)?;
        if verbose {
            show(change, err)?;
        }
    }
    writeln!(err, "run `cargo xtask generate` to mend this, and commit what it writes")?;
    Ok(Outcome::Refused)
}

pub(crate) fn lint(project: &Project, out: &mut dyn Write, err: &mut dyn Write) -> Result<Outcome> {
    match generator::lint(&inputs::read(project)?) {
        Ok(()) => {
            writeln!(out, "{} and its samples keep every rule", Project::SPEC)?;
            Ok(Outcome::Done)
        }
        Err(findings) => findings::report(&findings, err),
    }
}

fn show(change: &Change, out: &mut dyn Write) -> Result<()> {
    let diff = TextDiff::from_lines(change.old.as_str(), change.new.as_str());
    write!(out, "{}", diff.unified_diff().context_radius(2).header("on disk", "generated"))?;
    Ok(())
}
