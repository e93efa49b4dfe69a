//! The names of files and directories that every export has.

/// The work directory, which holds an unfinished export.
pub(super) const WORK: &str = ".unfinished-export";
/// The manifest: of finished exports in the directory, of a complete one in the work directory.
pub(super) const MANIFEST: &str = "manifest.json";
/// What the unfinished export is to become.
pub(super) const UNFINISHED: &str = "export.json";
/// The file that is locked while an export runs.
pub(super) const LOCK: &str = ".export.lock";
