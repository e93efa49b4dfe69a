//! The shared environment of all parts: the project, installed tools, and a directory for downloaded ones.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::project::Project;
use crate::tools::{self, Node, Tool};
use crate::{cargo, install};

pub(super) struct Bench<'a> {
    pub(super) project: &'a Project,
    pub(super) node: Node,
    python: Tool,
    directory: PathBuf,
}

impl<'a> Bench<'a> {
    /// Returns an error, without leaving files, if a tool is missing.
    pub(super) fn at(project: &'a Project) -> Result<Self> {
        let (node, python) = (Node::find()?, tools::python()?);
        let directory = cargo::target_directory(project)?.join("contract");
        Ok(Self { project, node, python, directory })
    }

    /// Returns a path for files that the parts install and write.
    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.directory.join(name)
    }

    /// Returns an empty directory of this name.
    pub(super) fn empty(&self, name: &str) -> Result<PathBuf> {
        let directory = self.path(name);
        if directory.exists() {
            fs::remove_dir_all(&directory).with_context(|| format!("cannot remove {}", directory.display()))?;
        }
        fs::create_dir_all(&directory).with_context(|| format!("cannot create {}", directory.display()))?;
        Ok(directory)
    }

    /// Returns a cargo command that runs in the project's directory.
    pub(super) fn cargo(&self) -> Command {
        cargo::command(self.project)
    }

    /// Returns Python with the packages of `contract/requirements.txt`.
    pub(super) fn python(&self) -> Result<Command> {
        let requirements = self.project.path("xtask/src/contract/requirements.txt");
        let program = install::python(&self.python, &self.path("python"), &requirements)?;
        let mut python = Command::new(program);
        // Uses UTF-8 on every platform, and leaves no bytecode in the script's directory.
        python.env("PYTHONUTF8", "1").env("PYTHONDONTWRITEBYTECODE", "1");
        Ok(python)
    }
}
