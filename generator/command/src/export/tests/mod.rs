//! Exports of a small API that keeps its lists in memory, into folders whose disk may fail.

mod api;
mod changes;
mod contents;
mod faults;
mod folders;
mod mortal;
mod verified;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use secrecy::SecretString;

use self::api::{Api, TABLE};
use super::disk::{Disk, Real};
use super::folder::WORK;
use super::{Failure, Format, Order, Origin, Report, Silent, Source, run};
use clientsmith_runtime::api::Kind;

/// An export that is about to be made; each test changes what it is about.
struct Attempt<'a> {
    api: &'a Arc<Api>,
    folder: &'a Path,
    format: Format,
    lists: &'a [&'static str],
    disk: &'a dyn Disk,
    checkpoint: Duration,
    base_url: &'a str,
    key: &'a str,
    spec_hash: &'a str,
}

impl<'a> Attempt<'a> {
    fn new(api: &'a Arc<Api>, folder: &'a Path, format: Format) -> Self {
        Self {
            api,
            folder,
            format,
            lists: &["tags", "notes"],
            disk: &Real,
            checkpoint: Duration::ZERO,
            base_url: "https://api.example.com",
            key: "pk_live_secret",
            spec_hash: "c0ffee",
        }
    }

    fn run(&self) -> Result<Report, Failure> {
        self.run_until(std::future::pending())
    }

    fn run_until(&self, stop: impl Future<Output = ()>) -> Result<Report, Failure> {
        let key = SecretString::from(self.key);
        let sources = self.lists.iter().map(|name| Source { name, kind: kind(name), listing: self.api.listing(name) });
        let order = Order {
            folder: self.folder.to_owned(),
            format: self.format,
            table: &TABLE,
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
        runtime.block_on(run(self.disk, self.checkpoint, order, &mut Silent, stop))
    }
}

fn kind(list: &str) -> Kind {
    Kind::Named(match list {
        "tags" => "Tag",
        "notes" => "Note",
        _ => "Look",
    })
}

/// The rows that a folder holds of a list, as text, in the order of their ids.
fn rows(folder: &Path, format: Format, list: &str) -> Vec<String> {
    let mut rows: Vec<String> = match format {
        Format::Jsonl => {
            let text = std::fs::read_to_string(folder.join(format!("{list}.jsonl"))).unwrap();
            text.lines().map(ToOwned::to_owned).collect()
        }
        Format::Csv => {
            let mut reader = csv::Reader::from_path(folder.join(format!("{list}.csv"))).unwrap();
            reader.records().map(|record| record.unwrap().iter().collect::<Vec<_>>().join("|")).collect()
        }
        Format::Sqlite => {
            let database = rusqlite::Connection::open(folder.join("notekeeper.sqlite")).unwrap();
            let mut select = database.prepare(&format!("SELECT json FROM {list}")).unwrap();
            select.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
        }
    };
    rows.sort_unstable();
    rows
}

/// The finished files of a folder, by name.
fn finished(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files = entries.filter(|path| path.is_file() && !path.ends_with(".export.lock"));
    files.map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), std::fs::read(&path).unwrap())).collect()
}

#[track_caller]
fn assert_complete(folder: &Path, format: Format, api: &Api) {
    for list in ["tags", "notes"] {
        assert_eq!(rows(folder, format, list), expected(format, api, list), "{list} as {format:?}");
    }
    assert!(!folder.join(WORK).exists());
    super::verify(folder).unwrap();
}

/// The rows as a folder should hold them, by an export of them alone.
fn expected(format: Format, api: &Api, list: &str) -> Vec<String> {
    let mut rows = api.rows(list);
    if format == Format::Csv {
        let sheet = super::csv::Sheet::of(&TABLE, kind(list));
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
