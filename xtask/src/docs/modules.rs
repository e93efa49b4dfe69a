//! What npm has to bring: Redoc, and what drives a browser. `package-lock.json` says in which versions.

use std::path::{Path, PathBuf};

use anyhow::Result;

use crate::project::Project;
use crate::tools::Node;
use crate::{cargo, install};

pub(super) struct Modules {
    directory: PathBuf,
}

impl Modules {
    pub(super) fn install(project: &Project, node: &Node) -> Result<Self> {
        let directory = cargo::target_directory(project)?.join("docs");
        install::locked(
            node,
            &directory.join("node"),
            include_str!("package.json"),
            include_str!("package-lock.json"),
        )?;
        Ok(Self { directory })
    }

    /// A file of a package.
    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.beside("node_modules").join(name)
    }

    /// A file from which scripts find the packages.
    pub(super) fn beside(&self, name: &str) -> PathBuf {
        self.directory.join("node").join(name)
    }

    /// A directory for what else is written on the way.
    pub(super) fn directory(&self) -> &Path {
        &self.directory
    }
}
