//! A file under construction, and the hash of its contents.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::disk::{Disk, DiskFile};

/// The part of a file known to be on disk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Written {
    pub(super) rows: u64,
    pub(super) bytes: u64,
    pub(super) sha256: String,
}

pub(super) struct WorkFile {
    out: BufWriter<Box<dyn DiskFile>>,
    hash: Sha256,
    bytes: u64,
    rows: u64,
}

impl WorkFile {
    /// Creates an empty file.
    pub(super) fn create(disk: &dyn Disk, path: &Path) -> io::Result<Self> {
        Self::open(disk, path, 0, 0, Sha256::new())
    }

    /// Continues a file after `written`.
    pub(super) fn resume(disk: &dyn Disk, path: &Path, written: &Written, hash: Sha256) -> io::Result<Self> {
        Self::open(disk, path, written.bytes, written.rows, hash)
    }

    fn open(disk: &dyn Disk, path: &Path, bytes: u64, rows: u64, hash: Sha256) -> io::Result<Self> {
        Ok(Self { out: BufWriter::with_capacity(1 << 16, disk.open(path, bytes)?), hash, bytes, rows })
    }

    /// Appends rows as encoded bytes.
    pub(super) fn write_rows(&mut self, bytes: &[u8], rows: usize) -> io::Result<()> {
        self.rows += rows as u64;
        self.bytes += bytes.len() as u64;
        self.hash.update(bytes);
        self.out.write_all(bytes)
    }

    /// Syncs the file, and returns its size and hash.
    pub(super) fn sync(&mut self) -> io::Result<Written> {
        self.out.flush()?;
        self.out.get_mut().sync()?;
        let sha256 = format!("{:x}", self.hash.clone().finalize());
        Ok(Written { rows: self.rows, bytes: self.bytes, sha256 })
    }
}

/// Reads and hashes the start of a file.
pub(super) struct HashingReader {
    from: io::Take<File>,
    hash: Sha256,
}

impl HashingReader {
    pub(super) fn open(path: &Path, bytes: u64) -> io::Result<BufReader<Self>> {
        let from = File::open(path)?.take(bytes);
        Ok(BufReader::with_capacity(1 << 16, Self { from, hash: Sha256::new() }))
    }

    /// Returns the hash of the first `bytes` bytes of a file.
    pub(super) fn read(path: &Path, bytes: u64) -> io::Result<Sha256> {
        let mut reader = Self::open(path, bytes)?;
        io::copy(&mut reader, &mut io::sink())?;
        Ok(reader.into_inner().hash)
    }

    pub(super) fn hash(self) -> Sha256 {
        self.hash
    }
}

impl Read for HashingReader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.from.read(buffer)?;
        if let Some(read) = buffer.get(..length) {
            self.hash.update(read);
        }
        Ok(length)
    }
}
