//! What verifying finds.

use std::fs;
use std::path::Path;

use super::super::verify;
use super::api::Api;
use super::mortal::Life;
use super::{Attempt, Failure, Format};

/// What is wrong with an export after something was done to it, and how often a word stands in that.
#[track_caller]
fn found(format: Format, damage: impl FnOnce(&Path)) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let api = Api::new(4, 10, &Life::endless());
    Attempt::new(&api, folder.path(), format).run().unwrap();
    verify(folder.path()).unwrap();
    damage(folder.path());
    match verify(folder.path()) {
        Err(Failure::Mismatch { problems, .. }) => problems,
        other => panic!("{other:?}"),
    }
}

#[test]
fn any_flipped_byte_is_found() {
    for (format, file) in
        [(Format::Jsonl, "notes.jsonl"), (Format::Csv, "notes.csv"), (Format::Sqlite, "notekeeper.sqlite")]
    {
        let folder = tempfile::tempdir().unwrap();
        let api = Api::new(1, 2, &Life::endless());
        Attempt::new(&api, folder.path(), format).run().unwrap();
        let path = folder.path().join(file);
        let contents = fs::read(&path).unwrap();
        for at in (0..contents.len()).step_by(97) {
            let mut flipped = contents.clone();
            flipped[at] ^= 0x10;
            fs::write(&path, flipped).unwrap();
            assert!(matches!(verify(folder.path()), Err(Failure::Mismatch { .. })), "byte {at} of {file}");
        }
    }
}

#[test]
fn missing_rows_are_found_and_counted() {
    let problems = found(Format::Jsonl, |folder| {
        let path = folder.join("notes.jsonl");
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, text.split_once('\n').unwrap().1).unwrap();
    });
    assert_eq!(problems.len(), 2);
    assert_eq!(problems[1], "notes.jsonl: 9 rows, and there were 10");

    let problems = found(Format::Csv, |folder| {
        let path = folder.join("tags.csv");
        let mut lines = fs::read_to_string(&path).unwrap();
        lines.push_str("tag-9,x,\n");
        fs::write(&path, lines).unwrap();
    });
    assert_eq!(problems[1], "tags.csv: 5 rows, and there were 4");

    let problems = found(Format::Sqlite, |folder| {
        let database = rusqlite::Connection::open(folder.join("notekeeper.sqlite")).unwrap();
        database.execute("DELETE FROM notes WHERE id = 'note-3'", []).unwrap();
    });
    assert!(problems.contains(&"notes: 9 rows, and there were 10".to_owned()), "{problems:?}");
    assert!(problems.iter().any(|problem| problem.starts_with("notes: the SHA-256 of its rows is")), "{problems:?}");
}

#[test]
fn files_and_tables_that_are_gone_are_found() {
    assert_eq!(found(Format::Csv, |folder| fs::remove_file(folder.join("tags.csv")).unwrap()), ["tags.csv is gone"]);
    let gone = found(Format::Sqlite, |folder| fs::remove_file(folder.join("notekeeper.sqlite")).unwrap());
    assert_eq!(gone, ["notekeeper.sqlite is gone"]);
    let problems = found(Format::Sqlite, |folder| {
        let database = rusqlite::Connection::open(folder.join("notekeeper.sqlite")).unwrap();
        database.execute_batch("DROP TABLE tags").unwrap();
    });
    assert!(problems.iter().any(|problem| problem.contains("no such table: tags")), "{problems:?}");
}

#[test]
fn what_is_not_finished_is_not_verified() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(
        verify(folder.path()).unwrap_err().to_string(),
        format!("{}: there is no finished export", folder.path().display())
    );
    let life = Life::endless();
    let api = Api::new(4, 10, &life);
    life.renew(4);
    Attempt::new(&api, folder.path(), Format::Jsonl).run().unwrap_err();
    assert_eq!(
        verify(folder.path()).unwrap_err().to_string(),
        format!("{}: there is no finished export: run the export again to finish it", folder.path().display())
    );
    let nowhere = folder.path().join("nowhere");
    assert!(matches!(verify(&nowhere), Err(Failure::Nothing { unfinished: false, .. })));
}
