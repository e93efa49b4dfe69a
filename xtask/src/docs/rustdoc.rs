//! Builds the client crate's rustdoc into a directory of the site.

use anyhow::{Result, ensure};
use toml::Value;

use super::staging::Staging;
use crate::cargo;
use crate::project::Project;

/// The directory of the rustdoc in the site.
pub(super) const DIRECTORY: &str = "rustdoc";

/// Builds the rustdoc in its own target directory: rustdoc adds to existing output, so its search would list other
/// crates as well.
pub(super) fn build(project: &Project, site: &Staging) -> Result<()> {
    let target = cargo::target_directory(project)?;
    let alone = target.join("docs/rustdoc");
    let mut command = cargo::command(project);
    command.args(["doc", "--package=promotekit", "--no-deps", "--features=blocking,mock"]);
    command.arg("--target-dir").arg(&alone);
    // Reuses compiled dependencies. Versions of cargo without this setting compile them again.
    command.arg("--config").arg(format!("build.build-dir={}", Value::from(target.display().to_string())));
    let status = command.status()?;
    ensure!(status.success(), "cargo doc ended with {status}");
    site.copy(&alone.join("doc"), DIRECTORY)
}
