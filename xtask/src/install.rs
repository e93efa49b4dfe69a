//! Packages of Node and Python at exact versions, in folders of ours, once for each list of versions.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::command;
use crate::tools::{Node, Tool};

/// Installs packages such as `name@1.2.3`; their modules are then in the folder that is given back.
pub(crate) fn node(tools: &Node, folder: &Path, packages: &[&str]) -> Result<PathBuf> {
    let pins = format!("{}{}\n", tools.node.version, packages.join("\n"));
    once(folder, &pins, || command::output(npm(tools, "install", folder).args(packages)).map(drop))?;
    Ok(folder.join("node_modules"))
}

/// Installs exactly what a `package-lock.json` lists; the modules are then in the folder that is given back.
pub(crate) fn locked(tools: &Node, folder: &Path, manifest: &str, lock: &str) -> Result<PathBuf> {
    once(folder, &format!("{}{manifest}{lock}", tools.node.version), || {
        for (name, text) in [("package.json", manifest), ("package-lock.json", lock)] {
            let file = folder.join(name);
            fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))?;
        }
        // What packages expect their users to have is not installed for them.
        command::output(npm(tools, "ci", folder).arg("--legacy-peer-deps")).map(drop)
    })?;
    Ok(folder.join("node_modules"))
}

fn npm(tools: &Node, verb: &str, folder: &Path) -> Command {
    let mut npm = tools.npm.command();
    npm.args([verb, "--no-audit", "--no-fund", "--loglevel=error"]);
    // No package may run a program of its own while it is installed.
    npm.arg("--ignore-scripts").arg("--prefix").arg(folder);
    npm
}

/// Installs what a requirements file lists; gives the Python that has it.
pub(crate) fn python(python: &Tool, folder: &Path, requirements: &Path) -> Result<PathBuf> {
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
