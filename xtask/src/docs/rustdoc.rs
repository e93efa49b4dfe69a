//! The client crate → its rustdoc, in a directory of the site.

use anyhow::{Result, ensure};
use toml::Value;

use super::staging::Staging;
use crate::cargo;
use crate::project::Project;

/// Where it is in the site.
pub(super) const DIRECTORY: &str = "rustdoc";

/// Builds it where nothing but it is, since rustdoc adds to what it finds there: other crates would be in its search.
pub(super) fn build(project: &Project, site: &Staging) -> Result<()> {
    let target = cargo::target_directory(project)?;
    let alone = target.join("docs/rustdoc");
    let mut command = cargo::command(project);
    command.args(["doc", "--package=promotekit", "--no-deps", "--features=blocking,mock"]);
    command.arg("--target-dir").arg(&alone);
    // What was compiled already is not compiled again. Versions of Cargo that do not know this compile it once more.
    command.arg("--config").arg(format!("build.build-dir={}", Value::from(target.display().to_string())));
    let status = command.status()?;
    ensure!(status.success(), "cargo doc ended with {status}");
    site.copy(&alone.join("doc"), DIRECTORY)
}
