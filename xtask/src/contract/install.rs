//! Packages of Node and Python at exact versions, in folders of ours, once for each list of versions.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use super::command;
use super::tools::{Tool, Tools};

/// Installs packages such as `name@1.2.3`; their modules are then in the folder that is given back.
pub(super) fn node(tools: &Tools, folder: &Path, packages: &[&str]) -> Result<PathBuf> {
    let pins = format!("{}{}\n", tools.node.version, packages.join("\n"));
    once(folder, &pins, || {
        let mut npm = tools.npm.command();
        npm.args(["install", "--no-audit", "--no-fund", "--loglevel=error"]);
        // No package may run a program of its own while it is installed.
        npm.arg("--ignore-scripts").arg("--prefix").arg(folder);
        command::output(npm.args(packages)).map(drop)
    })?;
    Ok(folder.join("node_modules"))
}

/// Installs what a requirements file lists; gives the Python that has it.
pub(super) fn python(python: &Tool, folder: &Path, requirements: &Path) -> Result<PathBuf> {
    let list = fs::read_to_string(requirements).with_context(|| format!("cannot read {}", requirements.display()))?;
    let program = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    once(folder, &format!("{}{list}", python.version), || {
        command::output(python.command().args(["-m", "venv"]).arg(folder))?;
        let mut pip = Command::new(&program);
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"]);
        command::output(pip.arg(requirements)).map(drop)
    })?;
    Ok(program)
}

/// Fills a folder, unless that was done for the same pins and came to its end.
fn once(folder: &Path, pins: &str, fill: impl FnOnce() -> Result<()>) -> Result<()> {
    let stamp = folder.join("installed");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == pins) {
        return Ok(());
    }
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
    fill()?;
    fs::write(&stamp, pins).with_context(|| format!("cannot write {}", stamp.display()))
}
