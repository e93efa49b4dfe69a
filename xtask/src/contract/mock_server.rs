//! A running mock server with the objects that the document's examples reference.

use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use serde_json::Value;

use super::bench::Bench;
use super::command;
use super::server::Server;

pub(super) struct MockServer {
    pub(super) url: String,
    pub(super) api_key: String,
    /// Stops the server when dropped.
    server: Server,
}

impl MockServer {
    /// Starts a server that logs to a file of the part.
    pub(super) fn start(bench: &Bench, part: &str) -> Result<Self> {
        let mut program = Command::new(build(bench)?);
        let mut server =
            Server::start(program.args(["--examples", "--no-limit"]), &bench.path(&format!("{part}.log")))?;
        let url = format!("http://{}", server.address("http://")?);
        let api_key = server.address("Authorization: Bearer ")?;
        Ok(Self { url, api_key, server })
    }

    /// Returns the server's output: only its address, unless something failed.
    pub(super) fn log(&self) -> Result<String> {
        self.server.log()
    }
}

/// Builds the program and returns its path. The program runs without cargo, so that killing it leaves no process.
fn build(bench: &Bench) -> Result<String> {
    let mut cargo = bench.cargo();
    cargo.args(["build", "--quiet", "--package=promotekit", "--features=mock", "--example=mock"]);
    cargo.arg("--message-format=json-render-diagnostics").stderr(Stdio::inherit());
    let messages = command::output(&mut cargo)?;
    messages.lines().find_map(executable).context("cargo named no program")
}

fn executable(message: &str) -> Option<String> {
    let message: Value = serde_json::from_str(message).ok()?;
    message["executable"].as_str().map(str::to_owned)
}
