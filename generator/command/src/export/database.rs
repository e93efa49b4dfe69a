//! Rows → tables of an SQLite database, which a second export brings up to date.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rusqlite::types::{ToSqlOutput, Value, ValueRef};
use rusqlite::{Connection, OptionalExtension, params_from_iter};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::failure::Failure;
use super::folder::Folder;
use super::known::Known;
use super::manifest::{Content, Contents, Place, Resource};
use super::schema::{EXPORTED_AT, JSON, Schema, quoted};
use super::store::{List, Mark, Standing, Store};
use super::work_file::Hashed;
use clientsmith_runtime::mock::spec::MockSpec;

/// The table that says what has been written so far. It changes together with the rows, and goes before the database is done.
const PROGRESS: &str = "unfinished_export";
/// A file that says the same when the table has gone.
const ALL_READ: &str = "all-read.json";
/// What SQLite keeps beside a database that is in use.
const COMPANIONS: [&str; 2] = ["-journal", "-wal"];

pub(super) struct Database<'a> {
    folder: &'a Folder<'a>,
    table: &'static MockSpec,
    file: String,
    path: PathBuf,
    connection: Connection,
    /// The export that rows are marked with.
    started: String,
    progress: Progress,
    /// Whether the database has been there before.
    updated: bool,
    lists: Vec<List>,
    current: Option<Current>,
}

#[derive(Clone, Default, Serialize, Deserialize)]
struct Progress {
    complete: BTreeSet<String>,
    partial: Option<Mark>,
}

/// The table that is being written.
struct Current {
    list: &'static str,
    schema: Schema,
}

impl<'a> Database<'a> {
    /// Opens the unfinished database; at first that is a copy of the finished one, if there is one.
    pub(super) fn open(
        folder: &'a Folder<'a>,
        file: &str,
        started: &str,
        table: &'static MockSpec,
    ) -> Result<Self, Failure> {
        let (path, finished) = (folder.work.join(file), folder.finished(file));
        let updated = finished.exists();
        if updated && !path.exists() {
            copy(folder, &finished, &path)?;
        }
        let failed = Failure::database(&path);
        let connection = Connection::open(&path).map_err(&failed)?;
        let settings = format!(
            "PRAGMA journal_mode = DELETE; PRAGMA synchronous = {}; PRAGMA locking_mode = EXCLUSIVE;
             CREATE TABLE IF NOT EXISTS {PROGRESS} (progress TEXT NOT NULL);",
            folder.disk.synchronous()
        );
        connection.execute_batch(&settings).map_err(&failed)?;
        let all_read: Option<Progress> = folder.read(ALL_READ)?;
        let progress = match all_read {
            Some(progress) => progress,
            None => match read_progress(&connection).map_err(&failed)? {
                Some(json) => serde_json::from_str(&json).map_err(|error| folder.damaged(&path, &error))?,
                None => Progress::default(),
            },
        };
        Ok(Self {
            folder,
            table,
            file: file.to_owned(),
            connection,
            started: started.to_owned(),
            progress,
            updated,
            lists: Vec::new(),
            current: None,
            path,
        })
    }

    /// Ends the transaction, with what has been done in it.
    fn commit(&mut self) -> rusqlite::Result<()> {
        let json = serde_json::to_string(&self.progress).unwrap_or_default();
        self.connection.execute(&format!("DELETE FROM {PROGRESS}"), [])?;
        self.connection.execute(&format!("INSERT INTO {PROGRESS} VALUES (?)"), [json])?;
        self.connection.execute_batch("COMMIT")
    }

    fn begin(&self) -> rusqlite::Result<()> {
        self.connection.execute_batch("BEGIN IMMEDIATE")
    }

    /// Creates the table, or adds to an earlier one what it does not have.
    fn prepare(&self, list: List, schema: &Schema) -> rusqlite::Result<()> {
        self.connection.execute(&schema.create(), [])?;
        let mut names = self.connection.prepare("SELECT name FROM pragma_table_info(?)")?;
        let there: Vec<String> = names.query_map([list.name], |row| row.get(0))?.collect::<Result<_, _>>()?;
        for statement in schema.add_missing(&there) {
            self.connection.execute(&statement, [])?;
        }
        if list.key.is_none() {
            self.connection.execute(&format!("DELETE FROM {}", schema.table()), [])?;
        }
        Ok(())
    }

    /// The keys of the rows that this export has written.
    fn known(&self, schema: &Schema) -> rusqlite::Result<Known> {
        let mut known = Known::default();
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

    fn resource(&self, list: List) -> rusqlite::Result<Resource> {
        let schema = Schema::of(self.table, list);
        let summary = Summary::of(&self.connection, list.name, schema.key.as_deref(), &self.started)?;
        let Summary { rows, earlier_rows, sha256 } = summary;
        let place = Place::Table { table: list.name.to_owned(), earlier_rows, sha256 };
        Ok(Resource { name: list.name.to_owned(), rows, place })
    }

    fn failed(&self) -> impl Fn(rusqlite::Error) -> Failure + use<> {
        Failure::database(&self.path)
    }
}

impl Store for Database<'_> {
    fn take_up(&mut self, list: List) -> Result<Standing, Failure> {
        let failed = self.failed();
        self.lists.push(list);
        let schema = Schema::of(self.table, list);
        if self.progress.complete.contains(list.name) {
            let summary = Summary::count(&self.connection, list.name, &self.started).map_err(failed)?;
            return Ok(Standing::Complete { rows: summary });
        }
        self.begin().map_err(&failed)?;
        self.prepare(list, &schema).map_err(&failed)?;
        let known = self.known(&schema).map_err(&failed)?;
        let page = match &self.progress.partial {
            Some(mark) if mark.list == list.name && list.key.is_some() => mark.page,
            _ => 1,
        };
        self.current = Some(Current { list: list.name, schema });
        Ok(Standing::Partial { page, rows: known.len(), known })
    }

    fn append(&mut self, rows: &[String]) -> Result<(), Failure> {
        let Some(Current { schema, .. }) = &self.current else { return Ok(()) };
        let written = self.connection.prepare(&schema.upsert()).and_then(|mut upsert| {
            rows.iter().try_for_each(|row| {
                let ends = [Value::Text(self.started.clone()), Value::Text(row.clone())];
                upsert.execute(params_from_iter(schema.values(row).into_iter().chain(ends))).map(drop)
            })
        });
        written.map_err(self.failed())
    }

    fn checkpoint(&mut self, page: u64) -> Result<(), Failure> {
        let Some(Current { list, .. }) = &self.current else { return Ok(()) };
        self.progress.partial = Some(Mark { list: (*list).to_owned(), page });
        self.commit().and_then(|()| self.begin()).map_err(self.failed())
    }

    fn complete(&mut self) -> Result<(), Failure> {
        let Some(Current { list, .. }) = self.current.take() else { return Ok(()) };
        self.progress.complete.insert(list.to_owned());
        self.progress.partial = None;
        self.commit().map_err(self.failed())
    }

    fn finish(self: Box<Self>) -> Result<Content, Failure> {
        let failed = self.failed();
        let resources: Result<_, _> = self.lists.iter().map(|list| self.resource(*list)).collect();
        let resources = resources.map_err(&failed)?;
        self.folder.put(ALL_READ, &self.progress)?;
        self.connection.execute_batch(&format!("DROP TABLE {PROGRESS}")).map_err(&failed)?;
        let Self { folder, file, path, connection, updated, .. } = *self;
        connection.close().map_err(|(_, error)| failed(error))?;
        refuse_in_use(&folder.finished(&file))?;
        let contents = contents(&path, file).map_err(Failure::file(&path, "read"))?;
        Ok(Content { database: Some(contents), updated, resources })
    }
}

/// The rows of a table: those that an export has written, and others.
pub(super) struct Summary {
    pub(super) rows: u64,
    pub(super) earlier_rows: u64,
    pub(super) sha256: String,
}

impl Summary {
    pub(super) fn of(connection: &Connection, table: &str, key: Option<&str>, started: &str) -> rusqlite::Result<Self> {
        let table_name = quoted(table);
        let order = key.unwrap_or("rowid");
        let sql = format!("SELECT {JSON} FROM {table_name} WHERE {EXPORTED_AT} = ? ORDER BY {order}");
        let mut statement = connection.prepare(&sql)?;
        let mut found = statement.query([started])?;
        let (mut rows, mut hash) = (0, Sha256::new());
        while let Some(row) = found.next()? {
            let json = match row.get_ref(0)? {
                ValueRef::Text(json) | ValueRef::Blob(json) => json,
                _ => b"",
            };
            hash.update(json);
            hash.update(b"\n");
            rows += 1;
        }
        let sql = format!("SELECT count(*) FROM {table_name} WHERE {EXPORTED_AT} <> ?");
        let earlier_rows: i64 = connection.query_row(&sql, [started], |row| row.get(0))?;
        Ok(Self { rows, earlier_rows: earlier_rows.unsigned_abs(), sha256: format!("{:x}", hash.finalize()) })
    }

    fn count(connection: &Connection, table: &str, started: &str) -> rusqlite::Result<u64> {
        let sql = format!("SELECT count(*) FROM {} WHERE {EXPORTED_AT} = ?", quoted(table));
        connection.query_row(&sql, [started], |row| row.get(0)).map(i64::unsigned_abs)
    }
}

/// The column that tells the rows of a table apart, quoted.
pub(super) fn key(connection: &Connection, table: &str) -> rusqlite::Result<Option<String>> {
    let sql = "SELECT name FROM pragma_table_info(?) WHERE pk = 1";
    let name: Option<String> = connection.query_row(sql, [table], |row| row.get(0)).optional()?;
    Ok(name.map(|name| quoted(&name)))
}

fn read_progress(connection: &Connection) -> rusqlite::Result<Option<String>> {
    connection.query_row(&format!("SELECT progress FROM {PROGRESS}"), [], |row| row.get(0)).optional()
}

/// Copies a finished database, with all that other programs have done to it.
fn copy(folder: &Folder<'_>, from: &Path, to: &Path) -> Result<(), Failure> {
    let new = to.with_extension("new");
    folder.disk.remove(&new).map_err(Failure::file(&new, "removed"))?;
    let name = ToSqlOutput::Borrowed(ValueRef::Text(new.as_os_str().as_encoded_bytes()));
    let failed = Failure::database(from);
    let connection = Connection::open(from).map_err(&failed)?;
    connection.execute("VACUUM INTO ?", [name]).map_err(&failed)?;
    connection.close().map_err(|(_, error)| failed(error))?;
    refuse_in_use(from)?;
    let moved = folder.disk.sync(&new).and_then(|()| folder.disk.rename(&new, to));
    moved.and_then(|()| folder.disk.sync_folder(&folder.work)).map_err(Failure::file(to, "written"))
}

/// Another program has it open if there is something beside it, which must not meet another database.
fn refuse_in_use(path: &Path) -> Result<(), Failure> {
    let is_there = COMPANIONS.iter().any(|companion| {
        let mut beside = path.as_os_str().to_owned();
        beside.push(companion);
        Path::new(&beside).exists()
    });
    if is_there { Err(Failure::InUse(path.to_owned())) } else { Ok(()) }
}

/// What a file holds.
pub(super) fn contents(path: &Path, file: String) -> std::io::Result<Contents> {
    let bytes = path.metadata()?.len();
    let hash = Hashed::read(path, bytes)?;
    Ok(Contents { file, bytes, sha256: format!("{:x}", hash.finalize()) })
}
