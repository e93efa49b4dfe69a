//! Newtypes are validated wherever they are sent.

use golden_newtypes::types::{Cell, Cells};
use golden_newtypes::{Client, Error};
use serde_json::{from_value, json};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let client = Client::builder().base_url("http://127.0.0.1:9").build().expect("a client");
    let cell: Cell = from_value(json!({
        "name": "n", "power": -141, "share": 0, "mail": "nobody", "names": ["ab", "n", "ab", "ab"], "levels": {"a": 0},
    }))
    .expect("a cell");
    let cells: Cells = from_value(json!([cell])).expect("cells");
    let none: Cells = from_value(json!([])).expect("no cells");
    let paths = ["name", "power", "share", "mail", "names", "names[1]", "levels.a"];
    check(client.cells().update("n", cell).power(0).await, &[&["id", "power"], &paths[..]].concat());
    let inside = paths.map(|path| format!("[0].{path}"));
    check(client.cells().create(cells).await, &inside.each_ref().map(String::as_str));
    check(client.cells().create(none).await, &["body"]);
}

fn check<T: std::fmt::Debug>(sent: Result<T, Error>, expected: &[&str]) {
    let Err(Error::InvalidRequest { violations, .. }) = sent else { panic!("{sent:?}") };
    let paths: Vec<_> = violations.iter().map(|violation| violation.path.as_str()).collect();
    assert_eq!(paths, expected, "{violations:?}");
}
