//! The folder of an export: finished files under their names, and unfinished ones in a folder inside it.

use std::fmt::Display;
use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use fs4::{FileExt, TryLockError};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::Format;
use super::disk::Disk;
use super::failure::{Difference, Failure};
use super::fingerprint::Fingerprint;
use super::manifest::{Export, Manifest};

/// The folder with what is unfinished.
pub(super) const WORK: &str = ".unfinished-export";
pub(super) const MANIFEST: &str = "manifest.json";
/// What the unfinished export is to become.
const BEGUN: &str = "export.json";
const LOCK: &str = ".export.lock";

pub(super) struct Folder<'a> {
    pub(super) disk: &'a dyn Disk,
    path: PathBuf,
    pub(super) work: PathBuf,
    /// Held until the export ends; the file stays, so that nobody locks one that is about to go.
    _lock: File,
}

/// An export that has begun.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Begun {
    pub(super) base_url: String,
    pub(super) key: Fingerprint,
    pub(super) format: Format,
    /// The lists, by name.
    pub(super) selection: Vec<String>,
    pub(super) started: String,
}

impl<'a> Folder<'a> {
    /// Creates the folder if it is not there, and keeps other exports out of it.
    pub(super) fn open(disk: &'a dyn Disk, path: PathBuf) -> Result<Self, Failure> {
        let is_new = !path.is_dir();
        disk.create_folder(&path).map_err(Failure::file(&path, "created"))?;
        if let Some(parent) = path.parent().filter(|parent| is_new && !parent.as_os_str().is_empty()) {
            disk.sync_folder(parent).map_err(Failure::file(parent, "written"))?;
        }
        let lock = path.join(LOCK);
        let file = File::options().create(true).truncate(false).write(true).open(&lock);
        let file = file.map_err(Failure::file(&lock, "written"))?;
        match FileExt::try_lock(&file) {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(Failure::InUse(path)),
            Err(TryLockError::Error(error)) => return Err(Failure::file(&lock, "locked")(error)),
        }
        Ok(Self { disk, work: path.join(WORK), path, _lock: file })
    }

    /// What the folder holds; none if nothing has been exported into it.
    pub(super) fn manifest(&self) -> Result<Option<Manifest>, Failure> {
        read_manifest(&self.path)
    }

    /// The manifest of an export that is complete, but whose files may not all have their final names.
    pub(super) fn staged(&self) -> Result<Option<Manifest>, Failure> {
        read_manifest(&self.work)
    }

    /// The unfinished export.
    pub(super) fn begun(&self) -> Result<Option<Begun>, Failure> {
        self.read(BEGUN)
    }

    /// Begins an export, with an empty work folder.
    pub(super) fn begin(&self, begun: Begun) -> Result<Begun, Failure> {
        self.disk.remove_folder(&self.work).map_err(Failure::file(&self.work, "removed"))?;
        self.disk.create_folder(&self.work).map_err(Failure::file(&self.work, "created"))?;
        self.disk.sync_folder(&self.path).map_err(Failure::file(&self.path, "written"))?;
        self.put(BEGUN, &begun)?;
        Ok(begun)
    }

    /// Refuses to write over files that are from elsewhere.
    pub(super) fn refuse_foreign(&self, files: &[String], manifest: Option<&Manifest>) -> Result<(), Failure> {
        let unlisted = files.iter().filter(|file| !manifest.is_some_and(|manifest| manifest.lists(file)));
        let foreign = unlisted.map(|file| self.path.join(file)).find(|path| path.symlink_metadata().is_ok());
        foreign.map_or(Ok(()), |path| Err(Failure::Foreign(path)))
    }

    /// Keeps what an export has come to. From here on it only has to be put in place.
    pub(super) fn stage(&self, manifest: &Manifest) -> Result<(), Failure> {
        self.put(MANIFEST, manifest)
    }

    /// Gives the files of the last export their final names, then the manifest; as much of it as has not been done.
    pub(super) fn put_in_place(&self, staged: &Manifest) -> Result<(), Failure> {
        let begun = self.work.join(BEGUN);
        self.disk.remove(&begun).map_err(Failure::file(&begun, "removed"))?;
        self.disk.sync_folder(&self.work).map_err(Failure::file(&self.work, "written"))?;
        for contents in staged.exports.last().into_iter().flat_map(Export::files) {
            let (from, to) = (self.work.join(&contents.file), self.path.join(&contents.file));
            if from.exists() {
                self.disk.rename(&from, &to).map_err(Failure::file(&to, "written"))?;
            } else if !to.exists() {
                return Err(self.damaged(&from, &"it is gone"));
            }
        }
        let (from, to) = (self.work.join(MANIFEST), self.path.join(MANIFEST));
        self.disk.sync_folder(&self.path).map_err(Failure::file(&self.path, "written"))?;
        self.disk.rename(&from, &to).map_err(Failure::file(&to, "written"))?;
        self.disk.sync_folder(&self.path).map_err(Failure::file(&self.path, "written"))?;
        self.disk.remove_folder(&self.work).map_err(Failure::file(&self.work, "removed"))
    }

    /// Where a finished file stands.
    pub(super) fn finished(&self, file: &str) -> PathBuf {
        self.path.join(file)
    }

    /// Reads a small file of the work folder, unless it is not there.
    pub(super) fn read<T: DeserializeOwned>(&self, file: &str) -> Result<Option<T>, Failure> {
        let path = self.work.join(file);
        let Some(json) = read(&path)? else { return Ok(None) };
        serde_json::from_slice(&json).map(Some).map_err(|error| self.damaged(&path, &error))
    }

    /// Writes a small file of the work folder.
    pub(super) fn put(&self, file: &str, value: &impl Serialize) -> Result<(), Failure> {
        let path = self.work.join(file);
        let written = serde_json::to_vec_pretty(value).map_err(io::Error::from).and_then(|mut json| {
            json.push(b'\n');
            self.disk.put(&path, &json)
        });
        written.map_err(Failure::file(&path, "written"))
    }

    pub(super) fn refused(&self, difference: Difference) -> Failure {
        Failure::Refused { folder: self.path.clone(), difference }
    }

    /// A file of the work folder is not as it was left.
    pub(super) fn damaged(&self, path: &Path, reason: &dyn Display) -> Failure {
        Failure::Damaged { path: path.to_owned(), reason: reason.to_string(), remove: self.work.clone() }
    }
}

/// The manifest in a folder.
pub(super) fn read_manifest(folder: &Path) -> Result<Option<Manifest>, Failure> {
    let path = folder.join(MANIFEST);
    let Some(json) = read(&path)? else { return Ok(None) };
    Manifest::parse(&json).map(Some).map_err(|reason| Failure::Manifest { path, reason })
}

/// A file's contents, unless there is none.
fn read(path: &Path) -> Result<Option<Vec<u8>>, Failure> {
    match std::fs::read(path) {
        Ok(contents) => Ok(Some(contents)),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::file(path, "read")(error)),
    }
}

/// Keeps exports out while a folder is read. One that cannot be written to has no lock and needs none.
pub(super) fn lock_shared(folder: &Path) -> Result<Option<File>, Failure> {
    let path = folder.join(LOCK);
    let Ok(file) = File::open(&path) else { return Ok(None) };
    match FileExt::try_lock_shared(&file) {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Err(Failure::InUse(folder.to_owned())),
        Err(TryLockError::Error(error)) => Err(Failure::file(&path, "locked")(error)),
    }
}
