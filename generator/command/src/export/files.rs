//! Writes rows into one file per list.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use clientsmith_runtime::mock::spec::MockSpec;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::csv::CsvCodec;
use super::directory::ExportDirectory;
use super::error::ExportError;
use super::format::ExportFormat;
use super::jsonl;
use super::known_keys::KnownKeys;
use super::manifest::{Destination, FileEntry, ListEntry, StoredLists};
use super::store::{ExportedList, ListState, ResumePoint, Store};
use super::work_file::{HashingReader, WorkFile, Written};

/// The file with the checkpoint.
const CHECKPOINT: &str = "progress.json";
const CHANGED: &str = "its content is not what was written";

pub(super) struct Files<'a> {
    directory: &'a ExportDirectory<'a>,
    format: ExportFormat,
    spec: &'static MockSpec,
    checkpoint: FilesCheckpoint,
    lists: Vec<&'static str>,
    current: Option<CurrentFile>,
}

/// The contents known to be on disk. A resumed file is truncated to them.
#[derive(Clone, Default, Serialize, Deserialize)]
struct FilesCheckpoint {
    complete: BTreeMap<String, Written>,
    partial: Option<Partial>,
}

#[derive(Clone, Serialize, Deserialize)]
struct Partial {
    #[serde(flatten)]
    resume_point: ResumePoint,
    #[serde(flatten)]
    written: Written,
}

/// The current file.
struct CurrentFile {
    list: &'static str,
    path: PathBuf,
    file: WorkFile,
    codec: RowCodec,
}

enum RowCodec {
    Jsonl,
    Csv(CsvCodec),
}

impl<'a> Files<'a> {
    pub(super) fn open(
        directory: &'a ExportDirectory<'a>,
        format: ExportFormat,
        spec: &'static MockSpec,
    ) -> Result<Self, ExportError> {
        let checkpoint: FilesCheckpoint = directory.read(CHECKPOINT)?.unwrap_or_default();
        let files = Self { directory, format, spec, checkpoint, lists: Vec::new(), current: None };
        for (list, written) in &files.checkpoint.complete {
            let path = files.path(list);
            let hashed = HashingReader::read(&path, written.bytes).map_err(files.unreadable(&path))?;
            files.check(&path, written, hashed)?;
        }
        Ok(files)
    }

    fn name(&self, list: &str) -> String {
        format!("{list}.{}", self.format.name())
    }

    fn path(&self, list: &str) -> PathBuf {
        self.directory.work.join(self.name(list))
    }

    /// Creates the file of a list.
    fn create(&mut self, path: &Path, codec: &RowCodec) -> Result<WorkFile, ExportError> {
        // The checkpoint must not outlive the contents that it describes.
        if self.checkpoint.partial.take().is_some() {
            self.save()?;
        }
        let mut header = Vec::new();
        let created = codec.write_header(&mut header).and_then(|()| WorkFile::create(self.directory.disk, path));
        let unfinished = created.and_then(|mut file| file.write_rows(&header, 0).map(|()| file));
        unfinished.map_err(ExportError::file(path, "written"))
    }

    /// Reopens the file of a list at its checkpoint.
    fn resume(&self, list: ExportedList, codec: &RowCodec) -> Result<Option<(WorkFile, ListState)>, ExportError> {
        let Some(Partial { resume_point, written }) =
            self.checkpoint.partial.as_ref().filter(|at| at.resume_point.list == list.name)
        else {
            return Ok(None);
        };
        let Some(key) = list.key else { return Ok(None) };
        let path = self.path(list.name);
        let mut reader = HashingReader::open(&path, written.bytes).map_err(self.unreadable(&path))?;
        let known = codec.keys(&mut reader, key).map_err(self.unreadable(&path))?;
        let hash = reader.into_inner().hash();
        self.check(&path, written, hash.clone())?;
        let Some(known) = known else { return Ok(None) };
        let file =
            WorkFile::resume(self.directory.disk, &path, written, hash).map_err(ExportError::file(&path, "written"))?;
        Ok(Some((file, ListState::Partial { page: resume_point.page, known, rows: written.rows })))
    }

    fn check(&self, path: &Path, written: &Written, hash: Sha256) -> Result<(), ExportError> {
        if format!("{:x}", hash.finalize()) == written.sha256 {
            return Ok(());
        }
        Err(self.directory.damaged(path, &CHANGED))
    }

    /// Returns the error for a file that cannot be read.
    fn unreadable(&self, path: &Path) -> impl FnOnce(io::Error) -> ExportError {
        move |error| match error.kind() {
            io::ErrorKind::NotFound => self.directory.damaged(path, &"it does not exist"),
            _ if error.raw_os_error().is_some() => ExportError::file(path, "read")(error),
            // It is not UTF-8, or not CSV.
            _ => self.directory.damaged(path, &CHANGED),
        }
    }

    fn save(&self) -> Result<(), ExportError> {
        self.directory.put(CHECKPOINT, &self.checkpoint)
    }
}

impl Store for Files<'_> {
    fn begin_list(&mut self, list: ExportedList) -> Result<ListState, ExportError> {
        self.lists.push(list.name);
        if let Some(written) = self.checkpoint.complete.get(list.name) {
            return Ok(ListState::Complete { rows: written.rows });
        }
        let path = self.path(list.name);
        let codec = match self.format {
            ExportFormat::Csv => RowCodec::Csv(CsvCodec::of(self.spec, list.kind)),
            _ => RowCodec::Jsonl,
        };
        let (file, state) = match self.resume(list, &codec)? {
            Some(resumed) => resumed,
            None => (self.create(&path, &codec)?, ListState::empty()),
        };
        self.current = Some(CurrentFile { list: list.name, path, file, codec });
        Ok(state)
    }

    fn append(&mut self, rows: &[String]) -> Result<(), ExportError> {
        let Some(CurrentFile { path, file, codec, .. }) = &mut self.current else { return Ok(()) };
        let mut bytes = Vec::new();
        let encoded = rows.iter().try_for_each(|row| codec.write(row, &mut bytes));
        encoded.and_then(|()| file.write_rows(&bytes, rows.len())).map_err(ExportError::file(path, "written"))
    }

    fn checkpoint(&mut self, page: u64) -> Result<(), ExportError> {
        let Some(CurrentFile { list, path, file, .. }) = &mut self.current else { return Ok(()) };
        let written = file.sync().map_err(ExportError::file(path, "written"))?;
        let list = (*list).to_owned();
        self.checkpoint.partial = Some(Partial { resume_point: ResumePoint { list, page }, written });
        self.save()
    }

    fn complete_list(&mut self) -> Result<(), ExportError> {
        let Some(CurrentFile { list, path, mut file, .. }) = self.current.take() else { return Ok(()) };
        let written = file.sync().map_err(ExportError::file(&path, "written"))?;
        self.checkpoint.complete.insert(list.to_owned(), written);
        self.checkpoint.partial = None;
        self.save()
    }

    fn finish(self: Box<Self>) -> Result<StoredLists, ExportError> {
        let written = self.lists.iter().filter_map(|list| Some((*list, self.checkpoint.complete.get(*list)?)));
        let lists = written.map(|(list, Written { rows, bytes, sha256 })| ListEntry {
            name: list.to_owned(),
            rows: *rows,
            destination: Destination::File(FileEntry { file: self.name(list), bytes: *bytes, sha256: sha256.clone() }),
        });
        Ok(StoredLists { database: None, updated: true, lists: lists.collect() })
    }
}

impl RowCodec {
    fn write_header(&self, out: &mut Vec<u8>) -> io::Result<()> {
        match self {
            Self::Jsonl => Ok(()),
            Self::Csv(sheet) => sheet.write_header(out),
        }
    }

    fn write(&self, row: &str, out: &mut Vec<u8>) -> io::Result<()> {
        match self {
            Self::Jsonl => {
                jsonl::write(row, out);
                Ok(())
            }
            Self::Csv(sheet) => sheet.write(row, out),
        }
    }

    /// Returns the keys of the rows in a file; `None` if the file must be written again.
    fn keys(&self, from: impl io::BufRead, key: &str) -> io::Result<Option<KnownKeys>> {
        match self {
            Self::Jsonl => jsonl::keys(from, key).map(Some),
            Self::Csv(sheet) => sheet.keys(from, key),
        }
    }
}
