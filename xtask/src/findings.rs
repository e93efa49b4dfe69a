//! How findings are shown.

use std::io::Write;

use anyhow::Result;
use generator::Diagnostic;

use crate::Outcome;

/// Shows them all, and how many there are.
pub(crate) fn report(findings: &[Diagnostic], err: &mut dyn Write) -> Result<Outcome> {
    report_with(findings, "nothing was written", err)
}

/// The same with what comes of them.
pub(crate) fn report_with(findings: &[Diagnostic], end: &str, err: &mut dyn Write) -> Result<Outcome> {
    for finding in findings {
        writeln!(err, "{finding}\n")?;
    }
    let count = if findings.len() == 1 { "1 finding".to_owned() } else { format!("{} findings", findings.len()) };
    writeln!(err, "{count}; {end}")?;
    Ok(Outcome::Refused)
}
