//! Folders that hold something already.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use super::super::folder::WORK;
use super::api::{Api, note};
use super::mortal::{Life, Mortal};
use super::{Attempt, Failure, Format, assert_complete, finished};

/// A folder with an export of 4 tags and 10 notes; an unfinished one if it had but so many steps.
fn exported(format: Format, steps: usize) -> (tempfile::TempDir, Arc<Api>) {
    let folder = tempfile::tempdir().unwrap();
    let life = Life::endless();
    let api = Api::new(4, 10, &life);
    life.renew(steps);
    let ended = Attempt::new(&api, folder.path(), format).run();
    assert_eq!(ended.is_ok(), steps == usize::MAX);
    life.renew(usize::MAX);
    (folder, api)
}

/// An export is refused with this message, and the folder stays as it is.
#[track_caller]
fn refused(folder: &Path, attempt: &Attempt<'_>, message: &str) {
    let before = finished(folder);
    let failure = attempt.run().unwrap_err();
    let text = failure.to_string().replace(&folder.display().to_string(), "DIR");
    assert_eq!(text, message);
    assert_eq!(finished(folder), before);
}

#[test]
fn what_is_of_another_origin_is_refused() {
    for steps in [4, usize::MAX] {
        let (folder, api) = exported(Format::Jsonl, steps);
        let folder = folder.path();
        let same = || Attempt::new(&api, folder, Format::Jsonl);
        let other = Attempt { base_url: "https://other.example.com", ..same() };
        refused(
            folder,
            &other,
            "DIR holds an export from https://api.example.com, not from https://other.example.com: choose another folder",
        );
        refused(
            folder,
            &Attempt { key: "pk_live_other", ..same() },
            "DIR holds an export with another API key: use that key, or choose another folder",
        );
        same().run().unwrap();
        assert_complete(folder, Format::Jsonl, &api);
    }
}

#[test]
fn what_is_unfinished_is_finished_first() {
    let (folder, api) = exported(Format::Jsonl, 4);
    let folder = folder.path();
    let anew = format!("finish that first, or remove DIR/{WORK} to give it up");
    let message = format!("DIR holds an unfinished export as jsonl: {anew}");
    refused(folder, &Attempt::new(&api, folder, Format::Csv), &message);
    let fewer = Attempt { lists: &["notes"], ..Attempt::new(&api, folder, Format::Jsonl) };
    refused(folder, &fewer, &format!("DIR holds an unfinished export of notes, tags: {anew}"));
    // The order in which lists are named is none of its business.
    Attempt { lists: &["notes", "tags"], ..Attempt::new(&api, folder, Format::Jsonl) }.run().unwrap();
    assert_complete(folder, Format::Jsonl, &api);
}

#[test]
fn a_second_export_takes_the_place_of_the_first() {
    for format in [Format::Jsonl, Format::Csv] {
        let (folder, api) = exported(format, usize::MAX);
        *api.lists().get_mut("notes").unwrap() = vec![note(7), note(20)];
        let report = Attempt::new(&api, folder.path(), format).run().unwrap();
        assert!(!report.resumed);
        assert_eq!(report.export.rows(), 6);
        assert_complete(folder.path(), format, &api);
        assert_eq!(super::super::verify(folder.path()).unwrap().manifest.exports.len(), 1);
    }
}

#[test]
fn exports_of_other_lists_and_formats_stay() {
    let (folder, api) = exported(Format::Jsonl, usize::MAX);
    let folder = folder.path();
    let only = |lists, format| Attempt { lists, ..Attempt::new(&api, folder, format) }.run().unwrap();
    for (more, format) in [(10, Format::Sqlite), (11, Format::Csv), (12, Format::Jsonl), (13, Format::Sqlite)] {
        api.lists().get_mut("notes").unwrap().push(note(more));
        only(&["notes"], format);
        super::super::verify(folder).unwrap();
    }
    only(&["tags"], Format::Sqlite);
    let manifest = super::super::verify(folder).unwrap().manifest;
    let exports = manifest.exports.iter().map(|export| {
        let names: Vec<_> = export.resources.iter().map(|resource| resource.name.as_str()).collect();
        format!("{}: {} of {}", export.format.name(), names.join(" "), export.rows())
    });
    assert_eq!(
        exports.collect::<Vec<_>>(),
        ["jsonl: tags of 4", "csv: notes of 12", "jsonl: notes of 13", "sqlite: notes of 14", "sqlite: tags of 4"]
    );
}

#[test]
fn tables_that_went_with_their_database_are_not_listed() {
    let (folder, api) = exported(Format::Sqlite, usize::MAX);
    fs::remove_file(folder.path().join("notekeeper.sqlite")).unwrap();
    Attempt { lists: &["notes"], ..Attempt::new(&api, folder.path(), Format::Sqlite) }.run().unwrap();
    assert_eq!(super::super::verify(folder.path()).unwrap().manifest.exports.len(), 1);
}

#[test]
fn what_is_not_ours_is_left_alone() {
    for (format, name) in
        [(Format::Jsonl, "notes.jsonl"), (Format::Csv, "tags.csv"), (Format::Sqlite, "notekeeper.sqlite")]
    {
        let folder = tempfile::tempdir().unwrap();
        let folder = folder.path();
        let api = Api::new(1, 1, &Life::endless());
        fs::write(folder.join(name), "mine").unwrap();
        fs::write(folder.join("letter.txt"), "mine").unwrap();
        let attempt = Attempt::new(&api, folder, format);
        let message =
            format!("DIR/{name} is not from an export, and is left alone: move it away, or choose another folder");
        refused(folder, &attempt, &message);
        assert!(api.requests().is_empty());
        fs::remove_file(folder.join(name)).unwrap();
        attempt.run().unwrap();
        assert_eq!(finished(folder)["letter.txt"], b"mine");
    }
    // Not even when it comes while the export runs.
    let folder = tempfile::tempdir().unwrap();
    let api = Api::new(1, 1, &Life::endless());
    let mine = folder.path().join("notes.jsonl");
    let come = mine.clone();
    api.on_request(move |_, _| fs::write(&come, "mine").unwrap());
    let failure = Attempt::new(&api, folder.path(), Format::Jsonl).run().unwrap_err();
    assert!(matches!(failure, Failure::Foreign(path) if path == mine));
    assert_eq!(fs::read(mine).unwrap(), b"mine");
}

#[test]
fn one_export_at_a_time() {
    let folder = tempfile::tempdir().unwrap();
    let api = Api::new(1, 1, &Life::endless());
    let other = Arc::clone(&api);
    let path = folder.path().to_owned();
    let refusals = Arc::new(std::sync::Mutex::new(Vec::new()));
    let told = Arc::clone(&refusals);
    api.on_request(move |_, _| {
        let (other, path, told) = (Arc::clone(&other), path.clone(), Arc::clone(&told));
        let refused = std::thread::spawn(move || {
            let export = Attempt::new(&other, &path, Format::Csv).run().unwrap_err();
            let verify = super::super::verify(&path).unwrap_err();
            told.lock().unwrap().extend([export, verify].map(|failure| matches!(failure, Failure::InUse(_))));
        });
        refused.join().unwrap();
    });
    Attempt::new(&api, folder.path(), Format::Jsonl).run().unwrap();
    assert_eq!(*refusals.lock().unwrap(), [true; 4]);
}

#[test]
fn a_database_that_is_open_elsewhere_is_left_alone() {
    let (folder, api) = exported(Format::Sqlite, usize::MAX);
    let database = rusqlite::Connection::open(folder.path().join("notekeeper.sqlite")).unwrap();
    database.execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE mine (a)").unwrap();
    let failure = Attempt::new(&api, folder.path(), Format::Sqlite).run().unwrap_err();
    assert!(matches!(failure, Failure::InUse(_)), "{failure}");
    drop(database);
    Attempt::new(&api, folder.path(), Format::Sqlite).run().unwrap();
    assert_complete(folder.path(), Format::Sqlite, &api);
    let database = rusqlite::Connection::open(folder.path().join("notekeeper.sqlite")).unwrap();
    assert_eq!(database.query_row("SELECT count(*) FROM mine", [], |row| row.get::<_, i64>(0)), Ok(0));
}

#[test]
fn folders_that_cannot_be_used() {
    let folder = tempfile::tempdir().unwrap();
    let api = Api::new(1, 1, &Life::endless());
    let file = folder.path().join("file");
    fs::write(&file, "mine").unwrap();
    for path in [file.clone(), file.join("inside")] {
        let failure = Attempt::new(&api, &path, Format::Jsonl).run().unwrap_err();
        let text = failure.to_string();
        assert!(text.starts_with(&format!("{} cannot be created: ", path.display())), "{text}");
        assert!(text.ends_with("\nthere is a file in its place: choose another folder"), "{text}");
    }
    assert_eq!(fs::read(&file).unwrap(), b"mine");
    assert!(api.requests().is_empty());
}

#[test]
fn what_is_damaged_is_said_and_not_used() {
    #[track_caller]
    fn check(format: Format, damage: impl Fn(&Path), message: &str) {
        let (folder, api) = exported(format, 5);
        damage(folder.path());
        refused(folder.path(), &Attempt::new(&api, folder.path(), format), message);
        // As the message says.
        fs::remove_dir_all(folder.path().join(WORK)).unwrap();
        Attempt::new(&api, folder.path(), format).run().unwrap();
        assert_complete(folder.path(), format, &api);
    }
    let flip = |path: std::path::PathBuf, at: usize| {
        let mut contents = fs::read(&path).unwrap();
        contents[at] ^= 1;
        fs::write(path, contents).unwrap();
    };
    let remedy = format!("remove DIR/{WORK} and export again");
    for (format, file) in [(Format::Jsonl, "notes.jsonl"), (Format::Csv, "notes.csv"), (Format::Jsonl, "tags.jsonl")] {
        let message = format!("DIR/{WORK}/{file} is damaged: it does not hold what was written; {remedy}");
        check(format, |folder| flip(folder.join(WORK).join(file), 8), &message);
        check(format, |folder| fs::write(folder.join(WORK).join(file), "").unwrap(), &message);
        let message = format!("DIR/{WORK}/{file} is damaged: it is gone; {remedy}");
        check(format, |folder| fs::remove_file(folder.join(WORK).join(file)).unwrap(), &message);
    }
    let message = format!("DIR/{WORK}/notekeeper.sqlite: file is not a database\nremove it and export again");
    let garble = |folder: &Path| fs::write(folder.join(WORK).join("notekeeper.sqlite"), "x".repeat(9999)).unwrap();
    check(Format::Sqlite, garble, &message);
    for file in ["export.json", "progress.json"] {
        let message = format!("DIR/{WORK}/{file} is damaged: expected value at line 1 column 1; {remedy}");
        check(Format::Jsonl, |folder| fs::write(folder.join(WORK).join(file), "x").unwrap(), &message);
    }
}

#[test]
fn manifests_of_others_are_left_alone() {
    for (contents, reason) in [
        ("{\"name\": \"app\"}", "it is no manifest of an export (missing field `manifest` at line 1 column 15)"),
        ("{\"manifest\": 2}", "it is of version 2, and this program knows version 1"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let api = Api::new(1, 1, &Life::endless());
        fs::write(folder.path().join("manifest.json"), contents).unwrap();
        let message = format!("DIR/manifest.json cannot be used: {reason}; move it away, or choose another folder");
        refused(folder.path(), &Attempt::new(&api, folder.path(), Format::Jsonl), &message);
    }
}

/// A sheet whose columns have changed since, by another version of the program, is begun anew.
#[test]
fn sheets_have_one_set_of_columns() {
    for steps in 0..30 {
        let folder = tempfile::tempdir().unwrap();
        let life = Life::endless();
        let api = Api::new(4, 10, &life);
        let disk = Mortal::new(&life);
        let attempt = Attempt { disk: &disk, ..Attempt::new(&api, folder.path(), Format::Csv) };
        life.renew(50);
        attempt.run().unwrap_err();

        let work = folder.path().join(WORK);
        let path = work.join("notes.csv");
        let old = fs::read_to_string(&path).unwrap().replacen("price", "costs", 1);
        fs::write(&path, &old).unwrap();
        let progress = fs::read_to_string(work.join("progress.json")).unwrap();
        let mut progress: serde_json::Value = serde_json::from_str(&progress).unwrap();
        let bytes = usize::try_from(progress["partial"]["bytes"].as_u64().unwrap()).unwrap();
        progress["partial"]["sha256"] = format!("{:x}", <sha2::Sha256 as sha2::Digest>::digest(&old[..bytes])).into();
        fs::write(work.join("progress.json"), progress.to_string()).unwrap();

        life.renew(steps);
        attempt.run().unwrap_err();
        life.renew(usize::MAX);
        attempt.run().unwrap();
        assert_complete(folder.path(), Format::Csv, &api);
    }
}
