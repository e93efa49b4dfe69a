//! Writes rows into tables of an SQLite database, and updates them in later exports.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clientsmith_runtime::mock::spec::MockSpec;
use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, OptionalExtension, params_from_iter};
use serde::{Deserialize, Serialize};

use super::directory::ExportDirectory;
use super::error::ExportError;
use super::known_keys::KnownKeys;
use super::manifest::{Destination, FileEntry, ListEntry, StoredLists};
use super::schema::{EXPORTED_AT, TableSchema};
use super::store::{ExportedList, ListState, ResumePoint, Store};
use super::summary::Summary;

/// The table with the checkpoint. It is updated in the same transaction as the rows, and dropped at the end.
const CHECKPOINT: &str = "unfinished_export";
/// The file with the checkpoint after that table is dropped.
const FINAL_CHECKPOINT: &str = "all-read.json";
/// The suffixes of SQLite's files beside an open database.
const COMPANIONS: [&str; 2] = ["-journal", "-wal"];

pub(super) struct Database<'a> {
    directory: &'a ExportDirectory<'a>,
    spec: &'static MockSpec,
    file: String,
    path: PathBuf,
    connection: Connection,
    /// The start time of the export, which marks its rows.
    started: String,
    checkpoint: DatabaseCheckpoint,
    /// Whether an earlier export created the database.
    updated: bool,
    lists: Vec<ExportedList>,
    current: Option<CurrentTable>,
}

#[derive(Clone, Default, Serialize, Deserialize)]
struct DatabaseCheckpoint {
    complete: BTreeSet<String>,
    partial: Option<ResumePoint>,
}

/// The current table.
struct CurrentTable {
    list: &'static str,
    schema: TableSchema,
}

impl<'a> Database<'a> {
    /// Opens the unfinished database. It starts as a copy of the finished database, if there is one.
    pub(super) fn open(
        directory: &'a ExportDirectory<'a>,
        file: &str,
        started: &str,
        spec: &'static MockSpec,
    ) -> Result<Self, ExportError> {
        let (path, finished) = (directory.work.join(file), directory.finished(file));
        let updated = finished.exists();
        if updated && !path.exists() {
            copy(directory, &finished, &path)?;
        }
        let failed = ExportError::database(&path);
        let connection = Connection::open(&path).map_err(&failed)?;
        let settings = format!(
            "PRAGMA journal_mode = DELETE; PRAGMA synchronous = {}; PRAGMA locking_mode = EXCLUSIVE;
             CREATE TABLE IF NOT EXISTS {CHECKPOINT} (progress TEXT NOT NULL);",
            directory.disk.synchronous()
        );
        connection.execute_batch(&settings).map_err(&failed)?;
        let final_checkpoint: Option<DatabaseCheckpoint> = directory.read(FINAL_CHECKPOINT)?;
        let checkpoint = match final_checkpoint {
            Some(checkpoint) => checkpoint,
            None => match read_checkpoint(&connection).map_err(&failed)? {
                Some(json) => serde_json::from_str(&json).map_err(|error| directory.damaged(&path, &error))?,
                None => DatabaseCheckpoint::default(),
            },
        };
        Ok(Self {
            directory,
            spec,
            file: file.to_owned(),
            connection,
            started: started.to_owned(),
            checkpoint,
            updated,
            lists: Vec::new(),
            current: None,
            path,
        })
    }

    /// Commits rows and checkpoint in one transaction.
    fn commit(&mut self) -> rusqlite::Result<()> {
        let json = serde_json::to_string(&self.checkpoint).unwrap_or_default();
        self.connection.execute(&format!("DELETE FROM {CHECKPOINT}"), [])?;
        self.connection.execute(&format!("INSERT INTO {CHECKPOINT} VALUES (?)"), [json])?;
        self.connection.execute_batch("COMMIT")
    }

    fn begin(&self) -> rusqlite::Result<()> {
        self.connection.execute_batch("BEGIN IMMEDIATE")
    }

    /// Creates the table, or adds missing columns to an existing one.
    fn prepare(&self, list: ExportedList, schema: &TableSchema) -> rusqlite::Result<()> {
        self.connection.execute(&schema.create(), [])?;
        let mut names = self.connection.prepare("SELECT name FROM pragma_table_info(?)")?;
        let existing: Vec<String> = names.query_map([list.name], |row| row.get(0))?.collect::<Result<_, _>>()?;
        for statement in schema.add_missing(&existing) {
            self.connection.execute(&statement, [])?;
        }
        if list.key.is_none() {
            self.connection.execute(&format!("DELETE FROM {}", schema.table()), [])?;
        }
        Ok(())
    }

    /// Returns the keys of the rows written by this export.
    fn known(&self, schema: &TableSchema) -> rusqlite::Result<KnownKeys> {
        let mut known = KnownKeys::default();
        let Some(key) = &schema.key else { return Ok(known) };
        let sql = format!("SELECT CAST({key} AS TEXT) FROM {} WHERE {EXPORTED_AT} = ?", schema.table());
        let mut keys = self.connection.prepare(&sql)?;
        let mut rows = keys.query([&self.started])?;
        while let Some(row) = rows.next()? {
            if let ValueRef::Text(key) = row.get_ref(0)? {
                known.insert(key);
            }
        }
        Ok(known)
    }

    fn list_entry(&self, list: ExportedList) -> rusqlite::Result<ListEntry> {
        let schema = TableSchema::of(self.spec, list);
        let summary = Summary::of(&self.connection, list.name, schema.key.as_deref(), &self.started)?;
        let Summary { rows, earlier_rows, sha256 } = summary;
        let destination = Destination::Table { table: list.name.to_owned(), earlier_rows, sha256 };
        Ok(ListEntry { name: list.name.to_owned(), rows, destination })
    }

    fn failed(&self) -> impl Fn(rusqlite::Error) -> ExportError + use<> {
        ExportError::database(&self.path)
    }
}

impl Store for Database<'_> {
    fn begin_list(&mut self, list: ExportedList) -> Result<ListState, ExportError> {
        let failed = self.failed();
        self.lists.push(list);
        let schema = TableSchema::of(self.spec, list);
        if self.checkpoint.complete.contains(list.name) {
            let summary = Summary::count(&self.connection, list.name, &self.started).map_err(failed)?;
            return Ok(ListState::Complete { rows: summary });
        }
        self.begin().map_err(&failed)?;
        self.prepare(list, &schema).map_err(&failed)?;
        let known = self.known(&schema).map_err(&failed)?;
        let page = match &self.checkpoint.partial {
            Some(resume_point) if resume_point.list == list.name && list.key.is_some() => resume_point.page,
            _ => 1,
        };
        self.current = Some(CurrentTable { list: list.name, schema });
        Ok(ListState::Partial { page, rows: known.len(), known })
    }

    fn append(&mut self, rows: &[String]) -> Result<(), ExportError> {
        let Some(CurrentTable { schema, .. }) = &self.current else { return Ok(()) };
        let written = self.connection.prepare(&schema.upsert()).and_then(|mut upsert| {
            rows.iter().try_for_each(|row| {
                let ends = [Value::Text(self.started.clone()), Value::Text(row.clone())];
                upsert.execute(params_from_iter(schema.values(row).into_iter().chain(ends))).map(drop)
            })
        });
        written.map_err(self.failed())
    }

    fn checkpoint(&mut self, page: u64) -> Result<(), ExportError> {
        let Some(CurrentTable { list, .. }) = &self.current else { return Ok(()) };
        self.checkpoint.partial = Some(ResumePoint { list: (*list).to_owned(), page });
        self.commit().and_then(|()| self.begin()).map_err(self.failed())
    }

    fn complete_list(&mut self) -> Result<(), ExportError> {
        let Some(CurrentTable { list, .. }) = self.current.take() else { return Ok(()) };
        self.checkpoint.complete.insert(list.to_owned());
        self.checkpoint.partial = None;
        self.commit().map_err(self.failed())
    }

    fn finish(self: Box<Self>) -> Result<StoredLists, ExportError> {
        let failed = self.failed();
        let lists: Result<_, _> = self.lists.iter().map(|list| self.list_entry(*list)).collect();
        let lists = lists.map_err(&failed)?;
        self.directory.put(FINAL_CHECKPOINT, &self.checkpoint)?;
        self.connection.execute_batch(&format!("DROP TABLE {CHECKPOINT}")).map_err(&failed)?;
        let Self { directory, file, path, connection, updated, .. } = *self;
        connection.close().map_err(|(_, error)| failed(error))?;
        reject_in_use(&directory.finished(&file))?;
        let entry = FileEntry::read(&path, file).map_err(ExportError::file(&path, "read"))?;
        Ok(StoredLists { database: Some(entry), updated, lists })
    }
}

fn read_checkpoint(connection: &Connection) -> rusqlite::Result<Option<String>> {
    connection.query_row(&format!("SELECT progress FROM {CHECKPOINT}"), [], |row| row.get(0)).optional()
}

/// Copies a finished database, including changes by other programs.
fn copy(directory: &ExportDirectory<'_>, from: &Path, to: &Path) -> Result<(), ExportError> {
    let new = to.with_extension("new");
    directory.disk.remove(&new).map_err(ExportError::file(&new, "removed"))?;
    let name = ToSqlOutput::Borrowed(ValueRef::Text(new.as_os_str().as_encoded_bytes()));
    let failed = ExportError::database(from);
    let connection = Connection::open(from).map_err(&failed)?;
    connection.execute("VACUUM INTO ?", [name]).map_err(&failed)?;
    connection.close().map_err(|(_, error)| failed(error))?;
    reject_in_use(from)?;
    let moved = directory.disk.sync(&new).and_then(|()| directory.disk.rename(&new, to));
    moved.and_then(|()| directory.disk.sync_directory(&directory.work)).map_err(ExportError::file(to, "written"))
}

/// Rejects a database with companion files: another program has it open, and the files must not be combined with a new
/// database.
fn reject_in_use(path: &Path) -> Result<(), ExportError> {
    let is_in_use = COMPANIONS.iter().any(|companion| {
        let mut beside = path.as_os_str().to_owned();
        beside.push(companion);
        Path::new(&beside).exists()
    });
    if is_in_use { Err(ExportError::InUse(path.to_owned())) } else { Ok(()) }
}
