//! The names of files and directories in every export.

/// The work directory, with the files of an unfinished export.
pub(super) const WORK: &str = ".unfinished-export";
/// The manifest of finished exports; in the work directory, of a complete one.
pub(super) const MANIFEST: &str = "manifest.json";
/// The description of the unfinished export.
pub(super) const UNFINISHED: &str = "export.json";
/// The file that is locked while an export runs.
pub(super) const LOCK: &str = ".export.lock";
