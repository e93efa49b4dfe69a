//! The sample files of the specification, and the check that none of them is left over.

use std::path::{Path, PathBuf};

use libtest_mimic::Trial;
use serde_json::Value;

use crate::calls::CALLS;
use crate::trial;

/// The folder of samples that belong to no operation.
pub(crate) const WEBHOOKS: &str = "webhooks";

/// What the second-last part of a sample's file name may be.
const KINDS: &[&str] = &["response", "tolerated", "request", "refused", "failure"];

/// A file `<folder>/<name>.<kind>.json`; the files of webhooks have no kind.
#[derive(Clone, Debug)]
pub(crate) struct Sample {
    pub(crate) folder: String,
    pub(crate) name: String,
    pub(crate) kind: String,
    path: PathBuf,
}

impl Sample {
    /// What rows of tables know the sample by: `<folder>/<name>`.
    pub(crate) fn id(&self) -> String {
        format!("{}/{}", self.folder, self.name)
    }

    #[track_caller]
    pub(crate) fn text(&self) -> String {
        read(&self.path)
    }

    #[track_caller]
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text()).unwrap_or_else(|error| panic!("{}: {error}", self.path.display()))
    }
}

/// The text of one sample, such as `get_payout/typical.response`.
#[track_caller]
pub(crate) fn text(id: &str) -> String {
    read(&specification().join(format!("samples/{id}.json")))
}

/// The samples of one kind.
pub(crate) fn of_kind(kind: &str) -> impl Iterator<Item = Sample> {
    all().into_iter().filter(move |sample| sample.folder != WEBHOOKS && sample.kind == kind)
}

/// The samples of webhooks.
pub(crate) fn of_webhooks() -> impl Iterator<Item = Sample> {
    all().into_iter().filter(|sample| sample.folder == WEBHOOKS)
}

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial("corpus::every_file_has_a_known_folder_and_kind", || {
            let known = |sample: &Sample| match sample.folder.as_str() {
                WEBHOOKS => sample.kind.is_empty(),
                folder => CALLS.iter().any(|(name, _)| *name == folder) && KINDS.contains(&sample.kind.as_str()),
            };
            let unknown: Vec<_> = all().into_iter().filter(|sample| !known(sample)).collect();
            assert!(unknown.is_empty(), "no trial reads {unknown:#?}");
        }),
        trial("corpus::every_operation_has_a_documented_response", || {
            for (operation, _) in CALLS {
                let found = of_kind("response").any(|sample| sample.id() == format!("{operation}/documented"));
                assert!(found, "{operation}");
            }
        }),
        trial("corpus::every_operation_of_the_document_has_a_call", || {
            let [mut documented, _] = operation_ids();
            let mut called: Vec<_> = CALLS.iter().map(|(operation, _)| (*operation).to_owned()).collect();
            documented.sort();
            called.sort();
            assert_eq!(called, documented);
        }),
        trial("corpus::every_webhook_of_the_document_has_a_sample", || {
            let [_, mut documented] = operation_ids();
            let mut found: Vec<_> = of_webhooks().map(|sample| sample.name.replace('.', "_")).collect();
            documented.sort();
            found.sort();
            assert_eq!(found, documented);
        }),
    ]
}

/// Fails when a table has rows without a sample, which would be a test of nothing.
#[track_caller]
pub(crate) fn no_row_is_stale<'a>(rows: impl IntoIterator<Item = &'a str>, kind: &str) {
    let samples: Vec<_> = of_kind(kind).map(|sample| sample.id()).collect();
    for row in rows {
        assert!(samples.iter().any(|id| id == row), "no file {row}.{kind}.json");
    }
}

/// The ids in the document: those that are called, and those that call.
fn operation_ids() -> [Vec<String>; 2] {
    let document = read(&specification().join("openapi.yaml"));
    let (paths, webhooks) = document.split_once("\nx-webhooks:").expect("webhooks after the paths");
    let ids = |part: &str| {
        part.lines().filter_map(|line| line.trim().strip_prefix("operationId: ")).map(str::to_owned).collect()
    };
    [ids(paths), ids(webhooks)]
}

fn all() -> Vec<Sample> {
    let mut samples = Vec::new();
    for folder in entries(&specification().join("samples")) {
        for path in entries(&folder) {
            samples.push(sample(&folder, path));
        }
    }
    samples
}

fn sample(folder: &Path, path: PathBuf) -> Sample {
    let file = file_name(&path);
    let folder = file_name(folder);
    // A file with another ending keeps it as its kind, which nobody knows.
    let stem = file.strip_suffix(".json").unwrap_or(&file);
    let (name, kind) = match stem.rsplit_once('.') {
        Some(parts) if folder != WEBHOOKS => parts,
        _ => (stem, ""),
    };
    Sample { name: name.to_owned(), kind: kind.to_owned(), folder, path }
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let found = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
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

fn specification() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec")
}
