//! The errors of an export and its verification.

use std::io;
use std::path::{Path, PathBuf};

use clientsmith_runtime::Error;

use super::format::ExportFormat;
use super::names::WORK;

/// An error of an export. Unless its message states otherwise, the rows so far are kept and the same job resumes.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ExportError {
    /// The API returned an error instead of a page.
    #[error("{list}: page {page} could not be read: {source}\n{}", kept(*rows))]
    Api {
        list: &'static str,
        page: u64,
        /// The number of rows written so far.
        rows: u64,
        source: Box<Error>,
    },
    /// A file or directory could not be used.
    #[error("{} cannot be {doing}: {source}{}", path.display(), advice(source))]
    File { path: PathBuf, doing: &'static str, source: io::Error },
    #[error("{}: {source}{}", path.display(), database_advice(source))]
    Database { path: PathBuf, source: rusqlite::Error },
    /// The directory belongs to another export. Nothing was changed.
    #[error("{}", conflict.text(directory))]
    Conflict { directory: PathBuf, conflict: Conflict },
    /// The export would replace a file that no manifest lists. Nothing was changed.
    #[error("{} does not belong to an export: move it away, or use another directory", .0.display())]
    Foreign(PathBuf),
    #[error("{} is in use by another program: wait for it, or use another directory", .0.display())]
    InUse(PathBuf),
    #[error("{list}: stopped after {rows} rows\n{}", kept(*rows))]
    Interrupted { list: &'static str, rows: u64 },
    /// A file of an unfinished export has changed, so the export cannot be resumed.
    #[error("{} is damaged: {reason}; remove {} and export again", path.display(), remove.display())]
    Damaged { path: PathBuf, reason: String, remove: PathBuf },
    #[error("{} cannot be used: {reason}; move it away, or use another directory", path.display())]
    Manifest { path: PathBuf, reason: String },
    /// The directory has no finished export to verify.
    #[error("{}: no complete export exists{}", directory.display(), if *unfinished { ": run the export again to complete it" } else { "" })]
    NoExport { directory: PathBuf, unfinished: bool },
    /// The directory differs from its manifest.
    #[error("{} has changed since the export:\n{}", directory.display(), problems.join("\n"))]
    Mismatch { directory: PathBuf, problems: Vec<String> },
}

/// The difference between the export in a directory and the job.
#[derive(Debug)]
pub(crate) enum Conflict {
    BaseUrl {
        here: String,
        requested: String,
    },
    Key,
    /// The directory has an unfinished export.
    ExportFormat {
        here: ExportFormat,
    },
    /// The directory has an unfinished export.
    Selection {
        here: Vec<String>,
    },
}

impl Conflict {
    fn text(&self, directory: &Path) -> String {
        let name = directory.display();
        let anew = format!("complete it first, or remove {} to discard it", directory.join(WORK).display());
        match self {
            Self::BaseUrl { here, requested } => {
                format!("{name} contains an export from {here}, not from {requested}: use another directory")
            }
            Self::Key => {
                format!("{name} contains an export with another API key: use that key, or another directory")
            }
            Self::ExportFormat { here } => format!("{name} contains an unfinished export as {}: {anew}", here.name()),
            Self::Selection { here } => format!("{name} contains an unfinished export of {}: {anew}", here.join(", ")),
        }
    }
}

impl ExportError {
    pub(super) fn file(path: &Path, doing: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::File { path: path.to_owned(), doing, source }
    }

    pub(super) fn database(path: &Path) -> impl Fn(rusqlite::Error) -> Self + use<> {
        use rusqlite::ErrorCode;
        let path = path.to_owned();
        move |source| match source.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::InUse(path.clone()),
            _ => Self::Database { path: path.clone(), source },
        }
    }
}

fn kept(rows: u64) -> &'static str {
    if rows == 0 { "run the same command again" } else { "the same command resumes" }
}

const DISK_FULL: &str = "\nfree some space, then run the same command again: it resumes";

fn advice(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => DISK_FULL,
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => {
            "\nuse a writable directory, or change the permissions"
        }
        io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => "\na file has this name: use another directory",
        _ => "",
    }
}

fn database_advice(error: &rusqlite::Error) -> &'static str {
    use rusqlite::ErrorCode;
    match error.sqlite_error_code() {
        Some(ErrorCode::DiskFull) => DISK_FULL,
        Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => "\nremove it and export again",
        _ => "",
    }
}
