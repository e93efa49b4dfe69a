//! `generate`, `generate --check` and `lint`.

use std::io::Write;
use std::time::Instant;

use anstyle::Style;
use anyhow::Result;
use generator::Scope;
use similar::TextDiff;

use crate::project::Project;
use crate::style::{ASIDE, BAD, GOOD};
use crate::tree::{self, Change, State};
use crate::{FindingFormat, Outcome, diff, findings, inputs, timings, version};

pub(crate) fn generate(
    project: &Project,
    verbose: bool,
    format: FindingFormat,
    timings: bool,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Outcome> {
    let start = Instant::now();
    let input = inputs::read(project)?;
    let files = match timings::generate(&input, Scope::Generated, timings, out)? {
        Ok(files) => files,
        Err(findings) => return findings::report(&findings, findings::NOTHING_WRITTEN, format, out, err),
    };
    let changes = tree::compare(project, &files)?;
    if format == FindingFormat::Json {
        tree::apply(project, &changes)?;
        findings::json(&[], &changes, out)?;
        return Ok(Outcome::Done);
    }
    // Before the inputs of the last time are replaced.
    let current = version::current(project);
    let told = diff::since_last_time(&project.path(Project::GENERATED), &input, current.as_deref());
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
    format: FindingFormat,
    timings: bool,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Outcome> {
    let files = match timings::generate(&inputs::read(project)?, Scope::Generated, timings, out)? {
        Ok(files) => files,
        Err(findings) => return findings::report(&findings, "nothing was compared", format, out, err),
    };
    let changes = tree::compare(project, &files)?;
    if format == FindingFormat::Json {
        findings::json(&[], &changes, out)?;
        return Ok(if changes.is_empty() { Outcome::Done } else { Outcome::Refused });
    }
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

pub(crate) fn lint(
    project: &Project,
    format: FindingFormat,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Outcome> {
    if let Err(findings) = generator::lint(&inputs::read(project)?) {
        return findings::report(&findings, "the generator does not take this", format, out, err);
    }
    match format {
        FindingFormat::Text => writeln!(out, "{} and its samples keep every rule", Project::SPEC)?,
        FindingFormat::Json => findings::json(&[], &[], out)?,
    }
    Ok(Outcome::Done)
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
