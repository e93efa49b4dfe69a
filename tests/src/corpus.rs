//! The sample files of the spec.

use std::path::{Path, PathBuf};

use serde_json::Value;

/// The directory of samples that belong to no operation.
pub const WEBHOOKS: &str = "webhooks";

/// A file `<directory>/<name>.<kind>.json`; the files of webhooks have no kind.
#[derive(Clone, Debug)]
pub struct Sample {
    /// The operation, or `webhooks`.
    pub directory: String,
    /// What the file is called in that directory.
    pub name: String,
    /// One of the kinds that `CONTRIBUTING.md` lists; empty for webhooks.
    pub kind: String,
    path: PathBuf,
}

impl Sample {
    /// What rows of tables know the sample by: `<directory>/<name>`.
    pub fn id(&self) -> String {
        format!("{}/{}", self.directory, self.name)
    }

    /// The text of the file.
    #[track_caller]
    pub fn text(&self) -> String {
        read(&self.path)
    }

    /// The file as JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text()).unwrap_or_else(|error| panic!("{}: {error}", self.path.display()))
    }
}

/// The text of one sample, such as `get_payout/typical.response`.
#[track_caller]
pub fn text(id: &str) -> String {
    read(&specification().join(format!("samples/{id}.json")))
}

/// The samples of one kind.
pub fn of_kind(kind: &str) -> impl Iterator<Item = Sample> {
    all().into_iter().filter(move |sample| sample.directory != WEBHOOKS && sample.kind == kind)
}

/// The samples of webhooks.
pub fn of_webhooks() -> impl Iterator<Item = Sample> {
    all().into_iter().filter(|sample| sample.directory == WEBHOOKS)
}

/// Fails when a table has rows without a sample, which would be a test of nothing.
#[track_caller]
pub fn no_row_is_stale<'a>(rows: impl IntoIterator<Item = &'a str>, kind: &str) {
    let samples: Vec<_> = of_kind(kind).map(|sample| sample.id()).collect();
    for row in rows {
        assert!(samples.iter().any(|id| id == row), "no file {row}.{kind}.json");
    }
}

/// All samples, by their paths.
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
    // A file with another ending keeps it as its kind, which nobody knows.
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

/// The directory of the spec.
pub fn specification() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec")
}
