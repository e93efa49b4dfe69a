//! What a folder holds: a file for people and programs, and for the next export into the folder.

use std::path::{Component, Path};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::fingerprint::Fingerprint;
use super::folder::Begun;
use super::{Format, Origin};

/// The version of the manifest's own format.
const VERSION: u32 = 1;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Manifest {
    #[serde(rename = "manifest")]
    version: u32,
    pub(crate) base_url: String,
    pub(crate) key: Fingerprint,
    /// The last one at the end. Of earlier ones there is what has not been exported again.
    pub(crate) exports: Vec<Export>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Export {
    pub(crate) program: String,
    pub(crate) program_version: String,
    pub(crate) api: String,
    pub(crate) api_version: String,
    pub(crate) spec_sha256: String,
    pub(crate) started: String,
    pub(crate) finished: String,
    pub(crate) format: Format,
    /// The file that the tables are in, as the last export into it left it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) database: Option<Contents>,
    pub(crate) resources: Vec<Resource>,
}

/// The rows of a list.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Resource {
    pub(crate) name: String,
    pub(crate) rows: u64,
    #[serde(flatten)]
    pub(crate) place: Place,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub(crate) enum Place {
    File(Contents),
    Table {
        table: String,
        /// How many more rows are there from earlier exports, which the API does not list any more.
        earlier_rows: u64,
        /// Of the rows as the API sent them, without white space, in the order of their ids, a line each.
        sha256: String,
    },
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Contents {
    pub(crate) file: String,
    pub(crate) bytes: u64,
    pub(crate) sha256: String,
}

/// What an export has brought.
pub(super) struct Content {
    pub(super) database: Option<Contents>,
    /// Whether what earlier exports brought, and this one did not, is still there.
    pub(super) updated: bool,
    pub(super) resources: Vec<Resource>,
}

/// The time, in a form whose order as text is that of time.
pub(super) fn now() -> String {
    format!("{:.6}", Timestamp::now())
}

impl Manifest {
    /// What a folder holds after an export; `updated` says whether tables of earlier ones are still there.
    pub(super) fn after(earlier: Option<Self>, begun: &Begun, export: Export, updated: bool) -> Self {
        let mut exports = earlier.map(|manifest| manifest.exports).unwrap_or_default();
        for old in exports.iter_mut().filter(|old| old.format == export.format) {
            old.resources.retain(|old| updated && export.resources.iter().all(|new| new.name != old.name));
            old.database = None;
        }
        exports.retain(|export| !export.resources.is_empty());
        exports.push(export);
        Self { version: VERSION, base_url: begun.base_url.clone(), key: begun.key.clone(), exports }
    }

    /// Reads one, or says what is wrong with it.
    pub(super) fn parse(json: &[u8]) -> Result<Self, String> {
        #[derive(Deserialize)]
        struct Version {
            #[serde(rename = "manifest")]
            version: u32,
        }
        let read = serde_json::from_slice(json);
        let Version { version } = read.map_err(|error| format!("it is no manifest of an export ({error})"))?;
        if version != VERSION {
            return Err(format!("it is of version {version}, and this program knows version {VERSION}"));
        }
        let manifest: Self = serde_json::from_slice(json).map_err(|error| error.to_string())?;
        let elsewhere = manifest.exports.iter().flat_map(Export::files).find(|contents| !contents.is_in_the_folder());
        elsewhere.map_or(Ok(()), |contents| Err(format!("it names a file elsewhere, `{}`", contents.file)))?;
        Ok(manifest)
    }

    pub(super) fn lists(&self, file: &str) -> bool {
        self.exports.iter().flat_map(Export::files).any(|contents| contents.file == file)
    }
}

impl Export {
    pub(super) fn new(begun: &Begun, origin: Origin<'_>, content: &Content) -> Self {
        Self {
            program: origin.program.to_owned(),
            program_version: origin.version.to_owned(),
            api: origin.api.to_owned(),
            api_version: origin.api_version.to_owned(),
            spec_sha256: origin.spec_hash.to_owned(),
            started: begun.started.clone(),
            finished: now(),
            format: begun.format,
            database: content.database.clone(),
            resources: content.resources.clone(),
        }
    }

    /// The files that are there because of it.
    pub(super) fn files(&self) -> impl Iterator<Item = &Contents> {
        let own = self.resources.iter().filter_map(|resource| match &resource.place {
            Place::File(contents) => Some(contents),
            Place::Table { .. } => None,
        });
        own.chain(&self.database)
    }

    #[cfg(test)]
    pub(crate) fn rows(&self) -> u64 {
        self.resources.iter().map(|resource| resource.rows).sum()
    }
}

impl Contents {
    fn is_in_the_folder(&self) -> bool {
        let mut components = Path::new(&self.file).components();
        matches!((components.next(), components.next()), (Some(Component::Normal(_)), None))
    }
}
