//! A file that exists only when it is complete.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use bytes::Bytes;

/// A file beside the target, which it replaces at the end.
pub(super) struct NewFile {
    file: File,
    path: PathBuf,
    target: PathBuf,
    /// Whether the file has replaced its target.
    is_complete: bool,
}

impl NewFile {
    pub(super) fn create(target: PathBuf) -> io::Result<Self> {
        let Some(name) = target.file_name().filter(|_| !target.is_dir()) else {
            return Err(io::ErrorKind::IsADirectory.into());
        };
        let mut own = name.to_owned();
        own.push(format!(".{:016x}.part", fastrand::u64(..)));
        let path = target.with_file_name(own);
        let file = OpenOptions::new().write(true).create_new(true).open(&path)?;
        let new = Self { file, path, target, is_complete: false };
        // Who could not read the old file cannot read the new one.
        if let Ok(old) = fs::metadata(&new.target) {
            new.file.set_permissions(old.permissions())?;
        }
        Ok(new)
    }

    pub(super) fn write(&mut self, chunk: &Bytes) -> io::Result<()> {
        self.file.write_all(chunk)
    }

    /// Replaces the target, after the content has reached the disk.
    pub(super) fn finish(mut self) -> io::Result<()> {
        self.file.sync_all()?;
        fs::rename(&self.path, &self.target)?;
        self.is_complete = true;
        sync_directory(&self.target);
        Ok(())
    }
}

/// Makes the rename durable where the system allows it.
fn sync_directory(target: &Path) {
    let parent = target.parent().filter(|parent| !parent.as_os_str().is_empty());
    if let Ok(directory) = File::open(parent.unwrap_or(Path::new("."))) {
        // Not every system can do so.
        let _ = directory.sync_all();
    }
}

impl Drop for NewFile {
    fn drop(&mut self) {
        if !self.is_complete {
            // What cannot be removed is left with a name of its own.
            let _ = fs::remove_file(&self.path);
        }
    }
}
