//! Exports into directories that are not empty.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use super::api::{Api, note};
use super::failing_disk::{FailingDisk, StepBudget};
use super::{ExportError, ExportFormat, TestExport, assert_complete, finished, row_count};
use crate::export::names::WORK;
use crate::export::verify::verify;

/// Returns a directory with an export of 4 tags and 10 notes, which is unfinished if the steps do not suffice.
fn exported(format: ExportFormat, steps: usize) -> (tempfile::TempDir, Arc<Api>) {
    let directory = tempfile::tempdir().unwrap();
    let budget = StepBudget::unlimited();
    let api = Api::new(4, 10, &budget);
    budget.set(steps);
    let ended = TestExport::new(&api, directory.path(), format).run();
    assert_eq!(ended.is_ok(), steps == usize::MAX);
    budget.set(usize::MAX);
    (directory, api)
}

/// Checks that the export is rejected with this message, and that the directory does not change.
#[track_caller]
fn conflict(directory: &Path, export: &TestExport<'_>, message: &str) {
    let before = finished(directory);
    let error = export.run().unwrap_err();
    let text = error.to_string().replace(&directory.display().to_string(), "DIR");
    assert_eq!(text, message);
    assert_eq!(finished(directory), before);
}

#[test]
fn another_origin_is_rejected() {
    for steps in [4, usize::MAX] {
        let (directory, api) = exported(ExportFormat::Jsonl, steps);
        let directory = directory.path();
        let same = || TestExport::new(&api, directory, ExportFormat::Jsonl);
        let other = TestExport { base_url: "https://other.example.com", ..same() };
        conflict(
            directory,
            &other,
            "DIR contains an export from https://api.example.com, not from https://other.example.com: use another directory",
        );
        conflict(
            directory,
            &TestExport { key: "pk_live_other", ..same() },
            "DIR contains an export with another API key: use that key, or another directory",
        );
        same().run().unwrap();
        assert_complete(directory, ExportFormat::Jsonl, &api);
    }
}

#[test]
fn an_unfinished_export_is_finished_first() {
    let (directory, api) = exported(ExportFormat::Jsonl, 4);
    let directory = directory.path();
    let anew = format!("complete it first, or remove DIR/{WORK} to discard it");
    let message = format!("DIR contains an unfinished export as jsonl: {anew}");
    conflict(directory, &TestExport::new(&api, directory, ExportFormat::Csv), &message);
    let fewer = TestExport { lists: &["notes"], ..TestExport::new(&api, directory, ExportFormat::Jsonl) };
    conflict(directory, &fewer, &format!("DIR contains an unfinished export of notes, tags: {anew}"));
    // The order of the lists does not matter.
    TestExport { lists: &["notes", "tags"], ..TestExport::new(&api, directory, ExportFormat::Jsonl) }.run().unwrap();
    assert_complete(directory, ExportFormat::Jsonl, &api);
}

#[test]
fn a_second_export_takes_the_place_of_the_first() {
    for format in [ExportFormat::Jsonl, ExportFormat::Csv] {
        let (directory, api) = exported(format, usize::MAX);
        *api.lists().get_mut("notes").unwrap() = vec![note(7), note(20)];
        api.requests();
        let finished = TestExport::new(&api, directory.path(), format).run().unwrap();
        assert_eq!(api.requests().first().map(String::as_str), Some("tags 1"), "nothing was resumed");
        assert_eq!(row_count(&finished), 6);
        assert_complete(directory.path(), format, &api);
        assert_eq!(verify(directory.path()).unwrap().exports.len(), 1);
    }
}

#[test]
fn exports_of_other_lists_and_formats_stay() {
    let (directory, api) = exported(ExportFormat::Jsonl, usize::MAX);
    let directory = directory.path();
    let only = |lists, format| TestExport { lists, ..TestExport::new(&api, directory, format) }.run().unwrap();
    for (more, format) in
        [(10, ExportFormat::Sqlite), (11, ExportFormat::Csv), (12, ExportFormat::Jsonl), (13, ExportFormat::Sqlite)]
    {
        api.lists().get_mut("notes").unwrap().push(note(more));
        only(&["notes"], format);
        verify(directory).unwrap();
    }
    only(&["tags"], ExportFormat::Sqlite);
    let manifest = verify(directory).unwrap();
    let exports = manifest.exports.iter().map(|export| {
        let names: Vec<_> = export.lists.iter().map(|resource| resource.name.as_str()).collect();
        format!("{}: {} of {}", export.format.name(), names.join(" "), row_count(export))
    });
    assert_eq!(
        exports.collect::<Vec<_>>(),
        ["jsonl: tags of 4", "csv: notes of 12", "jsonl: notes of 13", "sqlite: notes of 14", "sqlite: tags of 4"]
    );
}

#[test]
fn tables_that_went_with_their_database_are_not_listed() {
    let (directory, api) = exported(ExportFormat::Sqlite, usize::MAX);
    fs::remove_file(directory.path().join("notekeeper.sqlite")).unwrap();
    TestExport { lists: &["notes"], ..TestExport::new(&api, directory.path(), ExportFormat::Sqlite) }.run().unwrap();
    assert_eq!(verify(directory.path()).unwrap().exports.len(), 1);
}

#[test]
fn foreign_files_are_left_alone() {
    for (format, name) in [
        (ExportFormat::Jsonl, "notes.jsonl"),
        (ExportFormat::Csv, "tags.csv"),
        (ExportFormat::Sqlite, "notekeeper.sqlite"),
    ] {
        let directory = tempfile::tempdir().unwrap();
        let directory = directory.path();
        let api = Api::new(1, 1, &StepBudget::unlimited());
        fs::write(directory.join(name), "mine").unwrap();
        fs::write(directory.join("letter.txt"), "mine").unwrap();
        let export = TestExport::new(&api, directory, format);
        let message = format!("DIR/{name} does not belong to an export: move it away, or use another directory");
        conflict(directory, &export, &message);
        assert!(api.requests().is_empty());
        fs::remove_file(directory.join(name)).unwrap();
        export.run().unwrap();
        assert_eq!(finished(directory)["letter.txt"], b"mine");
    }
    // A file that appears during the export is not replaced either.
    let directory = tempfile::tempdir().unwrap();
    let api = Api::new(1, 1, &StepBudget::unlimited());
    let mine = directory.path().join("notes.jsonl");
    let come = mine.clone();
    api.on_request(move |_, _| fs::write(&come, "mine").unwrap());
    let error = TestExport::new(&api, directory.path(), ExportFormat::Jsonl).run().unwrap_err();
    assert!(matches!(error, ExportError::Foreign(path) if path == mine));
    assert_eq!(fs::read(mine).unwrap(), b"mine");
}

#[test]
fn one_export_at_a_time() {
    let directory = tempfile::tempdir().unwrap();
    let api = Api::new(1, 1, &StepBudget::unlimited());
    let other = Arc::clone(&api);
    let path = directory.path().to_owned();
    let rejections = Arc::new(std::sync::Mutex::new(Vec::new()));
    let log = Arc::clone(&rejections);
    api.on_request(move |_, _| {
        let (other, path, log) = (Arc::clone(&other), path.clone(), Arc::clone(&log));
        let conflict = std::thread::spawn(move || {
            let export = TestExport::new(&other, &path, ExportFormat::Csv).run().unwrap_err();
            let verify = verify(&path).unwrap_err();
            log.lock().unwrap().extend([export, verify].map(|error| matches!(error, ExportError::InUse(_))));
        });
        conflict.join().unwrap();
    });
    TestExport::new(&api, directory.path(), ExportFormat::Jsonl).run().unwrap();
    assert_eq!(*rejections.lock().unwrap(), [true; 4]);
}

#[test]
fn a_database_that_is_open_elsewhere_is_left_alone() {
    let (directory, api) = exported(ExportFormat::Sqlite, usize::MAX);
    let database = rusqlite::Connection::open(directory.path().join("notekeeper.sqlite")).unwrap();
    database.execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE mine (a)").unwrap();
    let error = TestExport::new(&api, directory.path(), ExportFormat::Sqlite).run().unwrap_err();
    assert!(matches!(error, ExportError::InUse(_)), "{error}");
    drop(database);
    TestExport::new(&api, directory.path(), ExportFormat::Sqlite).run().unwrap();
    assert_complete(directory.path(), ExportFormat::Sqlite, &api);
    let database = rusqlite::Connection::open(directory.path().join("notekeeper.sqlite")).unwrap();
    assert_eq!(database.query_row("SELECT count(*) FROM mine", [], |row| row.get::<_, i64>(0)), Ok(0));
}

#[test]
fn directories_that_cannot_be_used() {
    let directory = tempfile::tempdir().unwrap();
    let api = Api::new(1, 1, &StepBudget::unlimited());
    let file = directory.path().join("file");
    fs::write(&file, "mine").unwrap();
    for path in [file.clone(), file.join("inside")] {
        let error = TestExport::new(&api, &path, ExportFormat::Jsonl).run().unwrap_err();
        let text = error.to_string();
        assert!(text.starts_with(&format!("{} cannot be created: ", path.display())), "{text}");
        assert!(text.ends_with("\na file has this name: use another directory"), "{text}");
    }
    assert_eq!(fs::read(&file).unwrap(), b"mine");
    assert!(api.requests().is_empty());
}

#[test]
fn damaged_files_are_reported_and_not_used() {
    #[track_caller]
    fn check(format: ExportFormat, damage: impl Fn(&Path), message: &str) {
        let (directory, api) = exported(format, 5);
        damage(directory.path());
        conflict(directory.path(), &TestExport::new(&api, directory.path(), format), message);
        // The user follows the instructions of the message.
        fs::remove_dir_all(directory.path().join(WORK)).unwrap();
        TestExport::new(&api, directory.path(), format).run().unwrap();
        assert_complete(directory.path(), format, &api);
    }
    let flip = |path: std::path::PathBuf, at: usize| {
        let mut contents = fs::read(&path).unwrap();
        contents[at] ^= 1;
        fs::write(path, contents).unwrap();
    };
    let remedy = format!("remove DIR/{WORK} and export again");
    for (format, file) in
        [(ExportFormat::Jsonl, "notes.jsonl"), (ExportFormat::Csv, "notes.csv"), (ExportFormat::Jsonl, "tags.jsonl")]
    {
        let message = format!("DIR/{WORK}/{file} is damaged: its content is not what was written; {remedy}");
        check(format, |directory| flip(directory.join(WORK).join(file), 8), &message);
        check(format, |directory| fs::write(directory.join(WORK).join(file), "").unwrap(), &message);
        let message = format!("DIR/{WORK}/{file} is damaged: it does not exist; {remedy}");
        check(format, |directory| fs::remove_file(directory.join(WORK).join(file)).unwrap(), &message);
    }
    let message = format!("DIR/{WORK}/notekeeper.sqlite: file is not a database\nremove it and export again");
    let garble =
        |directory: &Path| fs::write(directory.join(WORK).join("notekeeper.sqlite"), "x".repeat(9999)).unwrap();
    check(ExportFormat::Sqlite, garble, &message);
    for file in ["export.json", "progress.json"] {
        let message = format!("DIR/{WORK}/{file} is damaged: expected value at line 1 column 1; {remedy}");
        check(ExportFormat::Jsonl, |directory| fs::write(directory.join(WORK).join(file), "x").unwrap(), &message);
    }
}

#[test]
fn manifests_of_others_are_left_alone() {
    for (contents, reason) in [
        ("{\"name\": \"app\"}", "it is not a manifest of an export (missing field `manifest` at line 1 column 15)"),
        ("{\"manifest\": 2}", "it has version 2, and this program supports version 1"),
    ] {
        let directory = tempfile::tempdir().unwrap();
        let api = Api::new(1, 1, &StepBudget::unlimited());
        fs::write(directory.path().join("manifest.json"), contents).unwrap();
        let message = format!("DIR/manifest.json cannot be used: {reason}; move it away, or use another directory");
        conflict(directory.path(), &TestExport::new(&api, directory.path(), ExportFormat::Jsonl), &message);
    }
}

/// A CSV file with the columns of another version of the program is written again from the start.
#[test]
fn csv_has_one_set_of_columns() {
    for steps in 0..30 {
        let directory = tempfile::tempdir().unwrap();
        let budget = StepBudget::unlimited();
        let api = Api::new(4, 10, &budget);
        let disk = FailingDisk::new(&budget);
        let export = TestExport { disk: &disk, ..TestExport::new(&api, directory.path(), ExportFormat::Csv) };
        budget.set(50);
        export.run().unwrap_err();

        let work = directory.path().join(WORK);
        let path = work.join("notes.csv");
        let old = fs::read_to_string(&path).unwrap().replacen("price", "costs", 1);
        fs::write(&path, &old).unwrap();
        let progress = fs::read_to_string(work.join("progress.json")).unwrap();
        let mut progress: serde_json::Value = serde_json::from_str(&progress).unwrap();
        let bytes = usize::try_from(progress["partial"]["bytes"].as_u64().unwrap()).unwrap();
        progress["partial"]["sha256"] = format!("{:x}", <sha2::Sha256 as sha2::Digest>::digest(&old[..bytes])).into();
        fs::write(work.join("progress.json"), progress.to_string()).unwrap();

        budget.set(steps);
        export.run().unwrap_err();
        budget.set(usize::MAX);
        export.run().unwrap();
        assert_complete(directory.path(), ExportFormat::Csv, &api);
    }
}
