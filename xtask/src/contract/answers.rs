//! The answers of the mock server before an independent validator: a success and a failure of each operation.

use std::path::Path;

use anyhow::Result;

use super::bench::Bench;
use super::bodies::{Bodies, Expected, check};
use super::mock_server::MockServer;
use super::{Report, command};
use crate::project::Project;

const SUCCESSES: Bodies = Bodies { ending: ".success.json", status: "2XX", expected: Expected::Fit };
const FAILURES: Bodies = Bodies { ending: ".failure.json", status: "4XX", expected: Expected::Fit };

pub(super) fn run(bench: &Bench) -> Result<Report> {
    let folder = bench.empty("answers")?;
    collect(bench, &folder)?;
    let successes = check(bench, &folder, &SUCCESSES)?;
    let rejections = check(bench, &folder, &FAILURES)?;
    let mismatches = [successes.failures, rejections.failures].concat();
    Ok(Report {
        figures: format!("{} successes and {} refusals that have to fit", successes.count, rejections.count),
        failures: mismatches.len(),
        details: mismatches.join("\n"),
    })
}

/// Fills a folder with answers. A status that is not as expected is an error.
fn collect(bench: &Bench, folder: &Path) -> Result<()> {
    let mock_server = MockServer::start(bench, "answers")?;
    let mut python = bench.python()?;
    python.arg(bench.project.path("xtask/src/contract/answers.py"));
    python.arg(bench.project.path(Project::SPEC)).arg(folder);
    python.args(["--url", &mock_server.url, "--key", &mock_server.api_key]);
    command::output(&mut python).map(drop)
}
