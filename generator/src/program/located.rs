//! A file or directory, with its names in messages and in generated files.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::disk;
use crate::Source;

/// A file or directory, with its names in messages and in generated files.
#[derive(Clone, Debug)]
pub struct Located {
    pub(super) path: PathBuf,
    /// The name in messages: a path that the user can open.
    pub(super) shown: String,
    /// The name in generated files, which are the same on every machine.
    pub(super) recorded: String,
}

impl Located {
    /// Returns a file named by the user. Generated files only record its file name, because the path differs between
    /// machines.
    pub fn given(path: PathBuf) -> Self {
        let recorded = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Self { shown: path.display().to_string(), recorded, path }
    }

    /// Returns a file of a project, named by its path below the project's directory.
    pub fn within(root: &Path, name: &str) -> Self {
        Self { path: root.join(name), shown: name.to_owned(), recorded: name.to_owned() }
    }

    /// Reads the file under its name in messages.
    pub(super) fn read(&self) -> Result<Source> {
        disk::read(&self.path, &self.shown)
    }

    /// Reads the file under its name in generated files.
    pub(super) fn read_to_record(&self) -> Result<Source> {
        let source = self.read()?;
        Ok(Source { name: self.recorded.clone(), ..source })
    }
}
