//! Writes diagnostics as text for people, or as JSON for programs.

use std::io::Write;

use anyhow::Result;
use clap::ValueEnum;
use serde::Serialize;

use super::tree::Change;
use super::{Console, Outcome};
use crate::{Code, Diagnostic, FileSet, Input, Place, Program};

/// The format of diagnostics.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum DiagnosticFormat {
    /// For a terminal.
    #[default]
    Text,
    /// For editors and other programs: one object on standard output.
    Json,
}

/// The consequence of diagnostics for commands that write files.
pub const NOTHING_WRITTEN: &str = "nothing was written";

/// Reports all diagnostics and the consequence.
pub fn report(
    found: &[Diagnostic],
    consequence: &str,
    format: DiagnosticFormat,
    console: &mut Console<'_>,
) -> Result<Outcome> {
    match format {
        DiagnosticFormat::Text => text(found, consequence, console.program, console.err)?,
        DiagnosticFormat::Json => json(found, &[], &[], console.out)?,
    }
    Ok(Outcome::Rejected)
}

/// Writes each diagnostic, their number, the consequence, and where to read more.
fn text(found: &[Diagnostic], consequence: &str, program: Program, err: &mut dyn Write) -> Result<()> {
    warn(found, err)?;
    let warnings = found.iter().filter(|diagnostic| diagnostic.is_warning()).count();
    let errors = count(found.len() - warnings, "error");
    let warnings = if warnings > 0 { format!(", {}", count(warnings, "warning")) } else { String::new() };
    writeln!(err, "{errors}{warnings}; {consequence}")?;
    let mut codes: Vec<_> = found.iter().map(|diagnostic| diagnostic.code.name()).collect();
    codes.sort_unstable();
    codes.dedup();
    let (rule, all) = match codes.as_slice() {
        [code] => (*code, String::new()),
        _ => ("RULE", format!(": {}", codes.join(", "))),
    };
    let name = program.name();
    writeln!(err, "run `{name} lint --explain {rule}` for the reason and an example{all}")?;
    Ok(())
}

/// Mentions overlays, if one can remove all parts with errors.
pub(super) fn mention_overlay(input: &Input, shown: &str, console: &mut Console<'_>) -> Result<()> {
    if console.program == Program::Clientsmith && crate::suggest_overlay(input).is_some() {
        let command = format!("clientsmith lint {shown} --suggest-overlay overlay.yaml");
        writeln!(console.err, "run `{command}` for an overlay that removes the parts with errors")?;
    }
    Ok(())
}

/// Writes each diagnostic.
pub(super) fn warn(found: &[Diagnostic], err: &mut dyn Write) -> Result<()> {
    for diagnostic in found {
        writeln!(err, "{}\n", diagnostic.styled())?;
    }
    Ok(())
}

/// Lists the operations that were left out.
pub(super) fn left_out(files: &FileSet, err: &mut dyn Write) -> Result<()> {
    let left_out = files.left_out();
    if left_out.is_empty() {
        return Ok(());
    }
    let all = files.operations() + left_out.len();
    writeln!(err, "left out {} of {}:", left_out.len(), count(all, "operation"))?;
    for (operation, code) in left_out {
        writeln!(err, "  {operation} ({code})")?;
    }
    Ok(())
}

fn count(number: usize, unit: &str) -> String {
    format!("{number} {unit}{}", if number == 1 { "" } else { "s" })
}

/// Writes all diagnostics, and all generated files that are or were out of date.
pub(super) fn json(
    found: &[Diagnostic],
    left_out: &[(String, Code)],
    files: &[Change],
    out: &mut dyn Write,
) -> Result<()> {
    let diagnostics = found.iter().map(reported).collect();
    let files = files.iter().map(|Change { name, state, .. }| File { file: name, state: state.name() }).collect();
    let left_out = left_out.iter().map(|(operation, code)| LeftOut { operation, code: code.name() }).collect();
    writeln!(out, "{}", serde_json::to_string_pretty(&Report { diagnostics, left_out, files })?)?;
    Ok(())
}

/// Programs rely on the names of these fields; new ones may be added.
#[derive(Serialize)]
struct Report<'a> {
    diagnostics: Vec<Reported<'a>>,
    /// Absent unless operations were left out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    left_out: Vec<LeftOut<'a>>,
    files: Vec<File<'a>>,
}

#[derive(Serialize)]
struct LeftOut<'a> {
    operation: &'a str,
    code: &'a str,
}

#[derive(Serialize)]
struct Reported<'a> {
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

fn reported(diagnostic: &Diagnostic) -> Reported<'_> {
    let Diagnostic { code, message, place, help, .. } = diagnostic;
    let Place { file, line, column, source_line, pointer, .. } = place;
    Reported {
        code: code.name(),
        severity: if diagnostic.is_warning() { "warning" } else { "error" },
        message,
        help,
        file,
        line: *line,
        column: *column,
        pointer: pointer.as_deref(),
        source_line,
    }
}
