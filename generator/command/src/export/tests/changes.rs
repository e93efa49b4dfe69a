//! Lists that change during an export or between two runs.

use std::collections::BTreeSet;
use std::time::Duration;

use serde_json::Value;

use super::api::{Api, PAGE, note};
use super::failing_disk::{FailingDisk, StepBudget};
use super::{ExportFormat, TestExport, assert_complete, rows};
use crate::export::verify::verify;

/// Stops an export of 30 notes after this many pages of notes, changes the notes, and resumes.
fn resumed(
    format: ExportFormat,
    pages: usize,
    change: impl Fn(&mut Vec<Value>),
) -> (tempfile::TempDir, std::sync::Arc<Api>) {
    let directory = tempfile::tempdir().unwrap();
    let budget = StepBudget::unlimited();
    let api = Api::new(0, 30, &budget);
    budget.set(pages + 1);
    let export = TestExport { checkpoint: Duration::MAX, ..TestExport::new(&api, directory.path(), format) };
    export.run().unwrap_err();
    budget.set(usize::MAX);
    change(api.lists().get_mut("notes").unwrap());
    api.requests();
    export.run().unwrap();
    verify(directory.path()).unwrap();
    (directory, api)
}

fn ids(rows: impl IntoIterator<Item = String>) -> Vec<String> {
    let id = |row: String| serde_json::from_str::<Value>(&row).unwrap()["id"].as_str().unwrap().to_owned();
    rows.into_iter().map(id).collect()
}

#[track_caller]
fn check(pages: usize, change: impl Fn(&mut Vec<Value>)) {
    for format in [ExportFormat::Jsonl, ExportFormat::Sqlite] {
        let (directory, api) = resumed(format, pages, &change);
        let found = ids(rows(directory.path(), format, "notes"));
        let distinct: BTreeSet<_> = found.iter().cloned().collect();
        assert_eq!(distinct.len(), found.len(), "nothing is there twice");
        let missing: Vec<_> = ids(api.rows("notes")).into_iter().filter(|id| !distinct.contains(id)).collect();
        assert!(missing.is_empty(), "{missing:?} is missing as {format:?}");
    }
}

#[test]
fn rows_come_and_go_between_two_runs() {
    for pages in [1, 5, 9] {
        check(pages, |_| {});
        for count in [1, 2, PAGE, PAGE + 1, 14] {
            // Rows removed at the start shift others to pages that were already read.
            check(pages, |notes| drop(notes.drain(..count)));
            check(pages, |notes| notes.truncate(30 - count));
            // As many rows are added at the end, so the length of the list does not change.
            check(pages, |notes| {
                notes.drain(..count);
                notes.extend((30..30 + count).map(note));
            });
            check(pages, |notes| drop(notes.splice(..0, (30..30 + count).map(note))));
            check(pages, |notes| notes.extend((30..30 + count).map(note)));
        }
        check(pages, Vec::clear);
    }
}

#[test]
fn rows_come_and_go_while_the_list_is_read() {
    for format in [ExportFormat::Jsonl, ExportFormat::Sqlite] {
        for at in 1..14 {
            for count in [1, PAGE, 7] {
                for grows in [false, true] {
                    let directory = tempfile::tempdir().unwrap();
                    let api = Api::new(0, 30, &StepBudget::unlimited());
                    api.on_request(move |number, lists| {
                        let notes = lists.get_mut("notes").unwrap();
                        if number == at && grows {
                            notes.splice(..0, (30..30 + count).map(note));
                        } else if number == at {
                            notes.drain(..count);
                        }
                    });
                    TestExport::new(&api, directory.path(), format).run().unwrap();
                    let found: BTreeSet<_> = ids(rows(directory.path(), format, "notes")).into_iter().collect();
                    assert_eq!(found.len(), rows(directory.path(), format, "notes").len());
                    assert!(ids(api.rows("notes")).iter().all(|id| found.contains(id)), "{at} {count} {grows}");
                }
            }
        }
    }
}

/// More rows are removed while the listing goes back because of earlier removals.
#[test]
fn a_list_becomes_shorter_and_shorter() {
    for begins in 1..14 {
        for times in 2..6 {
            for count in [1, 2, 4] {
                let directory = tempfile::tempdir().unwrap();
                let api = Api::new(0, 40, &StepBudget::unlimited());
                api.on_request(move |number, lists| {
                    if (begins..begins + times).contains(&number) {
                        lists.get_mut("notes").unwrap().drain(..count);
                    }
                });
                let disk = FailingDisk::new(&StepBudget::unlimited());
                TestExport { disk: &disk, ..TestExport::new(&api, directory.path(), ExportFormat::Jsonl) }
                    .run()
                    .unwrap();
                let found: BTreeSet<_> =
                    ids(rows(directory.path(), ExportFormat::Jsonl, "notes")).into_iter().collect();
                let mut left = ids(api.rows("notes"));
                left.retain(|id| !found.contains(id));
                assert!(left.is_empty(), "{left:?} is missing: {count} removed {times} times from request {begins}");
            }
        }
    }
}

/// The listing goes back because of a removed row; then the next page no longer exists.
#[test]
fn a_list_ends_where_there_was_more() {
    let directory = tempfile::tempdir().unwrap();
    let api = Api::new(0, 30, &StepBudget::unlimited());
    api.on_request(|number, lists| {
        // From page 5 it goes back to page 4; then it requests page 5 again, which no longer exists.
        let removed = [(6, 1), (13, 17)].into_iter().find(|(at, _)| *at == number).map_or(0, |(_, count)| count);
        lists.get_mut("notes").unwrap().drain(..removed);
    });
    TestExport::new(&api, directory.path(), ExportFormat::Jsonl).run().unwrap();
    let found: BTreeSet<_> = ids(rows(directory.path(), ExportFormat::Jsonl, "notes")).into_iter().collect();
    assert!(ids(api.rows("notes")).iter().all(|id| found.contains(id)));
    assert_eq!(api.requests()[11..15], ["notes 4", "notes 5", "notes 6", "notes 7"]);
}

/// After a resume, the list shrinks by more rows than this run has read.
#[test]
fn a_list_becomes_shorter_than_the_resumed_run_can_see() {
    let directory = tempfile::tempdir().unwrap();
    let budget = StepBudget::unlimited();
    let api = Api::new(0, 30, &budget);
    budget.set(6);
    let export = TestExport::new(&api, directory.path(), ExportFormat::Jsonl);
    export.run().unwrap_err();
    budget.set(usize::MAX);
    api.requests();
    api.on_request(|number, lists| {
        if number == 3 {
            lists.get_mut("notes").unwrap().drain(..10);
        }
    });
    export.run().unwrap();
    let found = ids(rows(directory.path(), ExportFormat::Jsonl, "notes"));
    assert_eq!(found.len(), 30, "all were there at some time, and have been seen");
}

/// The export ends even if a list reports more rows than it has.
#[test]
fn a_list_that_counts_wrongly() {
    let directory = tempfile::tempdir().unwrap();
    let api = Api::new(0, 7, &StepBudget::unlimited());
    // One row occurs twice: the list counts seven rows, six of them distinct.
    api.lists().get_mut("notes").unwrap()[6] = note(0);
    TestExport::new(&api, directory.path(), ExportFormat::Jsonl).run().unwrap();
    assert_eq!(rows(directory.path(), ExportFormat::Jsonl, "notes").len(), 6);
    assert_eq!(api.requests().len(), 1 + 3 + 3);
}

#[test]
fn empty_lists() {
    for format in ExportFormat::ALL {
        let directory = tempfile::tempdir().unwrap();
        let api = Api::new(0, 0, &StepBudget::unlimited());
        TestExport::new(&api, directory.path(), format).run().unwrap();
        assert_complete(directory.path(), format, &api);
    }
}
