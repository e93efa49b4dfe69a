//! The names of files and directories common to all exports.

/// The work directory, with the files of an unfinished export.
pub(super) const WORK: &str = ".unfinished-export";
/// The manifest of finished exports; in the work directory, the manifest of a complete export.
pub(super) const MANIFEST: &str = "manifest.json";
/// The description of the unfinished export.
pub(super) const UNFINISHED: &str = "export.json";
/// The file that is locked during an export.
pub(super) const LOCK: &str = ".export.lock";
