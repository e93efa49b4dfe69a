//! What is in a folder, compared with what its manifest says.

use std::fs::File;
use std::io::{self, BufRead, BufReader};
use std::path::Path;

use rusqlite::{Connection, OpenFlags};

use super::Format;
use super::database::{self, Summary};
use super::failure::Failure;
use super::folder::{MANIFEST, WORK, lock_shared, read_manifest};
use super::manifest::{Contents, Export, Manifest, Place, Resource};

/// A folder that is as its exports left it.
#[derive(Debug)]
pub(crate) struct Verified {
    pub(crate) manifest: Manifest,
}

pub(crate) fn verify(folder: &Path) -> Result<Verified, Failure> {
    let _lock = lock_shared(folder)?;
    let work = folder.join(WORK);
    let nothing = |unfinished| Failure::Nothing { folder: folder.to_owned(), unfinished };
    if work.join(MANIFEST).exists() {
        return Err(nothing(true));
    }
    let manifest = read_manifest(folder)?.ok_or_else(|| nothing(work.exists()))?;
    let mut problems = Vec::new();
    for export in &manifest.exports {
        check_export(folder, export, &manifest, &mut problems)?;
    }
    if problems.is_empty() {
        Ok(Verified { manifest })
    } else {
        Err(Failure::Mismatch { folder: folder.to_owned(), problems })
    }
}

fn check_export(
    folder: &Path,
    export: &Export,
    manifest: &Manifest,
    problems: &mut Vec<String>,
) -> Result<(), Failure> {
    for resource in &export.resources {
        if let Place::File(expected) = &resource.place {
            let path = folder.join(&expected.file);
            problems.extend(check_file(&path, expected)?);
            let rows = count(&path, export.format).map_err(Failure::file(&path, "read"));
            problems
                .extend(rows.ok().flatten().and_then(|rows| differing(&expected.file, "rows", resource.rows, rows)));
        }
    }
    if let Some(expected) = &export.database {
        let path = folder.join(&expected.file);
        problems.extend(check_file(&path, expected)?);
        if path.exists() {
            let tables = manifest.exports.iter().filter(|export| export.format == Format::Sqlite);
            // What cannot be read is not what was written.
            let found = check_tables(&path, tables).unwrap_or_else(|error| vec![format!("{}: {error}", expected.file)]);
            problems.extend(found);
        }
    }
    Ok(())
}

fn check_file(path: &Path, expected: &Contents) -> Result<Option<String>, Failure> {
    let Contents { file, bytes, sha256 } = expected;
    match database::contents(path, file.clone()) {
        Ok(found) if found.bytes != *bytes => Ok(differing(file, "bytes", *bytes, found.bytes)),
        Ok(found) if found.sha256 != *sha256 => {
            Ok(Some(format!("{file}: the SHA-256 is {}, and was {sha256}", found.sha256)))
        }
        Ok(_) => Ok(None),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Some(format!("{file} is gone"))),
        Err(error) => Err(Failure::file(path, "read")(error)),
    }
}

fn check_tables<'a>(path: &Path, exports: impl Iterator<Item = &'a Export>) -> rusqlite::Result<Vec<String>> {
    let connection = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let mut problems = Vec::new();
    let integrity: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if integrity != "ok" {
        problems.push(integrity);
    }
    for export in exports {
        for resource in &export.resources {
            problems.extend(check_table(&connection, resource, &export.started)?);
        }
    }
    Ok(problems)
}

fn check_table(connection: &Connection, resource: &Resource, started: &str) -> rusqlite::Result<Vec<String>> {
    let Place::Table { table, earlier_rows, sha256 } = &resource.place else { return Ok(Vec::new()) };
    let key = database::key(connection, table)?;
    let found = Summary::of(connection, table, key.as_deref(), started)?;
    let rows = differing(table, "rows", resource.rows, found.rows);
    let earlier = differing(table, "rows of earlier exports", *earlier_rows, found.earlier_rows);
    let hash = (found.sha256 != *sha256)
        .then(|| format!("{table}: the SHA-256 of its rows is {}, and was {sha256}", found.sha256));
    Ok([rows, earlier, hash].into_iter().flatten().collect())
}

fn differing(what: &str, unit: &str, expected: u64, found: u64) -> Option<String> {
    (found != expected).then(|| format!("{what}: {found} {unit}, and there were {expected}"))
}

/// How many rows are in a file; none if it cannot be told.
fn count(path: &Path, format: Format) -> io::Result<Option<u64>> {
    let file = BufReader::new(File::open(path)?);
    match format {
        Format::Jsonl => {
            let mut rows = 0;
            for line in file.split(b'\n') {
                line?;
                rows += 1;
            }
            Ok(Some(rows))
        }
        Format::Csv => {
            Ok(csv::Reader::from_reader(file).byte_records().try_fold(0, |rows, row| row.map(|_| rows + 1)).ok())
        }
        Format::Sqlite => Ok(None),
    }
}
