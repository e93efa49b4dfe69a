//! `mock`: serves the stand-in for the API. It is an example of the client crate, so that this command builds without the crate
//! that it generates.

use std::process::Command;

use anyhow::{Context, Result};

use crate::Outcome;
use crate::project::Project;

pub(crate) fn mock(project: &Project, port: Option<u16>, seed: Option<u64>) -> Result<Outcome> {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(["run", "--quiet", "--package", "promotekit", "--features", "mock", "--example", "mock", "--"]);
    if let Some(port) = port {
        command.args(["--port", &port.to_string()]);
    }
    if let Some(seed) = seed {
        command.args(["--seed", &seed.to_string()]);
    }
    let status = command.current_dir(project.path("")).status().context("cannot run cargo")?;
    Ok(if status.success() { Outcome::Done } else { Outcome::Refused })
}
