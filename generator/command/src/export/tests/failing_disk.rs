//! A disk that fails after a number of steps, permanently or once.

use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use crate::export::disk::{Disk, DiskFile, RealDisk};

/// The number of steps left, and whether steps succeed again after one error.
#[derive(Clone)]
pub(super) struct StepBudget(Arc<Mutex<(usize, bool)>>);

impl StepBudget {
    pub(super) fn unlimited() -> Self {
        Self(Arc::new(Mutex::new((usize::MAX, false))))
    }

    /// Takes a step; returns `false` if it fails.
    pub(super) fn step(&self) -> bool {
        let (left, goes_on) = &mut *self.0.lock().unwrap();
        let done = *left > 0;
        *left = if !done && *goes_on { usize::MAX } else { left.saturating_sub(1) };
        done
    }

    pub(super) fn set(&self, steps: usize) {
        *self.0.lock().unwrap() = (steps, false);
    }

    pub(super) fn fail_once_after(&self, steps: usize) {
        *self.0.lock().unwrap() = (steps, true);
    }

    fn take(&self) -> io::Result<()> {
        if self.step() { Ok(()) } else { Err(io::ErrorKind::StorageFull.into()) }
    }
}

#[derive(Clone)]
pub(super) struct FailingDisk {
    budget: StepBudget,
    /// Effects of a power loss: unsynced bytes, and unsynced names with their directory.
    bytes: Arc<Mutex<Vec<(PathBuf, u64)>>>,
    names: Arc<Mutex<Vec<(PathBuf, Undo)>>>,
}

enum Undo {
    Remove(PathBuf),
    Restore(Vec<(PathBuf, Vec<u8>)>),
    MoveBack { from: PathBuf, to: PathBuf, before: Option<Vec<u8>> },
}

impl FailingDisk {
    pub(super) fn new(budget: &StepBudget) -> Self {
        Self { budget: budget.clone(), bytes: Arc::default(), names: Arc::default() }
    }

    /// Loses all unsynced changes: names are restored, bytes become zero.
    pub(super) fn lose_power(&self) {
        for (path, synced) in self.bytes.lock().unwrap().drain(..) {
            if let Ok(mut contents) = std::fs::read(&path) {
                contents.iter_mut().skip(usize::try_from(synced).unwrap()).for_each(|byte| *byte = 0);
                std::fs::write(&path, contents).unwrap();
            }
        }
        for (_, undo) in self.names.lock().unwrap().drain(..).rev() {
            match undo {
                Undo::Remove(path) => drop(std::fs::remove_file(path)),
                Undo::Restore(files) => files.into_iter().for_each(|(path, contents)| restore(&path, &contents)),
                Undo::MoveBack { from, to, before } => {
                    std::fs::create_dir_all(from.parent().unwrap()).unwrap();
                    std::fs::rename(&to, &from).unwrap();
                    if let Some(contents) = before {
                        restore(&to, &contents);
                    }
                }
            }
        }
    }

    fn undo(&self, path: &Path, undo: Undo) {
        self.names.lock().unwrap().push((path.parent().unwrap().to_owned(), undo));
    }
}

fn restore(path: &Path, contents: &[u8]) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, contents).unwrap();
}

impl Disk for FailingDisk {
    fn create_directory(&self, path: &Path) -> io::Result<()> {
        self.budget.take()?;
        RealDisk.create_directory(path)
    }

    fn open(&self, path: &Path, length: u64) -> io::Result<Box<dyn DiskFile>> {
        self.budget.take()?;
        if !path.exists() {
            self.undo(path, Undo::Remove(path.to_owned()));
        }
        self.bytes.lock().unwrap().retain(|(known, _)| known != path);
        self.bytes.lock().unwrap().push((path.to_owned(), length));
        let file = RealDisk.open(path, length)?;
        Ok(Box::new(FailingFile { disk: self.clone(), path: path.to_owned(), length, file }))
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        self.budget.take()?;
        // Only `lose_power` depends on this.
        path.metadata().map(drop)
    }

    fn sync_directory(&self, path: &Path) -> io::Result<()> {
        self.budget.take()?;
        self.names.lock().unwrap().retain(|(directory, _)| directory != path);
        path.metadata().map(drop)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.budget.take()?;
        let before = std::fs::read(to).ok();
        self.undo(to, Undo::MoveBack { from: from.to_owned(), to: to.to_owned(), before });
        let mut bytes = self.bytes.lock().unwrap();
        bytes.retain(|(path, _)| path != to);
        for (path, _) in bytes.iter_mut().filter(|(path, _)| path == from) {
            to.clone_into(path);
        }
        RealDisk.rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.budget.take()?;
        if let Ok(contents) = std::fs::read(path) {
            self.undo(path, Undo::Restore(vec![(path.to_owned(), contents)]));
        }
        RealDisk.remove(path)
    }

    fn remove_directory(&self, path: &Path) -> io::Result<()> {
        // A directory is removed file by file.
        let mut files: Vec<_> =
            std::fs::read_dir(path).into_iter().flatten().map(|entry| entry.unwrap().path()).collect();
        files.sort_unstable();
        files.iter().try_for_each(|file| self.remove(file))?;
        self.budget.take()?;
        RealDisk.remove_directory(path)
    }

    fn synchronous(&self) -> &'static str {
        // SQLite handles power losses itself; a killed process loses nothing.
        "OFF"
    }
}

struct FailingFile {
    disk: FailingDisk,
    path: PathBuf,
    length: u64,
    file: Box<dyn DiskFile>,
}

impl Write for FailingFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if let Err(error) = self.disk.budget.take() {
            // The last write is incomplete.
            self.file.write_all(&bytes[..bytes.len() / 2])?;
            return Err(error);
        }
        self.file.write_all(bytes)?;
        self.length += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl DiskFile for FailingFile {
    fn sync(&mut self) -> io::Result<()> {
        self.disk.budget.take()?;
        for (_, synced) in self.disk.bytes.lock().unwrap().iter_mut().filter(|(path, _)| *path == self.path) {
            *synced = self.length;
        }
        Ok(())
    }
}
