//! Implements `lint`: reports every problem of documents.

use anyhow::Result;

use super::diagnostics::{self, DiagnosticFormat};
use super::{Console, Inputs, Outcome};

/// Reports the diagnostics of all documents together.
pub fn lint(documents: &[Inputs], format: DiagnosticFormat, console: &mut Console<'_>) -> Result<Outcome> {
    let mut found = Vec::new();
    let mut is_rejected = false;
    for inputs in documents {
        let result = crate::lint(&inputs.read()?);
        is_rejected |= result.is_err();
        found.extend(result.unwrap_or_else(|rejected| rejected));
    }
    if is_rejected {
        return diagnostics::report(&found, "the generator rejects this", format, console);
    }
    match format {
        DiagnosticFormat::Text => {
            diagnostics::warn(&found, console.err)?;
            for Inputs { spec, samples, .. } in documents {
                let (and_samples, pass) = if samples.is_some() { (" and its samples", "pass") } else { ("", "passes") };
                writeln!(console.out, "{}{and_samples} {pass} every rule", spec.shown)?;
            }
        }
        DiagnosticFormat::Json => diagnostics::json(&found, &[], &[], console.out)?,
    }
    Ok(Outcome::Done)
}
