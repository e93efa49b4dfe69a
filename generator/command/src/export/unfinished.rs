//! An export that is not finished, as its directory remembers it.

use serde::{Deserialize, Serialize};

use super::fingerprint::Fingerprint;
use super::format::ExportFormat;

/// An export that has begun.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct UnfinishedExport {
    pub(super) base_url: String,
    pub(super) key: Fingerprint,
    pub(super) format: ExportFormat,
    /// The lists, by name.
    pub(super) selection: Vec<String>,
    pub(super) started: String,
}
