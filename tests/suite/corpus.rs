//! Every sample is used, and none is missing.

use tests::calls::CALLS;
use tests::corpus::{Sample, WEBHOOKS, all, of_kind, of_webhooks, specification};
use tests::files::read;

/// The allowed kinds in a sample's file name.
const KINDS: &[&str] = &["response", "tolerated", "request", "rejected", "error"];

#[test]
fn every_file_has_a_known_directory_and_kind() {
    let known = |sample: &Sample| match sample.directory.as_str() {
        WEBHOOKS => sample.kind.is_empty(),
        directory => CALLS.iter().any(|(name, _)| *name == directory) && KINDS.contains(&sample.kind.as_str()),
    };
    let unknown: Vec<_> = all().into_iter().filter(|sample| !known(sample)).collect();
    assert!(unknown.is_empty(), "no test reads {unknown:#?}");
}

#[test]
fn every_operation_has_a_documented_response() {
    for (operation, _) in CALLS {
        let found = of_kind("response").any(|sample| sample.id() == format!("{operation}/documented"));
        assert!(found, "{operation}");
    }
}

#[test]
fn every_operation_of_the_document_has_a_call() {
    let [mut documented, _] = operation_ids();
    let mut called: Vec<_> = CALLS.iter().map(|(operation, _)| (*operation).to_owned()).collect();
    documented.sort();
    called.sort();
    assert_eq!(called, documented);
}

#[test]
fn every_webhook_of_the_document_has_a_sample() {
    let [_, mut documented] = operation_ids();
    let mut found: Vec<_> = of_webhooks().map(|sample| sample.name.replace('.', "_")).collect();
    documented.sort();
    found.sort();
    assert_eq!(found, documented);
}

/// Returns the operation IDs of the document: those of paths, and those of webhooks.
fn operation_ids() -> [Vec<String>; 2] {
    let document = read(&specification().join("openapi.yaml"));
    let (paths, webhooks) = document.split_once("\nx-webhooks:").expect("webhooks after the paths");
    let ids = |part: &str| {
        part.lines().filter_map(|line| line.trim().strip_prefix("operationId: ")).map(str::to_owned).collect()
    };
    [ids(paths), ids(webhooks)]
}
