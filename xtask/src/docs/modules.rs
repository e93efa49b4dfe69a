//! Installs npm packages: Redoc, and a driver of the browser. `package-lock.json` pins their versions.

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

    /// Returns the path of a file in a package.
    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.beside("node_modules").join(name)
    }

    /// Returns a path next to `node_modules`, where scripts resolve the packages.
    pub(super) fn beside(&self, name: &str) -> PathBuf {
        self.directory.join("node").join(name)
    }

    /// Returns the directory for other intermediate files.
    pub(super) fn directory(&self) -> &Path {
        &self.directory
    }
}
