//! A file or directory, with the names that it has in messages and in generated files.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::disk;
use crate::Source;

/// A file or directory, with the names that it has in messages and in generated files.
#[derive(Clone, Debug)]
pub struct Located {
    pub(super) path: PathBuf,
    /// In messages: a path that the user can open.
    pub(super) shown: String,
    /// In generated files, which look the same on every machine.
    pub(super) recorded: String,
}

impl Located {
    /// One that the user named. Generated files record its name alone, since nobody else has its path.
    pub fn given(path: PathBuf) -> Self {
        let recorded = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Self { shown: path.display().to_string(), recorded, path }
    }

    /// One of a project, named by its path below the project's directory.
    pub fn within(root: &Path, name: &str) -> Self {
        Self { path: root.join(name), shown: name.to_owned(), recorded: name.to_owned() }
    }

    /// Reads it under the name that messages have.
    pub(super) fn read(&self) -> Result<Source> {
        disk::read(&self.path, &self.shown)
    }

    /// Reads it under the name that generated files have.
    pub(super) fn read_to_record(&self) -> Result<Source> {
        let source = self.read()?;
        Ok(Source { name: self.recorded.clone(), ..source })
    }
}
