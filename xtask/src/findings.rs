//! How findings are told: as text for people, or as JSON for programs.

use std::io::Write;

use anyhow::Result;
use generator::{Diagnostic, Place};
use serde::Serialize;

use crate::tree::Change;
use crate::{FindingFormat, Outcome};

/// What comes of findings where files would be made.
pub(crate) const NOTHING_WRITTEN: &str = "nothing was written";

/// Shows them all, and what comes of them.
pub(crate) fn report(
    findings: &[Diagnostic],
    end: &str,
    format: FindingFormat,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> Result<Outcome> {
    match format {
        FindingFormat::Text => text(findings, end, err)?,
        FindingFormat::Json => json(findings, &[], out)?,
    }
    Ok(Outcome::Refused)
}

/// For people: each finding, how many there are, what comes of them, and where to read more.
pub(crate) fn text(findings: &[Diagnostic], end: &str, err: &mut dyn Write) -> Result<()> {
    for finding in findings {
        writeln!(err, "{}\n", finding.styled())?;
    }
    let count = if findings.len() == 1 { "1 finding".to_owned() } else { format!("{} findings", findings.len()) };
    writeln!(err, "{count}; {end}")?;
    let mut codes: Vec<_> = findings.iter().map(|finding| finding.code.name()).collect();
    codes.sort_unstable();
    codes.dedup();
    let (rule, all) = match codes.as_slice() {
        [code] => (*code, String::new()),
        _ => ("RULE", format!(": {}", codes.join(", "))),
    };
    writeln!(err, "`cargo xtask lint --explain {rule}` says why, and how it is done right{all}")?;
    Ok(())
}

/// For programs: all findings and all generated files that are not, or were not, what they should be.
pub(crate) fn json(findings: &[Diagnostic], files: &[Change], out: &mut dyn Write) -> Result<()> {
    let findings = findings.iter().map(finding).collect();
    let files = files.iter().map(|Change { name, state, .. }| File { file: name, state: state.name() }).collect();
    writeln!(out, "{}", serde_json::to_string_pretty(&Found { findings, files })?)?;
    Ok(())
}

/// The fields stay as they are; new ones may come.
#[derive(Serialize)]
struct Found<'a> {
    findings: Vec<Finding<'a>>,
    files: Vec<File<'a>>,
}

#[derive(Serialize)]
struct Finding<'a> {
    code: &'a str,
    severity: &'a str,
    message: &'a str,
    help: &'a str,
    file: &'a str,
    line: usize,
    column: usize,
    pointer: Option<&'a str>,
    source_line: &'a str,
}

#[derive(Serialize)]
struct File<'a> {
    file: &'a str,
    state: &'a str,
}

fn finding(finding: &Diagnostic) -> Finding<'_> {
    let Diagnostic { code, message, place, help, .. } = finding;
    let Place { file, line, column, source_line, pointer, .. } = place;
    Finding {
        code: code.name(),
        // All that is found stops the generator.
        severity: "error",
        message,
        help,
        file,
        line: *line,
        column: *column,
        pointer: pointer.as_deref(),
        source_line,
    }
}
