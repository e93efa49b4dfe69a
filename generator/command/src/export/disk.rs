//! All changes to files, behind a trait with which tests can make any of them fail.

use std::fs::{File, OpenOptions};
use std::io::{self, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

pub(super) trait Disk {
    /// Creates a directory and its parents, unless it exists.
    fn create_directory(&self, path: &Path) -> io::Result<()>;

    /// Opens a file for appending, truncated to `length` bytes.
    fn open(&self, path: &Path, length: u64) -> io::Result<Box<dyn DiskFile>>;

    /// Waits until the contents of a file are on disk.
    fn sync(&self, path: &Path) -> io::Result<()>;

    /// Waits until the names in a directory are on disk.
    fn sync_directory(&self, path: &Path) -> io::Result<()>;

    /// Renames a file, replacing an existing one.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes a file if it exists.
    fn remove(&self, path: &Path) -> io::Result<()>;

    /// Removes a directory and its contents, if it exists.
    fn remove_directory(&self, path: &Path) -> io::Result<()>;

    /// SQLite's setting `synchronous`; SQLite writes its own files.
    fn synchronous(&self) -> &'static str;
}

/// A file open for appending.
pub(super) trait DiskFile: Write {
    /// Waits until the contents are on disk.
    fn sync(&mut self) -> io::Result<()>;
}

impl dyn Disk + '_ {
    /// Replaces a small file atomically: it has either the old or the new contents.
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
        // Other systems cannot open a directory; their file systems journal its entries.
        if cfg!(unix) { File::open(path)?.sync_all() } else { Ok(()) }
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        std::fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        if_exists(std::fs::remove_file(path))
    }

    fn remove_directory(&self, path: &Path) -> io::Result<()> {
        if_exists(std::fs::remove_dir_all(path))
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

fn if_exists(result: io::Result<()>) -> io::Result<()> {
    result.or_else(|error| if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) })
}
