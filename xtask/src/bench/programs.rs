//! Benchmarks as programs, and their output.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use crate::cargo;
use crate::project::Project;

/// Returns the command of a benchmark.
pub(super) fn bench(project: &Project, name: &str) -> Command {
    let mut cargo = cargo::command(project);
    cargo.args(["bench", "--quiet", "--package", "benches", "--bench", name]);
    cargo
}

/// Returns a program's standard output; its standard error is passed through.
pub(super) fn lines(command: &mut Command) -> Result<String> {
    let ended = command.stderr(Stdio::inherit()).output().context("cannot run cargo")?;
    ensure!(ended.status.success(), "it ended with {}", ended.status);
    Ok(String::from_utf8(ended.stdout)?)
}
