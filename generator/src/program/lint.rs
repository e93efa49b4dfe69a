//! Implements `lint`: reports every problem of documents.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};

use super::diagnostics::{self, DiagnosticFormat};
use super::{Console, Inputs, Outcome};

/// Reports the diagnostics of all documents together. For a single document, writes an overlay that removes the parts
/// with errors.
pub fn lint(
    documents: &[Inputs],
    overlay: Option<&Path>,
    format: DiagnosticFormat,
    console: &mut Console<'_>,
) -> Result<Outcome> {
    ensure!(overlay.is_none() || documents.len() == 1, "--suggest-overlay is for a single document");
    let mut found = Vec::new();
    let mut is_rejected = false;
    for inputs in documents {
        let result = crate::lint(&inputs.read()?);
        is_rejected |= result.is_err();
        found.extend(result.unwrap_or_else(|rejected| rejected));
    }
    if is_rejected {
        let outcome = diagnostics::report(&found, "the generator rejects this", format, console)?;
        match (documents, overlay) {
            ([inputs], Some(path)) => {
                write_overlay(inputs, path)?;
                writeln!(console.err, "wrote {0}; pass it as --overlay {0}", path.display())?;
            }
            ([inputs], None) if format == DiagnosticFormat::Text => {
                diagnostics::mention_overlay(&inputs.read()?, &inputs.spec.shown, console)?;
            }
            _ => {}
        }
        return Ok(outcome);
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

fn write_overlay(inputs: &Inputs, path: &Path) -> Result<()> {
    let Some(text) = crate::suggest_overlay(&inputs.read()?) else {
        bail!("no overlay is written: not all errors are in operations or components, or no operation would remain");
    };
    fs::write(path, text).with_context(|| format!("cannot write {}", path.display()))
}
