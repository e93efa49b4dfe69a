//! `mock`: runs the mock server. The server is an example of the client crate, so this command builds without the crate
//! that it generates.

use anyhow::{Context, Result};

use crate::project::Project;
use crate::{Outcome, cargo};

pub(crate) fn mock(project: &Project, port: Option<u16>, seed: Option<u64>) -> Result<Outcome> {
    let mut command = cargo::command(project);
    command.args(["run", "--quiet", "--package", "promotekit", "--features", "mock", "--example", "mock", "--"]);
    if let Some(port) = port {
        command.args(["--port", &port.to_string()]);
    }
    if let Some(seed) = seed {
        command.args(["--seed", &seed.to_string()]);
    }
    let status = command.status().context("cannot run cargo")?;
    Ok(if status.success() { Outcome::Done } else { Outcome::Rejected })
}
