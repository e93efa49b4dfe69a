//! Compares the contents of a directory with its manifest.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use super::directory::{lock_shared, read_manifest};
use super::error::ExportError;
use super::format::ExportFormat;
use super::manifest::{Destination, ExportEntry, FileEntry, ListEntry, Manifest};
use super::names::{MANIFEST, WORK};
use super::summary::{self, Summary};

pub(crate) fn verify(directory: &Path) -> Result<Manifest, ExportError> {
    let _lock = lock_shared(directory)?;
    let work = directory.join(WORK);
    let no_export = |unfinished| ExportError::NoExport { directory: directory.to_owned(), unfinished };
    if work.join(MANIFEST).exists() {
        return Err(no_export(true));
    }
    let manifest = read_manifest(directory)?.ok_or_else(|| no_export(work.exists()))?;
    let mut problems = Vec::new();
    for export in &manifest.exports {
        check_export(directory, export, &manifest, &mut problems)?;
    }
    if problems.is_empty() {
        Ok(manifest)
    } else {
        Err(ExportError::Mismatch { directory: directory.to_owned(), problems })
    }
}

fn check_export(
    directory: &Path,
    export: &ExportEntry,
    manifest: &Manifest,
    problems: &mut Vec<String>,
) -> Result<(), ExportError> {
    for list in &export.lists {
        if let Destination::File(expected) = &list.destination {
            let path = directory.join(&expected.file);
            problems.extend(check_file(&path, expected)?);
            let rows = count(&path, export.format).map_err(ExportError::file(&path, "read"));
            problems.extend(rows.ok().flatten().and_then(|rows| difference(&expected.file, "rows", list.rows, rows)));
        }
    }
    if let Some(expected) = &export.database {
        let path = directory.join(&expected.file);
        problems.extend(check_file(&path, expected)?);
        if path.exists() {
            let tables = manifest.exports.iter().filter(|export| export.format == ExportFormat::Sqlite);
            // An unreadable database differs from the exported one.
            let found = check_tables(&path, tables).unwrap_or_else(|error| vec![format!("{}: {error}", expected.file)]);
            problems.extend(found);
        }
    }
    Ok(())
}

fn check_file(path: &Path, expected: &FileEntry) -> Result<Option<String>, ExportError> {
    let FileEntry { file, bytes, sha256 } = expected;
    match FileEntry::read(path, file.clone()) {
        Ok(found) if found.bytes != *bytes => Ok(difference(file, "bytes", *bytes, found.bytes)),
        Ok(found) if found.sha256 != *sha256 => {
            Ok(Some(format!("{file}: the SHA-256 hash is {}, expected {sha256}", found.sha256)))
        }
        Ok(_) => Ok(None),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Some(format!("{file} does not exist"))),
        Err(error) => Err(ExportError::file(path, "read")(error)),
    }
}

fn check_tables<'a>(path: &Path, exports: impl Iterator<Item = &'a ExportEntry>) -> rusqlite::Result<Vec<String>> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut problems = Vec::new();
    let integrity: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if integrity != "ok" {
        problems.push(integrity);
    }
    for export in exports {
        for list in &export.lists {
            problems.extend(check_table(&connection, list, &export.started)?);
        }
    }
    Ok(problems)
}

fn check_table(connection: &Connection, list: &ListEntry, started: &str) -> rusqlite::Result<Vec<String>> {
    let Destination::Table { table, earlier_rows, sha256 } = &list.destination else { return Ok(Vec::new()) };
    let key = summary::key(connection, table)?;
    let found = Summary::of(connection, table, key.as_deref(), started)?;
    let rows = difference(table, "rows", list.rows, found.rows);
    let earlier = difference(table, "rows of earlier exports", *earlier_rows, found.earlier_rows);
    let hash = (found.sha256 != *sha256)
        .then(|| format!("{table}: the SHA-256 hash of the rows is {}, expected {sha256}", found.sha256));
    Ok([rows, earlier, hash].into_iter().flatten().collect())
}

fn difference(what: &str, unit: &str, expected: u64, found: u64) -> Option<String> {
    (found != expected).then(|| format!("{what}: {found} {unit}, expected {expected}"))
}

/// Counts the rows of a file; `None` if its format does not allow it.
fn count(path: &Path, format: ExportFormat) -> io::Result<Option<u64>> {
    let file = BufReader::new(File::open(path)?);
    match format {
        ExportFormat::Jsonl => {
            let mut rows = 0;
            for line in file.split(b'\n') {
                line?;
                rows += 1;
            }
            Ok(Some(rows))
        }
        ExportFormat::Csv => {
            Ok(csv::Reader::from_reader(file).byte_records().try_fold(0, |rows, row| row.map(|_| rows + 1)).ok())
        }
        ExportFormat::Sqlite => Ok(None),
    }
}
