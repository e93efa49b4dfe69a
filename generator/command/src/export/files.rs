//! Rows → a file for each list.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::Format;
use super::csv::Sheet;
use super::failure::Failure;
use super::folder::Folder;
use super::jsonl;
use super::known::Known;
use super::manifest::{Content, Contents, Place, Resource};
use super::store::{List, Mark, Standing, Store};
use super::work_file::{Hashed, WorkFile, Written};
use clientsmith_runtime::mock::spec::MockSpec;

/// What has been written so far.
const PROGRESS: &str = "progress.json";
const CHANGED: &str = "it does not hold what was written";

pub(super) struct Files<'a> {
    folder: &'a Folder<'a>,
    format: Format,
    table: &'static MockSpec,
    progress: Progress,
    lists: Vec<&'static str>,
    current: Option<Current>,
}

/// What is on disk for good. What a file has beyond that is cut off.
#[derive(Clone, Default, Serialize, Deserialize)]
struct Progress {
    complete: BTreeMap<String, Written>,
    partial: Option<Partial>,
}

#[derive(Clone, Serialize, Deserialize)]
struct Partial {
    #[serde(flatten)]
    mark: Mark,
    #[serde(flatten)]
    written: Written,
}

/// The file that is being written.
struct Current {
    list: &'static str,
    path: PathBuf,
    file: WorkFile,
    layout: Layout,
}

enum Layout {
    Lines,
    Sheet(Sheet),
}

impl<'a> Files<'a> {
    pub(super) fn open(folder: &'a Folder<'a>, format: Format, table: &'static MockSpec) -> Result<Self, Failure> {
        let progress: Progress = folder.read(PROGRESS)?.unwrap_or_default();
        let files = Self { folder, format, table, progress, lists: Vec::new(), current: None };
        for (list, written) in &files.progress.complete {
            let path = files.path(list);
            let hashed = Hashed::read(&path, written.bytes).map_err(files.unreadable(&path))?;
            files.check(&path, written, hashed)?;
        }
        Ok(files)
    }

    fn name(&self, list: &str) -> String {
        format!("{list}.{}", self.format.name())
    }

    fn path(&self, list: &str) -> PathBuf {
        self.folder.work.join(self.name(list))
    }

    /// Begins the file of a list.
    fn create(&mut self, path: &Path, layout: &Layout) -> Result<WorkFile, Failure> {
        // What is said of the file must not outlive its contents.
        if self.progress.partial.take().is_some() {
            self.save()?;
        }
        let mut header = Vec::new();
        let created = layout.begin(&mut header).and_then(|()| WorkFile::create(self.folder.disk, path));
        let begun = created.and_then(|mut file| file.write_rows(&header, 0).map(|()| file));
        begun.map_err(Failure::file(path, "written"))
    }

    /// Opens the file of a list after what is there of it.
    fn resume(&self, list: List, layout: &Layout) -> Result<Option<(WorkFile, Standing)>, Failure> {
        let Some(Partial { mark, written }) = self.progress.partial.as_ref().filter(|at| at.mark.list == list.name)
        else {
            return Ok(None);
        };
        let Some(key) = list.key else { return Ok(None) };
        let path = self.path(list.name);
        let mut reader = Hashed::open(&path, written.bytes).map_err(self.unreadable(&path))?;
        let known = layout.keys(&mut reader, key).map_err(self.unreadable(&path))?;
        let hash = reader.into_inner().hash();
        self.check(&path, written, hash.clone())?;
        let Some(known) = known else { return Ok(None) };
        let file = WorkFile::resume(self.folder.disk, &path, written, hash).map_err(Failure::file(&path, "written"))?;
        Ok(Some((file, Standing::Partial { page: mark.page, known, rows: written.rows })))
    }

    fn check(&self, path: &Path, written: &Written, hash: Sha256) -> Result<(), Failure> {
        if format!("{:x}", hash.finalize()) == written.sha256 {
            return Ok(());
        }
        Err(self.folder.damaged(path, &CHANGED))
    }

    /// What it means that a file cannot be read.
    fn unreadable(&self, path: &Path) -> impl FnOnce(io::Error) -> Failure {
        move |error| match error.kind() {
            io::ErrorKind::NotFound => self.folder.damaged(path, &"it is gone"),
            _ if error.raw_os_error().is_some() => Failure::file(path, "read")(error),
            // It is no text, or no sheet.
            _ => self.folder.damaged(path, &CHANGED),
        }
    }

    fn save(&self) -> Result<(), Failure> {
        self.folder.put(PROGRESS, &self.progress)
    }
}

impl Store for Files<'_> {
    fn take_up(&mut self, list: List) -> Result<Standing, Failure> {
        self.lists.push(list.name);
        if let Some(written) = self.progress.complete.get(list.name) {
            return Ok(Standing::Complete { rows: written.rows });
        }
        let path = self.path(list.name);
        let layout = match self.format {
            Format::Csv => Layout::Sheet(Sheet::of(self.table, list.kind)),
            _ => Layout::Lines,
        };
        let (file, standing) = match self.resume(list, &layout)? {
            Some(resumed) => resumed,
            None => (self.create(&path, &layout)?, Standing::nothing()),
        };
        self.current = Some(Current { list: list.name, path, file, layout });
        Ok(standing)
    }

    fn append(&mut self, rows: &[String]) -> Result<(), Failure> {
        let Some(Current { path, file, layout, .. }) = &mut self.current else { return Ok(()) };
        let mut bytes = Vec::new();
        let laid_out = rows.iter().try_for_each(|row| layout.write(row, &mut bytes));
        laid_out.and_then(|()| file.write_rows(&bytes, rows.len())).map_err(Failure::file(path, "written"))
    }

    fn checkpoint(&mut self, page: u64) -> Result<(), Failure> {
        let Some(Current { list, path, file, .. }) = &mut self.current else { return Ok(()) };
        let written = file.sync().map_err(Failure::file(path, "written"))?;
        let list = (*list).to_owned();
        self.progress.partial = Some(Partial { mark: Mark { list, page }, written });
        self.save()
    }

    fn complete(&mut self) -> Result<(), Failure> {
        let Some(Current { list, path, mut file, .. }) = self.current.take() else { return Ok(()) };
        let written = file.sync().map_err(Failure::file(&path, "written"))?;
        self.progress.complete.insert(list.to_owned(), written);
        self.progress.partial = None;
        self.save()
    }

    fn finish(self: Box<Self>) -> Result<Content, Failure> {
        let written = self.lists.iter().filter_map(|list| Some((*list, self.progress.complete.get(*list)?)));
        let resources = written.map(|(list, Written { rows, bytes, sha256 })| Resource {
            name: list.to_owned(),
            rows: *rows,
            place: Place::File(Contents { file: self.name(list), bytes: *bytes, sha256: sha256.clone() }),
        });
        Ok(Content { database: None, updated: true, resources: resources.collect() })
    }
}

impl Layout {
    fn begin(&self, out: &mut Vec<u8>) -> io::Result<()> {
        match self {
            Self::Lines => Ok(()),
            Self::Sheet(sheet) => sheet.write_header(out),
        }
    }

    fn write(&self, row: &str, out: &mut Vec<u8>) -> io::Result<()> {
        match self {
            Self::Lines => {
                jsonl::write(row, out);
                Ok(())
            }
            Self::Sheet(sheet) => sheet.write(row, out),
        }
    }

    /// The keys of what was written; none if it is to be written anew.
    fn keys(&self, from: impl io::BufRead, key: &str) -> io::Result<Option<Known>> {
        match self {
            Self::Lines => jsonl::keys(from, key).map(Some),
            Self::Sheet(sheet) => sheet.keys(from, key),
        }
    }
}
