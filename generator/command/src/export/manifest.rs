//! The manifest describes the exports in a directory, for people, programs and later exports.

use std::path::{Component, Path};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha2::Digest;

use super::fingerprint::Fingerprint;
use super::format::ExportFormat;
use super::origin::Origin;
use super::unfinished::UnfinishedExport;
use super::work_file::HashingReader;

/// The version of the manifest format.
const VERSION: u32 = 1;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Manifest {
    #[serde(rename = "manifest")]
    version: u32,
    pub(crate) base_url: String,
    pub(crate) key: Fingerprint,
    /// The exports, the latest last. Earlier exports contain only lists that no later export has replaced.
    pub(crate) exports: Vec<ExportEntry>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ExportEntry {
    pub(crate) program: String,
    pub(crate) program_version: String,
    pub(crate) api: String,
    pub(crate) api_version: String,
    pub(crate) spec_sha256: String,
    pub(crate) started: String,
    pub(crate) finished: String,
    pub(crate) format: ExportFormat,
    /// The database file after the latest export into it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) database: Option<FileEntry>,
    #[serde(rename = "resources")]
    pub(crate) lists: Vec<ListEntry>,
}

/// A list and its rows.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct ListEntry {
    pub(crate) name: String,
    pub(crate) rows: u64,
    #[serde(flatten)]
    pub(crate) destination: Destination,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum Destination {
    File(FileEntry),
    Table {
        table: String,
        /// The number of other rows from earlier exports, which the API no longer lists.
        earlier_rows: u64,
        /// The hash of the rows as compact JSON, one per line, ordered by id.
        sha256: String,
    },
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct FileEntry {
    pub(crate) file: String,
    pub(crate) bytes: u64,
    pub(crate) sha256: String,
}

/// The result of a store.
pub(super) struct StoredLists {
    pub(super) database: Option<FileEntry>,
    /// Whether the database still contains rows and tables of earlier exports.
    pub(super) updated: bool,
    pub(super) lists: Vec<ListEntry>,
}

/// Returns the current time, in a format that sorts as text.
pub(super) fn now() -> String {
    format!("{:.6}", Timestamp::now())
}

impl Manifest {
    /// Returns the manifest after an export. `updated` means that the database still contains tables of earlier
    /// exports.
    pub(super) fn after(
        earlier: Option<Self>,
        unfinished: &UnfinishedExport,
        export: ExportEntry,
        updated: bool,
    ) -> Self {
        let mut exports = earlier.map(|manifest| manifest.exports).unwrap_or_default();
        for old in exports.iter_mut().filter(|old| old.format == export.format) {
            old.lists.retain(|old| updated && export.lists.iter().all(|new| new.name != old.name));
            old.database = None;
        }
        exports.retain(|export| !export.lists.is_empty());
        exports.push(export);
        Self { version: VERSION, base_url: unfinished.base_url.clone(), key: unfinished.key.clone(), exports }
    }

    /// Parses a manifest; the error contains the reason.
    pub(super) fn parse(json: &[u8]) -> Result<Self, String> {
        #[derive(Deserialize)]
        struct Version {
            #[serde(rename = "manifest")]
            version: u32,
        }
        let read = serde_json::from_slice(json);
        let Version { version } = read.map_err(|error| format!("it is not a manifest of an export ({error})"))?;
        if version != VERSION {
            return Err(format!("it has version {version}, and this program supports version {VERSION}"));
        }
        let manifest: Self = serde_json::from_slice(json).map_err(|error| error.to_string())?;
        let elsewhere =
            manifest.exports.iter().flat_map(ExportEntry::files).find(|file_entry| !file_entry.is_in_the_directory());
        elsewhere.map_or(Ok(()), |file_entry| Err(format!("it names a file elsewhere, `{}`", file_entry.file)))?;
        Ok(manifest)
    }

    pub(super) fn contains_file(&self, file: &str) -> bool {
        self.exports.iter().flat_map(ExportEntry::files).any(|file_entry| file_entry.file == file)
    }
}

impl ExportEntry {
    pub(super) fn new(unfinished: &UnfinishedExport, origin: Origin<'_>, stored: &StoredLists) -> Self {
        Self {
            program: origin.program.to_owned(),
            program_version: origin.version.to_owned(),
            api: origin.api.to_owned(),
            api_version: origin.api_version.to_owned(),
            spec_sha256: origin.spec_hash.to_owned(),
            started: unfinished.started.clone(),
            finished: now(),
            format: unfinished.format,
            database: stored.database.clone(),
            lists: stored.lists.clone(),
        }
    }

    /// Lists the files of the export.
    pub(super) fn files(&self) -> impl Iterator<Item = &FileEntry> {
        let own = self.lists.iter().filter_map(|list| match &list.destination {
            Destination::File(file_entry) => Some(file_entry),
            Destination::Table { .. } => None,
        });
        own.chain(&self.database)
    }
}

impl FileEntry {
    /// Reads the length and the hash of a file.
    pub(super) fn read(path: &Path, file: String) -> std::io::Result<Self> {
        let bytes = path.metadata()?.len();
        let hash = HashingReader::read(path, bytes)?;
        Ok(Self { file, bytes, sha256: format!("{:x}", hash.finalize()) })
    }

    fn is_in_the_directory(&self) -> bool {
        let mut components = Path::new(&self.file).components();
        matches!((components.next(), components.next()), (Some(Component::Normal(_)), None))
    }
}
