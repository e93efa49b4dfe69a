//! Benchmarks as programs, and what they write.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use crate::cargo;
use crate::project::Project;

/// One of the benchmarks; what it says about its progress is shown.
pub(super) fn bench(project: &Project, name: &str) -> Command {
    let mut cargo = cargo::command(project);
    cargo.args(["bench", "--quiet", "--package", "benches", "--bench", name]);
    cargo
}

/// What a program writes, while its messages are shown.
pub(super) fn lines(command: &mut Command) -> Result<String> {
    let ended = command.stderr(Stdio::inherit()).output().context("cannot run cargo")?;
    ensure!(ended.status.success(), "it ended with {}", ended.status);
    Ok(String::from_utf8(ended.stdout)?)
}
