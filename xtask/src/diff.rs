//! `diff`: what changed in the spec for users of the client crate.

use std::fs;
use std::io::Write;
use std::path::Path;

use anyhow::Result;
use generator::{Changes, Input, Side, Source, Unreadable, is_generated};

use crate::project::Project;
use crate::{Format, Outcome, changelog, earlier, findings, inputs, version};

/// The inputs of the last time, beside what was made of them.
const RECORDED: [&str; 2] = ["inputs/openapi.yaml", "inputs/generator.toml"];

pub(crate) fn diff(
    project: &Project,
    old: &str,
    format: Format,
    into_changelog: bool,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Outcome> {
    let (earlier, present) = (earlier::read(project, old)?, inputs::read(project)?);
    let changes = match generator::diff(&earlier, &present) {
        Ok(changes) => changes,
        Err(unreadable) => return report(&unreadable, old, err),
    };
    let current = version::current(project);
    show(&changes, old, format, current.as_deref(), out)?;
    if into_changelog && !changes.is_empty() {
        let is_new = changelog::record(project, &changes.markdown(current.as_deref()))?;
        writeln!(err, "{} {}", Project::CHANGELOG, if is_new { "has the new section" } else { "has it already" })?;
    }
    Ok(Outcome::Done)
}

fn show(changes: &Changes, old: &str, format: Format, current: Option<&str>, out: &mut dyn Write) -> Result<()> {
    match format {
        Format::Json => writeln!(out, "{:#}", changes.json(current))?,
        _ if changes.is_empty() => writeln!(out, "nothing changed since {old}")?,
        Format::Text => write!(out, "{}", changes.text(current))?,
        Format::Markdown => write!(out, "{}", changes.markdown(current))?,
    }
    Ok(())
}

fn report(unreadable: &Unreadable, old: &str, err: &mut dyn Write) -> Result<Outcome> {
    let end = match unreadable.side {
        Side::Old => format!("{old} cannot be compared with, because the generator does not take what it has"),
        Side::New => "there is nothing to compare, because the generator does not take this spec".to_owned(),
    };
    findings::text(&unreadable.findings, &end, err)?;
    Ok(Outcome::Refused)
}

/// What changed since files were generated into that folder the last time, in short; none if that is not known, or if
/// nothing did.
pub(crate) fn since_last_time(generated: &Path, input: &Input, current: Option<&str>) -> Option<String> {
    let [spec, config] = RECORDED.map(|name| recorded(&generated.join(name)));
    let last = Input { spec: spec?, config: config?, samples: Vec::new() };
    if (&last.spec.text, &last.config.text) == (&input.spec.text, &input.config.text) {
        return None;
    }
    match generator::diff(&last, input) {
        Ok(changes) if changes.is_empty() => None,
        Ok(changes) => Some(changes.short_text(current)),
        // Nothing depends on it: the files were made.
        Err(unreadable) => Some(format!("what changed is not told: {unreadable}\n")),
    }
}

/// An input as it was; the first line was added to the copy.
fn recorded(path: &Path) -> Option<Source> {
    let text = fs::read_to_string(path).ok().filter(|text| is_generated(text))?;
    let own = text.split_once('\n').map_or("", |(_, rest)| rest);
    Some(inputs::source(&path.to_string_lossy(), own))
}
