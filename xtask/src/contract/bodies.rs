//! Checks a directory of response bodies with an independent validator: `bodies.py`.

use std::path::Path;

use anyhow::{Context, Result};

use super::bench::Bench;
use super::command;
use crate::project::Project;

/// Whether bodies must match their schema.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Expected {
    Fit,
    Mismatch,
}

/// The files `<operation>/<name><ending>` below a directory.
pub(super) struct Bodies {
    pub(super) ending: &'static str,
    /// The status key of the response with the schema, such as `2XX`.
    pub(super) status: &'static str,
    pub(super) expected: Expected,
}

/// The result of a check.
pub(super) struct Checked {
    pub(super) count: usize,
    /// A line for each body with an unexpected result.
    pub(super) failures: Vec<String>,
}

/// Checks each body against its operation's response.
pub(super) fn check(bench: &Bench, directory: &Path, bodies: &Bodies) -> Result<Checked> {
    let mut python = bench.python()?;
    python.arg(bench.project.path("xtask/src/contract/bodies.py"));
    python.arg(bench.project.path(Project::SPEC)).arg(directory);
    python.arg(format!("--ending={}", bodies.ending)).arg(format!("--status={}", bodies.status));
    if bodies.expected == Expected::Mismatch {
        python.arg("--mismatch");
    }
    let output = command::output(&mut python)?;
    let mut lines: Vec<String> = output.lines().map(str::to_owned).collect();
    let count = lines.pop().and_then(|last| last.parse().ok()).context("bodies.py did not say how many it read")?;
    Ok(Checked { count, failures: lines })
}
