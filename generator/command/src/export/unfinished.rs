//! An export that has started but not finished.

use serde::{Deserialize, Serialize};

use super::fingerprint::Fingerprint;
use super::format::ExportFormat;

/// An unfinished export, as stored in the work directory.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct UnfinishedExport {
    pub(super) base_url: String,
    pub(super) key: Fingerprint,
    pub(super) format: ExportFormat,
    /// The names of the lists, sorted.
    pub(super) selection: Vec<String>,
    pub(super) started: String,
}
