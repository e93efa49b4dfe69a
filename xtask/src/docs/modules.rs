//! What npm has to bring: Redoc, and what drives a browser. `package-lock.json` says in which versions.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::project::Project;
use crate::tools::Node;
use crate::{cargo, install};

pub(super) struct Modules {
    folder: PathBuf,
}

impl Modules {
    pub(super) fn install(project: &Project, node: &Node) -> Result<Self> {
        let folder = cargo::target_folder(project)?.join("docs");
        install::locked(node, &folder.join("node"), include_str!("package.json"), include_str!("package-lock.json"))?;
        Ok(Self { folder })
    }

    /// A file of a package.
    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.beside("node_modules").join(name)
    }

    /// A file from which scripts find the packages.
    pub(super) fn beside(&self, name: &str) -> PathBuf {
        self.folder.join("node").join(name)
    }

    /// A folder for what else is written on the way.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }
}
