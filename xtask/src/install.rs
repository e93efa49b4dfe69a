//! Packages of Node and Python at exact versions, in directories of ours, once for each list of versions.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::command;
use crate::tools::{Node, Tool};

/// Installs packages such as `name@1.2.3`; their modules are then in the directory that is given back.
pub(crate) fn node(tools: &Node, directory: &Path, packages: &[&str]) -> Result<PathBuf> {
    let pins = format!("{}{}\n", tools.node.version, packages.join("\n"));
    once(directory, &pins, || command::output(npm(tools, "install", directory).args(packages)).map(drop))?;
    Ok(directory.join("node_modules"))
}

/// Installs exactly what a `package-lock.json` lists; the modules are then in the directory that is given back.
pub(crate) fn locked(tools: &Node, directory: &Path, manifest: &str, lock: &str) -> Result<PathBuf> {
    once(directory, &format!("{}{manifest}{lock}", tools.node.version), || {
        for (name, text) in [("package.json", manifest), ("package-lock.json", lock)] {
            let file = directory.join(name);
            fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
        }
        // What packages expect their users to have is not installed for them.
        command::output(npm(tools, "ci", directory).arg("--legacy-peer-deps")).map(drop)
    })?;
    Ok(directory.join("node_modules"))
}

fn npm(tools: &Node, verb: &str, directory: &Path) -> Command {
    let mut npm = tools.npm.command();
    npm.args([verb, "--no-audit", "--no-fund", "--loglevel=error"]);
    // No package may run a program of its own while it is installed.
    npm.arg("--ignore-scripts").arg("--prefix").arg(directory);
    npm
}

/// Installs what a requirements file lists; gives the Python that has it.
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

/// Fills a directory, unless that was done for the same pins and came to its end.
fn once(directory: &Path, pins: &str, fill: impl FnOnce() -> Result<()>) -> Result<()> {
    let stamp = directory.join("installed");
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == pins) {
        return Ok(());
    }
    if directory.exists() {
        fs::remove_dir_all(directory).with_context(|| format!("cannot remove {}", directory.display()))?;
    }
    fs::create_dir_all(directory).with_context(|| format!("cannot make {}", directory.display()))?;
    fill()?;
    fs::write(&stamp, pins).with_context(|| format!("cannot write {}", stamp.display()))
}
