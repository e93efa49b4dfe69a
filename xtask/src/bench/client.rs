//! The benchmarks of the package `benches`: criterion's, valgrind's, and those in pairs.

use std::process::{Command, Stdio};

use anyhow::{Context, Result, ensure};

use super::instructions;
use super::row::Row;
use crate::cargo;
use crate::project::Project;

pub(super) fn measure(project: &Project, rows: Option<u64>, rounds: Option<u64>) -> Result<Vec<Row>> {
    let status = bench(project, "times").status().context("cannot run cargo")?;
    ensure!(status.success(), "the benchmark `times` failed");
    let counted = instructions::count(project)?;
    let mut pairs = bench(project, "pairs");
    pairs.arg("--");
    for (name, number) in [("--rows", rows), ("--rounds", rounds)] {
        if let Some(number) = number {
            pairs.args([name, &number.to_string()]);
        }
    }
    let lines = lines(&mut pairs).context("the benchmark `pairs` failed")?;
    let measured = lines.lines().map(|line| serde_json::from_str(line).with_context(|| format!("no row: {line}")));
    measured.chain(counted.into_iter().map(Ok)).collect()
}

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
