//! The temporary directory of the site, next to its final one, so that no half-built site is ever published.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// Marks a directory as built by this command, which may replace it.
const MARKER: &str = ".made-by-cargo-xtask-docs";

/// The directory is removed on drop, unless it was published.
pub(super) struct Staging {
    directory: PathBuf,
    target: PathBuf,
}

impl Staging {
    /// Creates an empty directory next to `target`.
    ///
    /// Publishing replaces `target`, which must be a built site or not exist.
    pub(super) fn beside(target: PathBuf) -> Result<Self> {
        let Some(name) = target.file_name() else {
            bail!("{} is not a directory name: set one with --out", target.display());
        };
        let directory = target.with_file_name(format!("{}.part", name.to_string_lossy()));
        for directory in [&target, &directory] {
            if directory.exists() && !directory.join(MARKER).exists() {
                bail!(
                    "{} is not a site of this command: move it away, or use another directory with --out",
                    directory.display()
                );
            }
        }
        // Left over from an interrupted run.
        remove(&directory)?;
        let staging = Self { directory, target };
        staging.write(MARKER, "")?;
        Ok(staging)
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.directory.join(name)
    }

    pub(super) fn write(&self, name: &str, text: &str) -> Result<()> {
        let file = self.path(name);
        if let Some(directory) = file.parent() {
            fs::create_dir_all(directory).with_context(|| cannot("create", directory))?;
        }
        fs::write(&file, text).with_context(|| cannot("write", &file))
    }

    /// Copies a file, or a directory with its contents.
    pub(super) fn copy(&self, from: &Path, name: &str) -> Result<()> {
        let to = self.path(name);
        if !from.is_dir() {
            return fs::copy(from, &to).map(drop).with_context(|| format!("cannot copy {}", from.display()));
        }
        fs::create_dir_all(&to).with_context(|| cannot("create", &to))?;
        for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
            let entry = entry?;
            self.copy(&entry.path(), &format!("{name}/{}", entry.file_name().to_string_lossy()))?;
        }
        Ok(())
    }

    /// Moves the directory to its final path.
    pub(super) fn publish(self) -> Result<PathBuf> {
        remove(&self.target)?;
        fs::rename(&self.directory, &self.target).with_context(|| cannot("create", &self.target))?;
        Ok(self.target.clone())
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // Nothing is left here after publishing.
        let _ = fs::remove_dir_all(&self.directory);
    }
}

fn remove(directory: &Path) -> Result<()> {
    if directory.exists() {
        fs::remove_dir_all(directory).with_context(|| cannot("replace", directory))
    } else {
        Ok(())
    }
}

fn cannot(verb: &str, path: &Path) -> String {
    format!("cannot {verb} {}: use a writable directory with --out", path.display())
}
