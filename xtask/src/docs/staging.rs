//! The folder of the site while it is made: beside the one it will be, so that there is never half of it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// Says that a folder was made here, and may be replaced.
const MARKER: &str = ".made-by-cargo-xtask-docs";

/// It is removed when this ends, unless it was published.
pub(super) struct Staging {
    folder: PathBuf,
    target: PathBuf,
}

impl Staging {
    /// Makes an empty folder beside `target`, which is replaced at the end, and has to be a site already or not to be there.
    pub(super) fn beside(target: PathBuf) -> Result<Self> {
        let Some(name) = target.file_name() else {
            bail!("{} is no name for a folder: name one with --out", target.display());
        };
        let folder = target.with_file_name(format!("{}.part", name.to_string_lossy()));
        for folder in [&target, &folder] {
            if folder.exists() && !folder.join(MARKER).exists() {
                bail!(
                    "{} is no site that this command made: move it away, or name another with --out",
                    folder.display()
                );
            }
        }
        // Of a run that was stopped.
        remove(&folder)?;
        let staging = Self { folder, target };
        staging.write(MARKER, "")?;
        Ok(staging)
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    pub(super) fn write(&self, name: &str, text: &str) -> Result<()> {
        let file = self.path(name);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).with_context(|| cannot("make", folder))?;
        }
        fs::write(&file, text).with_context(|| cannot("write", &file))
    }

    /// Copies a file, or a folder with all that is in it.
    pub(super) fn copy(&self, from: &Path, name: &str) -> Result<()> {
        let to = self.path(name);
        if !from.is_dir() {
            return fs::copy(from, &to).map(drop).with_context(|| format!("cannot copy {}", from.display()));
        }
        fs::create_dir_all(&to).with_context(|| cannot("make", &to))?;
        for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
            let entry = entry?;
            self.copy(&entry.path(), &format!("{name}/{}", entry.file_name().to_string_lossy()))?;
        }
        Ok(())
    }

    /// Puts the folder where it belongs.
    pub(super) fn publish(self) -> Result<PathBuf> {
        remove(&self.target)?;
        fs::rename(&self.folder, &self.target).with_context(|| cannot("make", &self.target))?;
        Ok(self.target.clone())
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // After it was published there is none.
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() { fs::remove_dir_all(folder).with_context(|| cannot("replace", folder)) } else { Ok(()) }
}

fn cannot(verb: &str, path: &Path) -> String {
    format!("cannot {verb} {}: the site needs a folder that can be written to; --out names another", path.display())
}
