//! The directory of an export: finished files, and a work directory for unfinished files.

use std::fmt::Display;
use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use fs4::{FileExt, TryLockError};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::disk::Disk;
use super::error::{Conflict, ExportError};
use super::manifest::{ExportEntry, Manifest};
use super::names::{LOCK, MANIFEST, UNFINISHED, WORK};
use super::unfinished::UnfinishedExport;

pub(super) struct ExportDirectory<'a> {
    pub(super) disk: &'a dyn Disk,
    path: PathBuf,
    pub(super) work: PathBuf,
    /// Locked until the export ends. The file is never removed, so no other export can lock an obsolete file.
    _lock: File,
}

impl<'a> ExportDirectory<'a> {
    /// Creates the directory if necessary, and locks it against other exports.
    pub(super) fn open(disk: &'a dyn Disk, path: PathBuf) -> Result<Self, ExportError> {
        let is_new = !path.is_dir();
        disk.create_directory(&path).map_err(ExportError::file(&path, "created"))?;
        if let Some(parent) = path.parent().filter(|parent| is_new && !parent.as_os_str().is_empty()) {
            disk.sync_directory(parent).map_err(ExportError::file(parent, "written"))?;
        }
        let lock = path.join(LOCK);
        let file = File::options().create(true).truncate(false).write(true).open(&lock);
        let file = file.map_err(ExportError::file(&lock, "written"))?;
        match FileExt::try_lock(&file) {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(ExportError::InUse(path)),
            Err(TryLockError::Error(error)) => return Err(ExportError::file(&lock, "locked")(error)),
        }
        Ok(Self { disk, work: path.join(WORK), path, _lock: file })
    }

    /// Reads the manifest of the finished exports, if there is one.
    pub(super) fn manifest(&self) -> Result<Option<Manifest>, ExportError> {
        read_manifest(&self.path)
    }

    /// Reads the manifest of a complete export whose files may not all have their final names.
    pub(super) fn staged(&self) -> Result<Option<Manifest>, ExportError> {
        read_manifest(&self.work)
    }

    /// Reads the description of the unfinished export, if there is one.
    pub(super) fn unfinished(&self) -> Result<Option<UnfinishedExport>, ExportError> {
        self.read(UNFINISHED)
    }

    /// Starts an export with an empty work directory.
    pub(super) fn begin(&self, unfinished: UnfinishedExport) -> Result<UnfinishedExport, ExportError> {
        self.disk.remove_directory(&self.work).map_err(ExportError::file(&self.work, "removed"))?;
        self.disk.create_directory(&self.work).map_err(ExportError::file(&self.work, "created"))?;
        self.disk.sync_directory(&self.path).map_err(ExportError::file(&self.path, "written"))?;
        self.put(UNFINISHED, &unfinished)?;
        Ok(unfinished)
    }

    /// Rejects a directory if this export would replace files that no manifest lists.
    pub(super) fn reject_foreign(&self, files: &[String], manifest: Option<&Manifest>) -> Result<(), ExportError> {
        let unlisted = files.iter().filter(|file| !manifest.is_some_and(|manifest| manifest.contains_file(file)));
        let foreign = unlisted.map(|file| self.path.join(file)).find(|path| path.symlink_metadata().is_ok());
        foreign.map_or(Ok(()), |path| Err(ExportError::Foreign(path)))
    }

    /// Stores the manifest of a complete export; only the renames remain.
    pub(super) fn stage(&self, manifest: &Manifest) -> Result<(), ExportError> {
        self.put(MANIFEST, manifest)
    }

    /// Renames the files of the last export to their final names, then the manifest; continues after an interruption.
    pub(super) fn move_into_place(&self, staged: &Manifest) -> Result<(), ExportError> {
        let unfinished = self.work.join(UNFINISHED);
        self.disk.remove(&unfinished).map_err(ExportError::file(&unfinished, "removed"))?;
        self.disk.sync_directory(&self.work).map_err(ExportError::file(&self.work, "written"))?;
        for entry in staged.exports.last().into_iter().flat_map(ExportEntry::files) {
            let (from, to) = (self.work.join(&entry.file), self.path.join(&entry.file));
            if from.exists() {
                self.disk.rename(&from, &to).map_err(ExportError::file(&to, "written"))?;
            } else if !to.exists() {
                return Err(self.damaged(&from, &"it does not exist"));
            }
        }
        let (from, to) = (self.work.join(MANIFEST), self.path.join(MANIFEST));
        self.disk.sync_directory(&self.path).map_err(ExportError::file(&self.path, "written"))?;
        self.disk.rename(&from, &to).map_err(ExportError::file(&to, "written"))?;
        self.disk.sync_directory(&self.path).map_err(ExportError::file(&self.path, "written"))?;
        self.disk.remove_directory(&self.work).map_err(ExportError::file(&self.work, "removed"))
    }

    /// The path of a finished file.
    pub(super) fn finished(&self, file: &str) -> PathBuf {
        self.path.join(file)
    }

    /// Reads a small file of the work directory, if it exists.
    pub(super) fn read<T: DeserializeOwned>(&self, file: &str) -> Result<Option<T>, ExportError> {
        let path = self.work.join(file);
        let Some(json) = read(&path)? else { return Ok(None) };
        serde_json::from_slice(&json).map(Some).map_err(|error| self.damaged(&path, &error))
    }

    /// Writes a small file of the work directory.
    pub(super) fn put(&self, file: &str, value: &impl Serialize) -> Result<(), ExportError> {
        let path = self.work.join(file);
        let written = serde_json::to_vec_pretty(value).map_err(io::Error::from).and_then(|mut json| {
            json.push(b'\n');
            self.disk.put(&path, &json)
        });
        written.map_err(ExportError::file(&path, "written"))
    }

    pub(super) fn conflict(&self, conflict: Conflict) -> ExportError {
        ExportError::Conflict { directory: self.path.clone(), conflict }
    }

    /// Returns the error for a changed file in the work directory.
    pub(super) fn damaged(&self, path: &Path, reason: &dyn Display) -> ExportError {
        ExportError::Damaged { path: path.to_owned(), reason: reason.to_string(), remove: self.work.clone() }
    }
}

/// Reads the manifest in a directory, if there is one.
pub(super) fn read_manifest(directory: &Path) -> Result<Option<Manifest>, ExportError> {
    let path = directory.join(MANIFEST);
    let Some(json) = read(&path)? else { return Ok(None) };
    Manifest::parse(&json).map(Some).map_err(|reason| ExportError::Manifest { path, reason })
}

/// Reads a file, if it exists.
fn read(path: &Path) -> Result<Option<Vec<u8>>, ExportError> {
    match std::fs::read(path) {
        Ok(contents) => Ok(Some(contents)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(ExportError::file(path, "read")(error)),
    }
}

/// Locks a directory against exports for reading. A read-only directory has no lock file and needs no lock.
pub(super) fn lock_shared(directory: &Path) -> Result<Option<File>, ExportError> {
    let path = directory.join(LOCK);
    let Ok(file) = File::open(&path) else { return Ok(None) };
    match FileExt::try_lock_shared(&file) {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Err(ExportError::InUse(directory.to_owned())),
        Err(TryLockError::Error(error)) => Err(ExportError::file(&path, "locked")(error)),
    }
}
