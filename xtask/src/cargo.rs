//! Runs cargo for the project.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use crate::command;
use crate::project::Project;

/// Returns a cargo command that runs in the project's directory.
pub(crate) fn command(project: &Project) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(project.path("."));
    cargo
}

/// Returns cargo's target directory, which variables and files outside the project can change.
pub(crate) fn target_directory(project: &Project) -> Result<PathBuf> {
    let metadata = metadata(command(project), &["--no-deps"])?;
    let directory = metadata["target_directory"].as_str().context("`cargo metadata` names no target directory")?;
    Ok(directory.into())
}

/// Returns the version of one of the project's dependencies.
pub(crate) fn version(project: &Project, package: &str) -> Result<String> {
    let metadata = metadata(command(project), &[])?;
    let found = metadata["packages"].as_array().into_iter().flatten().find(|found| found["name"] == package);
    let version = found.and_then(|found| found["version"].as_str());
    Ok(version.with_context(|| format!("the project does not depend on {package}"))?.to_owned())
}

fn metadata(mut cargo: Command, arguments: &[&str]) -> Result<Value> {
    let metadata = command::output(cargo.args(["metadata", "--format-version=1"]).args(arguments))?;
    serde_json::from_str(&metadata).context("`cargo metadata` did not write JSON")
}
