//! Every change to files goes through here, so that a test can let each be the last.

use std::fs::{File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

pub(super) trait Disk {
    /// Creates a folder, and those around it; it may be there already.
    fn create_directory(&self, path: &Path) -> io::Result<()>;

    /// Opens a file for appending, cut to so many bytes.
    fn open(&self, path: &Path, length: u64) -> io::Result<Box<dyn DiskFile>>;

    /// Waits until the contents of a file are on disk.
    fn sync(&self, path: &Path) -> io::Result<()>;

    /// Waits until the names in a folder are on disk.
    fn sync_directory(&self, path: &Path) -> io::Result<()>;

    /// Moves a file, in place of another if there is one.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes a file, unless it is not there.
    fn remove(&self, path: &Path) -> io::Result<()>;

    /// Removes a folder and what is in it, unless it is not there.
    fn remove_directory(&self, path: &Path) -> io::Result<()>;

    /// What SQLite, which changes its files itself, waits for: its setting `synchronous`.
    fn synchronous(&self) -> &'static str;
}

/// A file that grows.
pub(super) trait DiskFile: Write {
    /// Waits until it is on disk.
    fn sync(&mut self) -> io::Result<()>;
}

impl dyn Disk + '_ {
    /// Writes a small file, which afterwards is there as a whole or as it was before.
    pub(super) fn put(&self, path: &Path, contents: &[u8]) -> io::Result<()> {
        let mut new = path.as_os_str().to_owned();
        new.push(".new");
        let new = PathBuf::from(new);
        let mut file = self.open(&new, 0)?;
        file.write_all(contents)?;
        file.sync()?;
        drop(file);
        self.rename(&new, path)?;
        path.parent().map_or(Ok(()), |directory| self.sync_directory(directory))
    }
}

pub(super) struct RealDisk;

impl Disk for RealDisk {
    fn create_directory(&self, path: &Path) -> io::Result<()> {
        std::fs::create_dir_all(path)
    }

    fn open(&self, path: &Path, length: u64) -> io::Result<Box<dyn DiskFile>> {
        let mut file = OpenOptions::new().create(true).write(true).truncate(false).open(path)?;
        file.set_len(length)?;
        file.seek(SeekFrom::End(0))?;
        Ok(Box::new(file))
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        OpenOptions::new().write(true).open(path)?.sync_all()
    }

    fn sync_directory(&self, path: &Path) -> io::Result<()> {
        // Elsewhere a folder cannot be opened, and its names are kept by the file system's own journal.
        if cfg!(unix) { File::open(path)?.sync_all() } else { Ok(()) }
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        std::fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        unless_gone(std::fs::remove_file(path))
    }

    fn remove_directory(&self, path: &Path) -> io::Result<()> {
        unless_gone(std::fs::remove_dir_all(path))
    }

    fn synchronous(&self) -> &'static str {
        "EXTRA"
    }
}

impl DiskFile for File {
    fn sync(&mut self) -> io::Result<()> {
        self.sync_data()
    }
}

fn unless_gone(result: io::Result<()>) -> io::Result<()> {
    result.or_else(|error| if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) })
}
