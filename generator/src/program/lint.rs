//! Implements `lint`: reports every problem of documents that stops the generator.

use anyhow::Result;

use super::diagnostics::{self, DiagnosticFormat};
use super::{Console, Inputs, Outcome};

/// Reports the diagnostics of all documents together.
pub fn lint(documents: &[Inputs], format: DiagnosticFormat, console: &mut Console<'_>) -> Result<Outcome> {
    let mut found = Vec::new();
    for inputs in documents {
        found.extend(crate::lint(&inputs.read()?).err().unwrap_or_default());
    }
    if !found.is_empty() {
        return diagnostics::report(&found, "the generator rejects this", format, console);
    }
    match format {
        DiagnosticFormat::Text => {
            for Inputs { spec, samples, .. } in documents {
                let (and_samples, pass) = if samples.is_some() { (" and its samples", "pass") } else { ("", "passes") };
                writeln!(console.out, "{}{and_samples} {pass} every rule", spec.shown)?;
            }
        }
        DiagnosticFormat::Json => diagnostics::json(&[], &[], console.out)?,
    }
    Ok(Outcome::Done)
}
