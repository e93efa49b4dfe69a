//! The sample files of the spec.

use std::path::{Path, PathBuf};

use serde_json::Value;

/// The directory of samples that belong to no operation.
pub const WEBHOOKS: &str = "webhooks";

/// A file `<directory>/<name>.<kind>.json`; webhook files have no kind.
#[derive(Clone, Debug)]
pub struct Sample {
    /// The operation, or `webhooks`.
    pub directory: String,
    /// The first part of the file name.
    pub name: String,
    /// One of the kinds that `CONTRIBUTING.md` lists; empty for webhooks.
    pub kind: String,
    path: PathBuf,
}

impl Sample {
    /// The ID of the sample in tables: `<directory>/<name>`.
    pub fn id(&self) -> String {
        format!("{}/{}", self.directory, self.name)
    }

    /// Returns the text of the file.
    #[track_caller]
    pub fn text(&self) -> String {
        read(&self.path)
    }

    /// Returns the file as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text()).unwrap_or_else(|error| panic!("{}: {error}", self.path.display()))
    }
}

/// Returns the text of one sample, such as `get_payout/typical.response`.
#[track_caller]
pub fn text(id: &str) -> String {
    read(&specification().join(format!("samples/{id}.json")))
}

/// Returns the samples of one kind.
pub fn of_kind(kind: &str) -> impl Iterator<Item = Sample> {
    all().into_iter().filter(move |sample| sample.directory != WEBHOOKS && sample.kind == kind)
}

/// Returns the samples of webhooks.
pub fn of_webhooks() -> impl Iterator<Item = Sample> {
    all().into_iter().filter(|sample| sample.directory == WEBHOOKS)
}

/// Fails if a table has rows without a sample, which would test nothing.
#[track_caller]
pub fn no_row_is_stale<'a>(rows: impl IntoIterator<Item = &'a str>, kind: &str) {
    let samples: Vec<_> = of_kind(kind).map(|sample| sample.id()).collect();
    for row in rows {
        assert!(samples.iter().any(|id| id == row), "no file {row}.{kind}.json");
    }
}

/// Returns all samples, sorted by path.
pub fn all() -> Vec<Sample> {
    let mut samples = Vec::new();
    for directory in entries(&specification().join("samples")) {
        for path in entries(&directory) {
            samples.push(sample(&directory, path));
        }
    }
    samples
}

fn sample(directory: &Path, path: PathBuf) -> Sample {
    let file = file_name(&path);
    let directory = file_name(directory);
    // A file with another extension keeps it as its kind, which is unknown.
    let stem = file.strip_suffix(".json").unwrap_or(&file);
    let (name, kind) = match stem.rsplit_once('.') {
        Some(parts) if directory != WEBHOOKS => parts,
        _ => (stem, ""),
    };
    Sample { name: name.to_owned(), kind: kind.to_owned(), directory, path }
}

fn entries(directory: &Path) -> Vec<PathBuf> {
    let found = std::fs::read_dir(directory).unwrap_or_else(|error| panic!("{}: {error}", directory.display()));
    let mut paths: Vec<_> = found.map(|entry| entry.expect("a directory entry").path()).collect();
    paths.sort();
    paths
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

#[track_caller]
fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Returns the directory of the spec.
pub fn specification() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec")
}
