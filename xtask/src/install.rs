//! Installs Node and Python packages at pinned versions into the project's own directories, once per list of versions.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::command;
use crate::tools::{Node, Tool};

/// Installs packages such as `name@1.2.3`; returns the directory of their modules.
pub(crate) fn node(tools: &Node, directory: &Path, packages: &[&str]) -> Result<PathBuf> {
    let pins = format!("{}{}\n", tools.node.version, packages.join("\n"));
    once(directory, &pins, || command::output(npm(tools, "install", directory).args(packages)).map(drop))?;
    Ok(directory.join("node_modules"))
}

/// Installs exactly the packages of a `package-lock.json`; returns the directory of their modules.
pub(crate) fn locked(tools: &Node, directory: &Path, manifest: &str, lock: &str) -> Result<PathBuf> {
    once(directory, &format!("{}{manifest}{lock}", tools.node.version), || {
        for (name, text) in [("package.json", manifest), ("package-lock.json", lock)] {
            let file = directory.join(name);
            fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
        }
        // Peer dependencies are not installed.
        command::output(npm(tools, "ci", directory).arg("--legacy-peer-deps")).map(drop)
    })?;
    Ok(directory.join("node_modules"))
}

fn npm(tools: &Node, verb: &str, directory: &Path) -> Command {
    let mut npm = tools.npm.command();
    npm.args([verb, "--no-audit", "--no-fund", "--loglevel=error"]);
    // No package may run scripts during installation.
    npm.arg("--ignore-scripts").arg("--prefix").arg(directory);
    npm
}

/// Installs the packages of a requirements file; returns the Python that has them.
pub(crate) fn python(python: &Tool, directory: &Path, requirements: &Path) -> Result<PathBuf> {
    let list = fs::read_to_string(requirements).with_context(|| format!("cannot read {}", requirements.display()))?;
    let program = directory.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    once(directory, &format!("{}{list}", python.version), || {
        command::output(python.command().args(["-m", "venv"]).arg(directory))?;
        let mut pip = Command::new(&program);
        pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--requirement"]);
        command::output(pip.arg(requirements)).map(drop)
    })?;
    Ok(program)
}

/// Fills a directory, unless an earlier run completed it with the same pins.
fn once(directory: &Path, pins: &str, fill: impl FnOnce() -> Result<()>) -> Result<()> {
    let stamp = directory.join("installed");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == pins) {
        return Ok(());
    }
    if directory.exists() {
        fs::remove_dir_all(directory).with_context(|| format!("cannot remove {}", directory.display()))?;
    }
    fs::create_dir_all(directory).with_context(|| format!("cannot create {}", directory.display()))?;
    fill()?;
    fs::write(&stamp, pins).with_context(|| format!("cannot write {}", stamp.display()))
}
