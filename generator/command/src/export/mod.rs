//! Lists → files or a database in a folder: nothing lost, nothing twice, whenever it is stopped.
//!
//! What is being written is in a work folder, and moves to its final name when all lists have been read. The manifest is
//! the last to move: it says what the folder holds.

pub(crate) mod command;
mod csv;
mod database;
mod disk;
mod failure;
mod files;
mod fingerprint;
mod folder;
mod jsonl;
mod known;
mod manifest;
mod meter;
mod read;
mod schema;
mod store;
#[cfg(test)]
mod tests;
mod verify;
mod work_file;

use std::path::PathBuf;
use std::pin::pin;
use std::time::Duration;

use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use self::database::Database;
use self::disk::Disk;
use self::files::Files;
use self::fingerprint::Fingerprint;
use self::folder::{Begun, Folder};
use self::manifest::{Export, Manifest};
use self::store::{List, Store};
use super::rows::Listing;
use clientsmith_runtime::api::Kind;
use clientsmith_runtime::mock::spec::MockSpec;

pub(crate) use self::failure::{Difference, Failure};
pub(crate) use self::meter::{Bar, Lines, Meter, Silent};
pub(crate) use self::verify::verify;

/// How long rows may be without being on disk for good.
const CHECKPOINT: Duration = Duration::from_millis(500);

/// What is exported, and where to.
pub(crate) struct Order<'a> {
    pub(crate) folder: PathBuf,
    pub(crate) format: Format,
    pub(crate) table: &'static MockSpec,
    pub(crate) sources: Vec<Source>,
    pub(crate) origin: Origin<'a>,
}

/// A list.
pub(crate) struct Source {
    /// The resource, which names the file or table.
    pub(crate) name: &'static str,
    /// What a row is.
    pub(crate) kind: Kind,
    pub(crate) listing: Box<dyn Listing>,
}

/// Where rows come from, and what brings them.
#[derive(Clone, Copy)]
pub(crate) struct Origin<'a> {
    pub(crate) program: &'a str,
    pub(crate) version: &'a str,
    pub(crate) api: &'a str,
    pub(crate) api_version: &'a str,
    pub(crate) spec_hash: &'a str,
    pub(crate) base_url: &'a str,
    /// Only its fingerprint is kept.
    pub(crate) key: &'a SecretString,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Format {
    Jsonl,
    Csv,
    Sqlite,
}

impl Format {
    pub(crate) const ALL: [Self; 3] = [Self::Jsonl, Self::Csv, Self::Sqlite];

    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Sqlite => "sqlite",
        }
    }
}

/// What an export has come to.
#[derive(Debug)]
pub(crate) struct Report {
    /// What the manifest says of it.
    pub(crate) export: Export,
    /// Whether part of it was there from an earlier run.
    #[cfg_attr(not(test), expect(dead_code, reason = "tests ask for it"))]
    pub(crate) resumed: bool,
}

/// Exports until all is there, or `stop` is ready. What has been read is kept, and the same order goes on from there.
pub(crate) async fn export(
    order: Order<'_>,
    meter: &mut dyn Meter,
    stop: impl Future<Output = ()>,
) -> Result<Report, Failure> {
    run(&disk::Real, CHECKPOINT, order, meter, stop).await
}

async fn run(
    disk: &dyn Disk,
    checkpoint: Duration,
    order: Order<'_>,
    meter: &mut dyn Meter,
    stop: impl Future<Output = ()>,
) -> Result<Report, Failure> {
    let mut stop = pin!(stop);
    let folder = Folder::open(disk, order.folder.clone())?;
    let manifest = match settle(&folder, &order)? {
        Settled::Done(report) => return Ok(report),
        Settled::Open(manifest) => manifest,
    };
    let (begun, resumed) = begin(&folder, &order, manifest.as_ref())?;
    let mut store = open_store(&folder, &order, &begun)?;
    let (origin, files) = (order.origin, order.files());
    for source in order.sources {
        let list = List::of(order.table, source.name, source.kind);
        read::read(list, source.listing, store.as_mut(), checkpoint, meter, stop.as_mut()).await?;
    }
    let content = store.finish()?;
    folder.refuse_foreign(&files, manifest.as_ref())?;
    let export = Export::new(&begun, origin, &content);
    let manifest = Manifest::after(manifest, &begun, export.clone(), content.updated);
    folder.stage(&manifest)?;
    folder.put_in_place(&manifest)?;
    Ok(Report { export, resumed })
}

enum Settled {
    /// What was ordered only had to be put in place.
    Done(Report),
    /// What the folder holds.
    Open(Option<Manifest>),
}

/// Puts an earlier export in place that is complete, and has not got to it.
fn settle(folder: &Folder<'_>, order: &Order<'_>) -> Result<Settled, Failure> {
    let manifest = folder.manifest()?;
    if let Some(manifest) = &manifest {
        order.same_origin(folder, &manifest.base_url, &manifest.key)?;
    }
    let Some(staged) = folder.staged()? else { return Ok(Settled::Open(manifest)) };
    order.same_origin(folder, &staged.base_url, &staged.key)?;
    folder.put_in_place(&staged)?;
    let export = staged.exports.last().filter(|export| order.is_answered_by(export)).cloned();
    Ok(export.map_or(Settled::Open(Some(staged)), |export| Settled::Done(Report { export, resumed: true })))
}

/// Begins an export, or goes on with one; says which.
fn begin(folder: &Folder<'_>, order: &Order<'_>, manifest: Option<&Manifest>) -> Result<(Begun, bool), Failure> {
    folder.refuse_foreign(&order.files(), manifest)?;
    if let Some(begun) = folder.begun()? {
        order.same_origin(folder, &begun.base_url, &begun.key)?;
        order.same_wish(folder, &begun)?;
        return Ok((begun, true));
    }
    let key = manifest.map_or_else(|| Fingerprint::of(order.origin.key), |known| known.key.clone());
    Ok((folder.begin(order.begun(key))?, false))
}

fn open_store<'a>(folder: &'a Folder<'_>, order: &Order<'_>, begun: &Begun) -> Result<Box<dyn Store + 'a>, Failure> {
    Ok(match order.format {
        Format::Sqlite => Box::new(Database::open(folder, &order.database(), &begun.started, order.table)?),
        format => Box::new(Files::open(folder, format, order.table)?),
    })
}

impl Order<'_> {
    /// The names of the files that it leads to.
    fn files(&self) -> Vec<String> {
        match self.format {
            Format::Sqlite => vec![self.database()],
            format => self.sources.iter().map(|source| format!("{}.{}", source.name, format.name())).collect(),
        }
    }

    fn database(&self) -> String {
        format!("{}.{}", self.origin.program, Format::Sqlite.name())
    }

    fn selection(&self) -> Vec<String> {
        let mut names: Vec<_> = self.sources.iter().map(|source| source.name.to_owned()).collect();
        names.sort_unstable();
        names
    }

    fn begun(&self, key: Fingerprint) -> Begun {
        Begun {
            base_url: self.origin.base_url.to_owned(),
            key,
            format: self.format,
            selection: self.selection(),
            started: manifest::now(),
        }
    }

    fn is_answered_by(&self, export: &Export) -> bool {
        let mut names: Vec<_> = export.resources.iter().map(|resource| resource.name.clone()).collect();
        names.sort_unstable();
        export.format == self.format && names == self.selection()
    }

    /// Refuses a folder whose rows come from elsewhere.
    fn same_origin(&self, folder: &Folder<'_>, base_url: &str, key: &Fingerprint) -> Result<(), Failure> {
        if base_url != self.origin.base_url {
            let (here, asked) = (base_url.to_owned(), self.origin.base_url.to_owned());
            return Err(folder.refused(Difference::BaseUrl { here, asked }));
        }
        if !key.is_of(self.origin.key) {
            return Err(folder.refused(Difference::Key));
        }
        Ok(())
    }

    /// Refuses to go on with what was to become something else.
    fn same_wish(&self, folder: &Folder<'_>, begun: &Begun) -> Result<(), Failure> {
        if begun.format != self.format {
            return Err(folder.refused(Difference::Format { here: begun.format }));
        }
        if begun.selection != self.selection() {
            return Err(folder.refused(Difference::Selection { here: begun.selection.clone() }));
        }
        Ok(())
    }
}
