//! Every operation of the client against Prism, which validates each request and responds with the document's examples.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result};

use super::Report;
use super::bench::Bench;
use super::server::Server;
use crate::install;
use crate::project::Project;

/// The newest Prism for Node 20, with the packages that it requires by version range.
const PACKAGES: &[&str] = &[
    "@stoplight/prism-cli@5.14.2",
    "@stoplight/prism-core@5.8.0",
    "@stoplight/prism-http@5.12.0",
    "@stoplight/prism-http-server@5.12.2",
];

/// The variable from which the cases read its URL.
const VARIABLE: &str = "CONTRACT_PRISM_URL";

pub(super) fn run(bench: &Bench) -> Result<Report> {
    let program = program(bench)?;
    let mut server = Server::start(&mut mock(bench, &program), &bench.path("prism.log"))?;
    let url = server.address("Prism is listening on ")?;
    let cases = Cases::run(bench, &url)?;
    let log = server.log()?;
    let requests = log.matches("Request received").count();
    let rejections = log.lines().filter(|line| line.contains("✖")).collect::<Vec<_>>().join("\n");
    // A run without passed cases counts as failed.
    let failures = if cases.passed == 0 { cases.failed.max(1) } else { cases.failed };
    Ok(Report {
        figures: format!("{requests} requests, {} responses that fit", cases.passed),
        failures,
        details: if failures > 0 { format!("{}\nwhat Prism said:\n{rejections}", cases.output) } else { String::new() },
    })
}

/// Installs Prism and returns its program.
fn program(bench: &Bench) -> Result<PathBuf> {
    let modules = install::node(&bench.node, &bench.path("node"), PACKAGES)?;
    Ok(modules.join("@stoplight/prism-cli/dist/index.js"))
}

/// Returns the command of Prism: one process on a free port, which rejects requests that violate the document.
fn mock(bench: &Bench, program: &Path) -> Command {
    let mut node = bench.node.node.command();
    node.arg(program).args(["mock", "--errors", "--multiprocess=false", "--host=127.0.0.1", "--port=0", Project::SPEC]);
    node.current_dir(bench.project.path(".")).env("FORCE_COLOR", "0");
    node
}

/// The result of the cases of `tests/cases/contract.rs`.
struct Cases {
    passed: usize,
    failed: usize,
    output: String,
}

impl Cases {
    fn run(bench: &Bench, url: &str) -> Result<Self> {
        let mut cargo = bench.cargo();
        cargo.args(["test", "--package=tests", "--test=cases", "--", "contract::prism"]).env(VARIABLE, url);
        // Compiling can take a while, so standard error, with the progress and the compiler's errors, is inherited.
        let ended = cargo.stderr(Stdio::inherit()).output().context("cannot start cargo")?;
        let output = String::from_utf8_lossy(&ended.stdout).into_owned();
        let (passed, failed) = totals(&output).context("the cases were not run")?;
        Ok(Self { passed, failed, output })
    }
}

/// Parses the numbers in `test result: ok. 15 passed; 0 failed; …`.
fn totals(output: &str) -> Option<(usize, usize)> {
    let (_, totals) = output.lines().find_map(|line| line.strip_prefix("test result: ")?.split_once(". "))?;
    let number = |name: &str| totals.split("; ").find_map(|part| part.strip_suffix(name)?.trim().parse().ok());
    Some((number("passed")?, number("failed")?))
}

#[cfg(test)]
mod tests {
    use super::totals;

    #[test]
    fn totals_are_read_from_the_last_line_of_the_trials() {
        let line = |result: &str| format!("\ntest result: {result}; 0 ignored; 0 measured; 9 filtered out\n");
        assert_eq!(totals(&line("ok. 15 passed; 0 failed")), Some((15, 0)));
        assert_eq!(totals(&line("FAILED. 13 passed; 2 failed")), Some((13, 2)));
        assert_eq!(totals("error: could not compile"), None);
    }
}
