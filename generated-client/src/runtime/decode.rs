//! Why a body does not fit its type, said without repeating what is in it.

use http::StatusCode;
use serde::de::DeserializeOwned;
use serde_path_to_error::{Path, Segment};

use super::error::Error;

/// Reads a body that did not fit once more, to find out where.
pub(crate) fn misfit<T: DeserializeOwned>(operation: &'static str, status: StatusCode, body: &[u8]) -> Error {
    let mut reader = serde_json::Deserializer::from_slice(body);
    let (json_path, reason) = match serde_path_to_error::deserialize::<_, T>(&mut reader) {
        Err(error) => (place(error.path()), describe(error.inner())),
        Ok(_) => (".".to_owned(), "there is more after the end of the value".to_owned()),
    };
    Error::Decode { operation, status, json_path, reason }
}

/// A success status that the operation does not document.
pub(crate) fn unexpected(operation: &'static str, status: StatusCode) -> Error {
    let reason = format!("the documentation has no answer with status {}", status.as_u16());
    Error::Decode { operation, status, json_path: ".".to_owned(), reason }
}

/// A path, with `?` in it for a name that no field has: one that nobody documents may be personal.
fn place(path: &Path) -> String {
    let parts = path.iter().map(|segment| match segment {
        Segment::Seq { index } => format!("[{index}]"),
        Segment::Map { key: name } | Segment::Enum { variant: name } if is_plain(name) => format!(".{name}"),
        _ => ".?".to_owned(),
    });
    let text: String = parts.collect();
    match text.strip_prefix('.') {
        _ if text.is_empty() => ".".to_owned(),
        Some(rest) => rest.to_owned(),
        None => text,
    }
}

fn is_plain(name: &str) -> bool {
    name.chars().all(|c| c.is_alphanumeric() || "_-.$:".contains(c))
}

/// serde's messages quote values; only the parts that cannot hold one are kept.
fn describe(error: &serde_json::Error) -> String {
    if error.is_eof() {
        return format!("the body ends too early, at line {} column {}", error.line(), error.column());
    }
    if error.is_syntax() {
        return format!("the body is not JSON, at line {} column {}", error.line(), error.column());
    }
    let text = error.to_string();
    if text.starts_with("missing field `") || text.starts_with("duplicate field `") {
        return text.split_once("` at line").map_or(text.clone(), |(kept, _)| format!("{kept}`"));
    }
    let found = ["null", "string", "integer", "floating point", "boolean", "sequence", "map"]
        .into_iter()
        .find(|kind| text.strip_prefix("invalid type: ").is_some_and(|rest| rest.starts_with(kind)));
    let expected =
        text.rsplit_once(", expected ").map(|(_, rest)| rest.split_once(" at line").map_or(rest, |(kept, _)| kept));
    match (found, expected) {
        (Some(found), Some(expected)) => format!("expected {expected}, found {found}"),
        _ => "the value does not have the documented form".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Deserialize)]
    #[allow(dead_code)]
    struct Body {
        data: Vec<Row>,
    }

    #[derive(serde::Deserialize)]
    #[allow(dead_code)]
    struct Row {
        id: uuid::Uuid,
        count: i64,
    }

    #[track_caller]
    fn check(body: &str, expected: &str) {
        let error = misfit::<Body>("list_rows", StatusCode::OK, body.as_bytes());
        assert_eq!(error.to_string(), format!("list_rows: the answer does not fit at {expected}"));
    }

    #[test]
    fn the_place_and_the_expectation_are_named_but_no_value() {
        const ID: &str = r#""id":"497f6eca-6276-4993-bfeb-53cbbbba6f08""#;
        check(r#"{"data":null}"#, "`data`: expected a sequence, found null");
        check(
            &format!(r#"{{"data":[{{{ID},"count":1}},{{{ID},"count":"ada@example.com"}}]}}"#),
            "`data[1].count`: expected i64, found string",
        );
        check(&format!(r#"{{"data":[{{{ID}}}]}}"#), "`data[0]`: missing field `count`");
        check(r#"{"data":[{"id":"ada@example.com"}]}"#, "`data[0].id`: the value does not have the documented form");
        check(r#"{"data":[],"ada@example.com":[{"a b":[}]}"#, "`?`: the body is not JSON, at line 1 column 39");
        check(r#"{"data":[]} {"#, "`.`: there is more after the end of the value");
        check(r#"{"data":["#, "`data`: the body ends too early, at line 1 column 9");
        check("<html>", "`.`: the body is not JSON, at line 1 column 1");
        check("", "`.`: the body ends too early, at line 1 column 0");
    }
}
