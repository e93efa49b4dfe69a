//! What every part works with: the project, the tools that are there, and a folder for those that are not.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use super::tools::Tools;
use super::{command, install};
use crate::project::Project;

pub(super) struct Bench<'a> {
    pub(super) project: &'a Project,
    pub(super) tools: Tools,
    folder: PathBuf,
}

impl<'a> Bench<'a> {
    /// Fails, and leaves nothing behind, if a tool is missing.
    pub(super) fn at(project: &'a Project) -> Result<Self> {
        let tools = Tools::find()?;
        let folder = target_folder(project)?.join("contract");
        Ok(Self { project, tools, folder })
    }

    /// A file or folder for what the parts install and write.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// A folder of that name with nothing in it.
    pub(super) fn empty(&self, name: &str) -> Result<PathBuf> {
        let folder = self.path(name);
        if folder.exists() {
            fs::remove_dir_all(&folder).with_context(|| format!("cannot remove {}", folder.display()))?;
        }
        fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
        Ok(folder)
    }

    /// Cargo, in the folder of the project.
    pub(super) fn cargo(&self) -> Command {
        cargo(self.project)
    }

    /// Python with the packages of `contract/requirements.txt`.
    pub(super) fn python(&self) -> Result<Command> {
        let requirements = self.project.path("xtask/src/contract/requirements.txt");
        let program = install::python(&self.tools.python, &self.path("python"), &requirements)?;
        let mut python = Command::new(program);
        // Its texts are UTF-8 everywhere, and it leaves nothing beside the scripts.
        python.env("PYTHONUTF8", "1").env("PYTHONDONTWRITEBYTECODE", "1");
        Ok(python)
    }
}

fn cargo(project: &Project) -> Command {
    let mut cargo = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(project.path("."));
    cargo
}

/// Where Cargo builds, which variables and files outside of the project decide too.
fn target_folder(project: &Project) -> Result<PathBuf> {
    let metadata = command::output(cargo(project).args(["metadata", "--no-deps", "--format-version=1"]))?;
    let metadata: Value = serde_json::from_str(&metadata).context("`cargo metadata` did not write JSON")?;
    let folder = metadata["target_directory"].as_str().context("`cargo metadata` names no target folder")?;
    Ok(folder.into())
}
