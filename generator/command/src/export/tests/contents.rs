//! The contents of each format.

use rusqlite::Connection;
use rusqlite::types::Value;
use serde_json::json;

use super::api::{Api, note, tag};
use super::failing_disk::{FailingDisk, StepBudget};
use super::{ExportFormat, TestExport, row_count};
use crate::export::verify::verify;

fn exported(format: ExportFormat, notes: &[serde_json::Value]) -> (tempfile::TempDir, std::sync::Arc<Api>) {
    let directory = tempfile::tempdir().unwrap();
    let api = Api::new(1, 0, &StepBudget::unlimited());
    *api.lists().get_mut("notes").unwrap() = notes.to_vec();
    TestExport::new(&api, directory.path(), format).run().unwrap();
    (directory, api)
}

fn read(directory: &tempfile::TempDir, file: &str) -> String {
    std::fs::read_to_string(directory.path().join(file)).unwrap()
}

#[test]
fn lines_are_the_rows_as_the_api_sent_them() {
    let (directory, _) = exported(ExportFormat::Jsonl, &[note(4)]);
    assert_eq!(read(&directory, "notes.jsonl"), format!("{}\n", note(4)));
}

#[test]
fn csv_has_every_column_and_undocumented_fields() {
    let (directory, _) = exported(ExportFormat::Csv, &[note(4), json!({ "id": "note-5", "price": 1e-7 })]);
    assert_eq!(
        read(&directory, "notes.csv"),
        "id,price,pages,share,done,made_at,words,look.color,tag.id,tag.group,tag_ID,json,extra\n\
         note-4,4,4,0.5,true,2025-06-01T12:00:00+02:00,\"[\"\"x\"\",\"\"y\"\"]\",red,tag-1,\"a, \"\"b\"\"\n1\",,,\
         \"{\"\"unknown\"\":{\"\"a\"\":[1,2]}}\"\n\
         note-5,0.0000001,,,,,,,,,,,\n"
    );
    assert_eq!(read(&directory, "tags.csv"), "id,group,extra\ntag-0,\"a, \"\"b\"\"\n0\",\n");
}

fn select(directory: &tempfile::TempDir, sql: &str) -> Vec<Vec<Value>> {
    let database = Connection::open(directory.path().join("notekeeper.sqlite")).unwrap();
    let mut select = database.prepare(sql).unwrap();
    let columns = select.column_count();
    let rows = select.query_map([], |row| (0..columns).map(|column| row.get(column)).collect()).unwrap();
    rows.map(Result::unwrap).collect()
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

#[test]
fn tables_have_typed_columns() {
    let odd =
        json!({ "id": "note-5", "price": "12345678901234567.890", "pages": 1e30, "done": "yes", "made_at": "soon" });
    let (directory, _) = exported(ExportFormat::Sqlite, &[note(4), odd.clone()]);
    let sql = "SELECT name, type, pk FROM pragma_table_info('notes')";
    let columns: Vec<String> = select(&directory, sql)
        .iter()
        .map(|row| match row.as_slice() {
            [Value::Text(name), Value::Text(kind), Value::Integer(key)] => format!("{name} {kind} {key}"),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(
        columns,
        [
            "id TEXT 1",
            "price TEXT 0",
            "pages INTEGER 0",
            "share REAL 0",
            "done INTEGER 0",
            "made_at TEXT 0",
            "words TEXT 0",
            "look_color TEXT 0",
            "tag_id_ TEXT 0",
            "tag_ID TEXT 0",
            "json_ TEXT 0",
            "exported_at TEXT 0",
            "json TEXT 0",
        ]
    );
    let sql = "SELECT price, pages, share, done, made_at, words, look_color, tag_id_, json FROM notes ORDER BY id";
    let rows = select(&directory, sql);
    let expected = [
        text("4"),
        Value::Integer(4),
        Value::Real(0.5),
        Value::Integer(1),
        text("2025-06-01T10:00:00Z"),
        text("[\"x\",\"y\"]"),
        text("red"),
        text("tag-1"),
        text(&note(4).to_string()),
    ];
    assert_eq!(rows[0], expected);
    // Undocumented values are kept unchanged.
    assert_eq!(rows[1][..1], [text("12345678901234567.890")]);
    assert_eq!(rows[1][3..5], [text("yes"), text("soon")]);
    assert_eq!(rows[1][8], text(&odd.to_string()));
}

#[test]
fn a_second_export_updates_a_database() {
    let (directory, api) = exported(ExportFormat::Sqlite, &[note(1), note(2), note(3)]);
    let database = directory.path().join("notekeeper.sqlite");
    // A user adds a view; a column is missing, as after an earlier version of the program.
    let meanwhile =
        "ALTER TABLE notes DROP COLUMN look_color; CREATE VIEW dear AS SELECT id FROM notes WHERE price > 1";
    Connection::open(&database).unwrap().execute_batch(meanwhile).unwrap();
    let first = select(&directory, "SELECT exported_at FROM notes")[0][0].clone();
    let mut changed = note(2);
    changed["price"] = json!(20);
    *api.lists().get_mut("notes").unwrap() = vec![changed.clone(), note(3), note(4)];
    let finished = TestExport::new(&api, directory.path(), ExportFormat::Sqlite).run().unwrap();
    assert_eq!(row_count(&finished), 4);
    verify(directory.path()).unwrap();

    let rows = select(&directory, "SELECT id, price, look_color FROM notes ORDER BY id");
    assert_eq!(rows[0], [text("note-1"), text("1"), Value::Null]);
    assert_eq!(rows[1], [text("note-2"), text("20"), text("red")]);
    assert_eq!(rows.len(), 4);
    let earlier = select(&directory, "SELECT id FROM notes WHERE exported_at < (SELECT max(exported_at) FROM notes)");
    assert_eq!(earlier, [[text("note-1")]]);
    assert_eq!(select(&directory, "SELECT exported_at FROM notes WHERE id = 'note-1'"), [[first]]);
    assert_eq!(select(&directory, "SELECT count(*) FROM dear"), [[Value::Integer(3)]]);
    assert_eq!(
        select(&directory, "SELECT name FROM sqlite_schema WHERE name LIKE 'unfinished%'"),
        Vec::<Vec<_>>::new()
    );
}

/// A row without a key is written every time it is listed; after a stop, the list is read again from the start.
#[test]
fn rows_without_a_key() {
    for format in [ExportFormat::Jsonl, ExportFormat::Sqlite] {
        for steps in 0..30 {
            let directory = tempfile::tempdir().unwrap();
            let budget = StepBudget::unlimited();
            let api = Api::new(0, 0, &budget);
            let looks = ["red", "red", "blue", "red"].map(|color| json!({ "color": color }));
            api.lists().insert("looks", looks.to_vec());
            let disk = FailingDisk::new(&budget);
            let export =
                TestExport { lists: &["looks"], disk: &disk, ..TestExport::new(&api, directory.path(), format) };
            // The first run ends after a page, the second at any step, and the others finish.
            for steps in [22, steps, usize::MAX, usize::MAX] {
                budget.set(steps);
                let ended = export.run();
                assert!(ended.is_ok() || steps != usize::MAX, "{ended:?}");
            }
            let mut expected = api.rows("looks");
            expected.sort_unstable();
            assert_eq!(super::rows(directory.path(), format, "looks"), expected);
            verify(directory.path()).unwrap();
        }
    }
}

#[test]
fn keys_are_in_no_file() {
    for format in ExportFormat::ALL {
        let (directory, _) = exported(format, &[note(1)]);
        for (name, contents) in super::finished(directory.path()) {
            assert!(!String::from_utf8_lossy(&contents).contains("pk_live_secret"), "{name}");
        }
    }
}

#[test]
fn the_manifest_describes_the_export() {
    let (directory, _) = exported(ExportFormat::Jsonl, &[note(1)]);
    let mut manifest: serde_json::Value = serde_json::from_str(&read(&directory, "manifest.json")).unwrap();
    let export = &mut manifest["exports"][0];
    let (started, finished) = (export["started"].take(), export["finished"].take());
    assert!(started.as_str() <= finished.as_str() && started.as_str().is_some_and(|time| time.ends_with('Z')));
    manifest["key"].take();
    let hash = |text: &str| format!("{:x}", <sha2::Sha256 as sha2::Digest>::digest(text));
    let (tags, notes) = (format!("{}\n", tag(0)), format!("{}\n", note(1)));
    assert_eq!(
        manifest,
        json!({
            "manifest": 1, "base_url": "https://api.example.com", "key": null,
            "exports": [{
                "program": "notekeeper", "program_version": "1.2.3",
                "api": "Notes API", "api_version": "v1", "spec_sha256": "c0ffee",
                "started": null, "finished": null, "format": "jsonl",
                "resources": [
                    { "name": "tags", "rows": 1, "file": "tags.jsonl", "bytes": tags.len(), "sha256": hash(&tags) },
                    { "name": "notes", "rows": 1, "file": "notes.jsonl", "bytes": notes.len(), "sha256": hash(&notes) },
                ],
            }],
        })
    );
}
