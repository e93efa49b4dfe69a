//! Implements `init`: proposes settings for a document.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use super::diagnostics::{self, DiagnosticFormat, NOTHING_WRITTEN};
use super::inputs::SETTINGS;
use super::{Console, Inputs, Outcome};
use crate::Proposal;

/// The inputs and the file to write.
#[derive(Clone, Debug)]
pub struct Init {
    /// The inputs; settings and samples are ignored.
    pub inputs: Inputs,
    /// The file to write; by default next to the document. `-` is standard output.
    pub out: Option<PathBuf>,
}

impl Init {
    /// Writes the file. An existing one stays unchanged, which is an error.
    pub fn run(self, console: &mut Console<'_>) -> Result<Outcome> {
        let inputs = Inputs { config: None, samples: None, ..self.inputs };
        let Proposal { text, sure, unsure } = match crate::propose(&inputs.read()?) {
            Ok(proposal) => proposal,
            Err(found) => return diagnostics::report(&found, NOTHING_WRITTEN, DiagnosticFormat::Text, console),
        };
        let path = self.out.unwrap_or_else(|| inputs.spec.path.with_file_name(SETTINGS));
        if path == Path::new("-") {
            console.out.write_all(text.as_bytes())?;
            return Ok(Outcome::Done);
        }
        let name = path.display();
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(mut file) => file.write_all(text.as_bytes()).with_context(|| format!("cannot write {name}"))?,
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                bail!("{name} exists; compare it with `init --out -`, which prints the proposal")
            }
            Err(error) => return Err(error).with_context(|| format!("cannot write {name}")),
        }
        let settings = counted(sure, "setting");
        writeln!(console.out, "wrote {name}: {settings}, and {} with what is not sure", counted(unsure, "comment"))?;
        Ok(Outcome::Done)
    }
}

fn counted(number: usize, name: &str) -> String {
    format!("{number} {name}{}", if number == 1 { "" } else { "s" })
}
