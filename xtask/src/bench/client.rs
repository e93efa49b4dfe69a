//! The benchmarks of the package `benches`: criterion's, valgrind's, and pairwise ones.

use anyhow::{Context, Result, ensure};

use super::instructions;
use super::programs::{bench, lines};
use super::row::Row;
use crate::project::Project;

pub(super) fn measure(project: &Project, rows: Option<u64>, rounds: Option<u64>) -> Result<Vec<Row>> {
    let status = bench(project, "times").status().context("cannot run cargo")?;
    ensure!(status.success(), "the benchmark `times` failed");
    let counted = instructions::count(project)?;
    let mut measured = self::rows(project, "pairs", &[("--rows", rows), ("--rounds", rounds)])?;
    measured.extend(counted);
    Ok(measured)
}

/// Runs a benchmark with the given options and returns its rows.
pub(super) fn rows(project: &Project, name: &str, options: &[(&str, Option<u64>)]) -> Result<Vec<Row>> {
    let mut measuring = bench(project, name);
    measuring.arg("--");
    for (option, number) in options {
        if let Some(number) = number {
            measuring.args([option, number.to_string().as_str()]);
        }
    }
    let lines = lines(&mut measuring).with_context(|| format!("the benchmark `{name}` failed"))?;
    lines.lines().map(|line| serde_json::from_str(line).with_context(|| format!("no row: {line}"))).collect()
}
