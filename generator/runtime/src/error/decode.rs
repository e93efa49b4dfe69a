//! JSON text → a value, or why it does not fit its type, said without repeating what is in it.

use std::marker::PhantomData;

use http::StatusCode;
use serde::de::{DeserializeOwned, DeserializeSeed};
use serde_path_to_error::{Path, Segment, Track};

use crate::error::Error;

/// The longest key of a body that is shown.
const LONGEST_KEY: usize = 64;
/// How many steps to a value are shown.
const STEPS: usize = 16;

/// Where a text stops being what it should be, and why.
#[derive(Debug)]
pub struct Mismatch {
    pub json_path: String,
    pub reason: String,
}

/// Reads a whole text.
pub fn read<'de, S: DeserializeSeed<'de>>(seed: S, text: &'de [u8]) -> Result<S::Value, Mismatch> {
    let mut reader = serde_json::Deserializer::from_slice(text);
    let mut track = Track::new();
    let value = seed.deserialize(serde_path_to_error::Deserializer::new(&mut reader, &mut track));
    let value = value.map_err(|error| Mismatch { json_path: place(&track.path()), reason: describe(&error) })?;
    match reader.end() {
        Ok(()) => Ok(value),
        Err(_) => Err(Mismatch::whole("there is more after the end of the value")),
    }
}

impl Mismatch {
    /// One that is about all of the text.
    pub fn whole(reason: impl Into<String>) -> Self {
        Self { json_path: ".".to_owned(), reason: reason.into() }
    }
}

/// Reads a whole text, as fast as possible.
pub(crate) fn seeded<'de, S: DeserializeSeed<'de>>(seed: S, text: &'de [u8]) -> serde_json::Result<S::Value> {
    let mut reader = serde_json::Deserializer::from_slice(text);
    let value = seed.deserialize(&mut reader)?;
    reader.end()?;
    Ok(value)
}

/// Reads a body, or reports where it does not have the documented type.
pub(crate) fn body<T: DeserializeOwned>(operation: &'static str, status: StatusCode, body: &[u8]) -> Result<T, Error> {
    serde_json::from_slice(body).map_err(|_| mismatch(operation, status, PhantomData::<T>, body))
}

/// Reads a body that has another type once more, to find out where.
pub(crate) fn mismatch<'de, S: DeserializeSeed<'de>>(
    operation: &'static str,
    status: StatusCode,
    seed: S,
    body: &'de [u8],
) -> Error {
    let mismatch = read(seed, body).err().unwrap_or_else(|| Mismatch::whole("it cannot be read"));
    let Mismatch { json_path, reason } = mismatch;
    Error::Decode { operation, status, json_path, reason }
}

/// A body of text that is none.
pub(crate) fn not_text(operation: &'static str, status: StatusCode) -> Error {
    Error::Decode { operation, status, json_path: ".".to_owned(), reason: "the body is not UTF-8".to_owned() }
}

/// A success status that the operation does not document.
pub(crate) fn unexpected(operation: &'static str, status: StatusCode) -> Error {
    let reason = format!("the documentation has no answer with status {}", status.as_u16());
    Error::Decode { operation, status, json_path: ".".to_owned(), reason }
}

/// The steps to a value. A key of the body may hold anything, so only plain names are shown.
fn place(path: &Path) -> String {
    let mut text = String::new();
    for (step, segment) in path.iter().enumerate() {
        if step == STEPS {
            text.push('…');
            break;
        }
        let name = match segment {
            Segment::Seq { .. } => {
                text.push_str(&segment.to_string());
                continue;
            }
            Segment::Map { key: name } | Segment::Enum { variant: name } if is_plain(name) => name,
            _ => "?",
        };
        if !text.is_empty() {
            text.push('.');
        }
        text.push_str(name);
    }
    if text.is_empty() { ".".to_owned() } else { text }
}

/// Whether a text from a body is short and only a name.
pub fn is_plain(name: &str) -> bool {
    (1..=LONGEST_KEY).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'))
}

/// serde's messages quote values; only the parts that cannot hold one are kept.
fn describe(error: &serde_json::Error) -> String {
    if error.is_eof() {
        return format!("the body ends too early, at line {} column {}", error.line(), error.column());
    }
    let text = error.to_string();
    if text.starts_with("recursion limit exceeded") {
        return format!("the body is nested too deeply, at line {} column {}", error.line(), error.column());
    }
    if error.is_syntax() {
        return format!("the body is not JSON, at line {} column {}", error.line(), error.column());
    }
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
        let error = mismatch("list_rows", StatusCode::OK, PhantomData::<Body>, body.as_bytes());
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
        check(r#"{"data":[]} {"#, "`.`: there is more after the end of the value");
        check(r#"{"data":["#, "`data`: the body ends too early, at line 1 column 9");
        check(
            &format!(r#"{{"data":[{{{ID},"count":1,"ada@example.com":[{{"x":"#),
            "`data[0].?`: the body ends too early, at line 1 column 88",
        );
        check("<html>", "`.`: the body is not JSON, at line 1 column 1");
        check("", "`.`: the body ends too early, at line 1 column 0");
    }
}
