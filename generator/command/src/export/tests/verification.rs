//! Verification of damaged exports.

use std::fs;
use std::path::Path;

use super::api::Api;
use super::failing_disk::StepBudget;
use super::{ExportError, ExportFormat, TestExport};
use crate::export::verify::verify;

/// Returns the problems reported by verification after this damage.
#[track_caller]
fn found(format: ExportFormat, damage: impl FnOnce(&Path)) -> Vec<String> {
    let directory = tempfile::tempdir().unwrap();
    let api = Api::new(4, 10, &StepBudget::unlimited());
    TestExport::new(&api, directory.path(), format).run().unwrap();
    verify(directory.path()).unwrap();
    damage(directory.path());
    match verify(directory.path()) {
        Err(ExportError::Mismatch { problems, .. }) => problems,
        other => panic!("{other:?}"),
    }
}

#[test]
fn any_flipped_byte_is_found() {
    for (format, file) in [
        (ExportFormat::Jsonl, "notes.jsonl"),
        (ExportFormat::Csv, "notes.csv"),
        (ExportFormat::Sqlite, "notekeeper.sqlite"),
    ] {
        let directory = tempfile::tempdir().unwrap();
        let api = Api::new(1, 2, &StepBudget::unlimited());
        TestExport::new(&api, directory.path(), format).run().unwrap();
        let path = directory.path().join(file);
        let contents = fs::read(&path).unwrap();
        for at in (0..contents.len()).step_by(97) {
            let mut flipped = contents.clone();
            flipped[at] ^= 0x10;
            fs::write(&path, flipped).unwrap();
            assert!(matches!(verify(directory.path()), Err(ExportError::Mismatch { .. })), "byte {at} of {file}");
        }
    }
}

#[test]
fn missing_rows_are_found_and_counted() {
    let problems = found(ExportFormat::Jsonl, |directory| {
        let path = directory.join("notes.jsonl");
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, text.split_once('\n').unwrap().1).unwrap();
    });
    assert_eq!(problems.len(), 2);
    assert_eq!(problems[1], "notes.jsonl: 9 rows, expected 10");

    let problems = found(ExportFormat::Csv, |directory| {
        let path = directory.join("tags.csv");
        let mut lines = fs::read_to_string(&path).unwrap();
        lines.push_str("tag-9,x,\n");
        fs::write(&path, lines).unwrap();
    });
    assert_eq!(problems[1], "tags.csv: 5 rows, expected 4");

    let problems = found(ExportFormat::Sqlite, |directory| {
        let database = rusqlite::Connection::open(directory.join("notekeeper.sqlite")).unwrap();
        database.execute("DELETE FROM notes WHERE id = 'note-3'", []).unwrap();
    });
    assert!(problems.contains(&"notes: 9 rows, expected 10".to_owned()), "{problems:?}");
    assert!(
        problems.iter().any(|problem| problem.starts_with("notes: the SHA-256 hash of the rows is")),
        "{problems:?}"
    );
}

#[test]
fn files_and_tables_that_are_gone_are_found() {
    assert_eq!(
        found(ExportFormat::Csv, |directory| fs::remove_file(directory.join("tags.csv")).unwrap()),
        ["tags.csv does not exist"]
    );
    let gone = found(ExportFormat::Sqlite, |directory| fs::remove_file(directory.join("notekeeper.sqlite")).unwrap());
    assert_eq!(gone, ["notekeeper.sqlite does not exist"]);
    let problems = found(ExportFormat::Sqlite, |directory| {
        let database = rusqlite::Connection::open(directory.join("notekeeper.sqlite")).unwrap();
        database.execute_batch("DROP TABLE tags").unwrap();
    });
    assert!(problems.iter().any(|problem| problem.contains("no such table: tags")), "{problems:?}");
}

#[test]
fn an_unfinished_export_is_not_verified() {
    let directory = tempfile::tempdir().unwrap();
    assert_eq!(
        verify(directory.path()).unwrap_err().to_string(),
        format!("{}: no complete export exists", directory.path().display())
    );
    let budget = StepBudget::unlimited();
    let api = Api::new(4, 10, &budget);
    budget.set(4);
    TestExport::new(&api, directory.path(), ExportFormat::Jsonl).run().unwrap_err();
    assert_eq!(
        verify(directory.path()).unwrap_err().to_string(),
        format!("{}: no complete export exists: run the export again to complete it", directory.path().display())
    );
    let nowhere = directory.path().join("nowhere");
    assert!(matches!(verify(&nowhere), Err(ExportError::NoExport { unfinished: false, .. })));
}
