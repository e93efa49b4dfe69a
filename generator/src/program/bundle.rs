//! Implements `generate --bundle`: writes a document as one OpenAPI 3.0 document in a single file.

use std::path::PathBuf;

use anyhow::{Context, Result};

use super::diagnostics::{self, DiagnosticFormat, NOTHING_WRITTEN};
use super::{Console, Inputs, Outcome};

/// The inputs and the file to write.
#[derive(Clone, Debug)]
pub struct Bundle {
    /// The inputs.
    pub inputs: Inputs,
    /// The file to write.
    pub out: PathBuf,
    /// The format of diagnostics.
    pub format: DiagnosticFormat,
}

impl Bundle {
    /// Writes the file.
    pub fn run(&self, console: &mut Console<'_>) -> Result<Outcome> {
        let name = self.out.display().to_string();
        let files = match crate::bundle(&self.inputs.read()?, &name) {
            Ok(files) => files,
            Err(found) => return diagnostics::report(&found, NOTHING_WRITTEN, self.format, console),
        };
        let text = files.get(&name).unwrap_or_default();
        std::fs::write(&self.out, text).with_context(|| format!("cannot write {name}"))?;
        if self.format == DiagnosticFormat::Json {
            diagnostics::json(files.warnings(), files.left_out(), &[], console.out)?;
            return Ok(Outcome::Done);
        }
        diagnostics::warn(files.warnings(), console.err)?;
        diagnostics::left_out(&files, console.err)?;
        writeln!(console.out, "wrote {name}: {} lines", text.lines().count())?;
        Ok(Outcome::Done)
    }
}
