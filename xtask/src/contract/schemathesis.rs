//! Tests the mock server with schemathesis, which sends valid and invalid requests and validates each response.

use std::fs;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use super::Report;
use super::bench::Bench;
use super::mock_server::MockServer;
use crate::project::Project;

/// All phases. The stateful phase follows links between operations, which schemathesis infers.
const PHASES: &str = "--phases=examples,coverage,fuzzing,stateful";
/// Fuzzing examples per operation, about half of them valid; a run takes a minute or two.
const EXAMPLES: &str = "--max-examples=500";
/// Makes runs reproducible.
const SEED: &str = "--seed=1";
/// There is no `--max-time`: it would extend fuzzing until that time is over.
const PATIENCE: &str = "--request-timeout=10";

pub(super) fn run(bench: &Bench) -> Result<Report> {
    let mock_server = MockServer::start(bench, "schemathesis")?;
    // State of an earlier run would change this one.
    let directory = bench.empty("schemathesis")?;
    let report = directory.join("report.json");
    let ended =
        command(bench, &mock_server, &report)?.current_dir(&directory).output().context("cannot start Python")?;
    let output = format!("{}{}", String::from_utf8_lossy(&ended.stdout), String::from_utf8_lossy(&ended.stderr));
    let text = fs::read_to_string(&report).with_context(|| format!("schemathesis left no report\n{output}"))?;
    let totals = Totals::of(&serde_json::from_str(&text).context("the report of schemathesis is not JSON")?)
        .context("the report of schemathesis is not as expected")?;
    let failures = if ended.status.success() { totals.failures } else { totals.failures.max(1) };
    Ok(Report {
        figures: format!("{} operations, {} requests", totals.operations, totals.requests),
        failures,
        details: if failures > 0 {
            format!("{output}\nwhat the mock server said:\n{}", mock_server.log()?)
        } else {
            String::new()
        },
    })
}

fn command(bench: &Bench, mock_server: &MockServer, report: &Path) -> Result<Command> {
    let mut python = bench.python()?;
    python.args(["-m", "schemathesis.cli"]);
    python.arg("--config-file").arg(bench.project.path("xtask/src/contract/schemathesis.toml"));
    python.arg("run").arg(bench.project.path(Project::SPEC)).arg("--url").arg(&mock_server.url);
    python.args(["--header", &format!("Authorization: Bearer {}", mock_server.api_key)]);
    python.args(["--checks=all", PHASES, EXAMPLES, SEED, PATIENCE, "--continue-on-failure"]);
    python.args(["--generation-database=none", "--no-color", "--report=json"]);
    python.arg("--report-json-path").arg(report);
    python.env("SCHEMATHESIS_HOOKS", bench.project.path("xtask/src/contract/conditions.py"));
    // Disables proxies for this machine.
    python.env("NO_PROXY", "*");
    Ok(python)
}

/// The figures of a report.
#[derive(Debug, PartialEq, Eq)]
struct Totals {
    operations: u64,
    requests: u64,
    failures: usize,
}

impl Totals {
    /// An untested operation counts as a failed check.
    fn of(report: &Value) -> Option<Self> {
        let operations = report["operations"]["tested"].as_u64()?;
        let untested = report["operations"]["total"].as_u64()?.saturating_sub(operations);
        let found = report["failures"].as_array()?.len() + report["errors"].as_array()?.len();
        let incomplete = usize::from(!report["complete"].as_bool()?);
        Some(Self {
            operations,
            requests: report["test_cases"]["generated"].as_u64()?,
            failures: found + incomplete + usize::try_from(untested).ok()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::Totals;

    #[test]
    fn what_was_not_tested_is_a_failure() {
        let report = |tested: u64, complete: bool| {
            let operations = json!({"total": 15, "tested": tested});
            let cases = json!({"generated": 9});
            Totals::of(
                &json!({"operations": operations, "test_cases": cases, "complete": complete, "failures": [], "errors": []}),
            )
        };
        assert_eq!(report(15, true), Some(Totals { operations: 15, requests: 9, failures: 0 }));
        assert_eq!(report(13, true), Some(Totals { operations: 13, requests: 9, failures: 2 }));
        assert_eq!(report(15, false), Some(Totals { operations: 15, requests: 9, failures: 1 }));
        assert_eq!(Totals::of(&json!({})), None);
    }
}
