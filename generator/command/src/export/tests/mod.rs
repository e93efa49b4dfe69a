//! Exports of a small in-memory API to failing disks.

mod api;
mod changes;
mod contents;
mod directories;
mod failing_disk;
mod faults;
mod rate_limit;
mod verification;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use clientsmith_runtime::api::Kind;
use secrecy::SecretString;

use self::api::{Api, SPEC};
use super::disk::{Disk, RealDisk};
use super::error::ExportError;
use super::format::ExportFormat;
use super::job::{ExportJob, ListSource};
use super::manifest::ExportEntry;
use super::names::WORK;
use super::origin::Origin;
use super::progress::NoProgress;
use super::run::run;
use super::verify::verify;

/// The settings of an export; each test changes some.
struct TestExport<'a> {
    api: &'a Arc<Api>,
    directory: &'a Path,
    format: ExportFormat,
    lists: &'a [&'static str],
    disk: &'a dyn Disk,
    checkpoint: Duration,
    base_url: &'a str,
    key: &'a str,
    spec_hash: &'a str,
}

impl<'a> TestExport<'a> {
    fn new(api: &'a Arc<Api>, directory: &'a Path, format: ExportFormat) -> Self {
        Self {
            api,
            directory,
            format,
            lists: &["tags", "notes"],
            disk: &RealDisk,
            checkpoint: Duration::ZERO,
            base_url: "https://api.example.com",
            key: "pk_live_secret",
            spec_hash: "c0ffee",
        }
    }

    fn run(&self) -> Result<ExportEntry, ExportError> {
        self.run_until(std::future::pending())
    }

    fn run_until(&self, stop: impl Future<Output = ()>) -> Result<ExportEntry, ExportError> {
        let key = SecretString::from(self.key);
        let sources =
            self.lists.iter().map(|name| ListSource { name, kind: kind(name), listing: self.api.listing(name) });
        let job = ExportJob {
            directory: self.directory.to_owned(),
            format: self.format,
            spec: &SPEC,
            sources: sources.collect(),
            origin: Origin {
                program: "notekeeper",
                version: "1.2.3",
                api: "Notes API",
                api_version: "v1",
                spec_hash: self.spec_hash,
                base_url: self.base_url,
                key: &key,
            },
        };
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(run(self.disk, self.checkpoint, job, &mut NoProgress, stop))
    }
}

/// The number of rows that an export wrote.
fn row_count(export: &ExportEntry) -> u64 {
    export.lists.iter().map(|list| list.rows).sum()
}

fn kind(list: &str) -> Kind {
    Kind::Named(match list {
        "tags" => "Tag",
        "notes" => "Note",
        _ => "Look",
    })
}

/// The rows of a list in a directory, sorted.
fn rows(directory: &Path, format: ExportFormat, list: &str) -> Vec<String> {
    let mut rows: Vec<String> = match format {
        ExportFormat::Jsonl => {
            let text = std::fs::read_to_string(directory.join(format!("{list}.jsonl"))).unwrap();
            text.lines().map(ToOwned::to_owned).collect()
        }
        ExportFormat::Csv => {
            let mut reader = csv::Reader::from_path(directory.join(format!("{list}.csv"))).unwrap();
            reader.records().map(|record| record.unwrap().iter().collect::<Vec<_>>().join("|")).collect()
        }
        ExportFormat::Sqlite => {
            let database = rusqlite::Connection::open(directory.join("notekeeper.sqlite")).unwrap();
            let mut select = database.prepare(&format!("SELECT json FROM {list}")).unwrap();
            select.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
        }
    };
    rows.sort_unstable();
    rows
}

/// The finished files of a directory, by name.
fn finished(directory: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    let files = entries.filter(|path| path.is_file() && !path.ends_with(".export.lock"));
    files.map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read(&path).unwrap())).collect()
}

#[track_caller]
fn assert_complete(directory: &Path, format: ExportFormat, api: &Api) {
    for list in ["tags", "notes"] {
        assert_eq!(rows(directory, format, list), expected(format, api, list), "{list} as {format:?}");
    }
    assert!(!directory.join(WORK).exists());
    verify(directory).unwrap();
}

/// The expected rows of an exported list.
fn expected(format: ExportFormat, api: &Api, list: &str) -> Vec<String> {
    let mut rows = api.rows(list);
    if format == ExportFormat::Csv {
        let sheet = super::csv::CsvCodec::of(&SPEC, kind(list));
        let cells = rows.iter().map(|row| {
            let mut line = Vec::new();
            sheet.write(row, &mut line).unwrap();
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(line.as_slice());
            reader.records().next().unwrap().unwrap().iter().collect::<Vec<_>>().join("|")
        });
        rows = cells.collect();
    }
    rows.sort_unstable();
    rows
}
