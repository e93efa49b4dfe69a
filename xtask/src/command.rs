//! Runs commands that must succeed; the error contains their output.

use std::process::Command;

use anyhow::{Context, Result, bail};

/// Runs a command and returns its standard output.
pub(crate) fn output(command: &mut Command) -> Result<String> {
    let program = command.get_program().to_string_lossy().into_owned();
    let ended = command.output().with_context(|| format!("cannot start {program}"))?;
    let text = String::from_utf8_lossy(&ended.stdout).into_owned();
    if !ended.status.success() {
        let errors = String::from_utf8_lossy(&ended.stderr);
        bail!("{program} ended with {}\n{text}{errors}", ended.status);
    }
    Ok(text)
}
