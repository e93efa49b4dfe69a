//! Checks responses of the mock server with an independent validator: a success and an error of each operation.

use std::path::Path;

use anyhow::Result;

use super::bench::Bench;
use super::bodies::{Bodies, Expected, check};
use super::mock_server::MockServer;
use super::{Report, command};
use crate::project::Project;

const SUCCESSES: Bodies = Bodies { ending: ".success.json", status: "2XX", expected: Expected::Fit };
const FAILURES: Bodies = Bodies { ending: ".error.json", status: "4XX", expected: Expected::Fit };

pub(super) fn run(bench: &Bench) -> Result<Report> {
    let directory = bench.empty("responses")?;
    collect(bench, &directory)?;
    let successes = check(bench, &directory, &SUCCESSES)?;
    let rejections = check(bench, &directory, &FAILURES)?;
    let mismatches = [successes.failures, rejections.failures].concat();
    Ok(Report {
        figures: format!("{} successes and {} error responses that have to fit", successes.count, rejections.count),
        failures: mismatches.len(),
        details: mismatches.join("\n"),
    })
}

/// Fills a directory with responses. An unexpected status is an error.
fn collect(bench: &Bench, directory: &Path) -> Result<()> {
    let mock_server = MockServer::start(bench, "responses")?;
    let mut python = bench.python()?;
    python.arg(bench.project.path("xtask/src/contract/responses.py"));
    python.arg(bench.project.path(Project::SPEC)).arg(directory);
    python.args(["--url", &mock_server.url, "--key", &mock_server.api_key]);
    command::output(&mut python).map(drop)
}
