//! Deserializes JSON; a type mismatch names the path and the expected type, but quotes no value.

use std::marker::PhantomData;

use serde::de::{DeserializeOwned, DeserializeSeed};
use serde_path_to_error::{Path, Segment, Track};

use crate::error::Error;
use crate::error::error_body::ErrorBody;
use crate::paging::Position;
use crate::pipeline::received::Received;

/// The maximum length of a key in a displayed path, in bytes.
const LONGEST_KEY: usize = 64;
/// The maximum number of segments in a displayed path.
const STEPS: usize = 16;

/// A type mismatch: its path in the JSON and the expected type.
#[derive(Clone, Debug)]
pub struct Mismatch {
    pub json_path: String,
    pub reason: String,
    /// The index of the item that contains it, if the path begins with a property and an index: a row inside an
    /// envelope.
    pub item: Option<usize>,
}

/// Deserializes a whole JSON document, and tracks the path of a mismatch.
pub fn read<'de, S: DeserializeSeed<'de>>(seed: S, json: &'de [u8]) -> Result<S::Value, Mismatch> {
    let mut reader = serde_json::Deserializer::from_slice(json);
    let mut track = Track::new();
    let value = seed.deserialize(serde_path_to_error::Deserializer::new(&mut reader, &mut track));
    let value = value.map_err(|error| Mismatch::at(&track.path(), describe(&error)))?;
    match reader.end() {
        Ok(()) => Ok(value),
        Err(_) => Err(Mismatch::whole("trailing characters after the value")),
    }
}

/// Deserializes a whole JSON document like a response body; the error is the path of the mismatch.
pub fn read_json<T: DeserializeOwned>(json: &str) -> Result<T, String> {
    seeded(PhantomData::<T>, json.as_bytes())
        .map_or_else(|| read(PhantomData::<T>, json.as_bytes()).map_err(|mismatch| mismatch.json_path), Ok)
}

impl Mismatch {
    /// Returns a mismatch of the whole document.
    pub fn whole(reason: impl Into<String>) -> Self {
        Self { json_path: ".".to_owned(), reason: reason.into(), item: None }
    }

    fn at(path: &Path, reason: String) -> Self {
        let mut steps = path.iter();
        let item = match (steps.next(), steps.next()) {
            (Some(Segment::Map { .. }), Some(Segment::Seq { index })) => Some(*index),
            _ => None,
        };
        Self { json_path: json_path(path), reason, item }
    }

    /// Moves the mismatch into an item of a list that is a property of the document.
    pub(crate) fn in_item(self, property: &str, index: usize) -> Self {
        let separator = if self.json_path.starts_with('[') { "" } else { "." };
        let rest = if self.json_path == "." { String::new() } else { format!("{separator}{}", self.json_path) };
        Self { json_path: format!("{property}[{index}]{rest}"), item: Some(index), ..self }
    }

    /// Returns the error of a response with this mismatch. `row` is the position in a list, if the response is a page.
    pub(crate) fn error(self, operation: &'static str, row: Option<Position>, received: &Received) -> Error {
        let Self { json_path, reason, .. } = self;
        let (status, body) = (received.status, ErrorBody::new(received));
        Error::Decode { operation, status, json_path, reason, row: row.map(Box::new), body }
    }
}

/// Deserializes a whole JSON document without tracking a path, which is faster.
pub(crate) fn seeded<'de, S: DeserializeSeed<'de>>(seed: S, json: &'de [u8]) -> Option<S::Value> {
    // `from_str` is faster: UTF-8 is validated once here, and `from_slice` validates every string separately.
    let Ok(text) = str::from_utf8(json) else { return read(seed, json).ok() };
    let mut reader = serde_json::Deserializer::from_str(text);
    let value = seed.deserialize(&mut reader).ok()?;
    reader.end().ok()?;
    Some(value)
}

/// Decodes a body, or returns an error with the path of the mismatch.
pub(crate) fn body<T: DeserializeOwned>(operation: &'static str, received: &Received) -> Result<T, Error> {
    let read = seeded(PhantomData::<T>, &received.body);
    read.ok_or_else(|| mismatch(PhantomData::<T>, &received.body).error(operation, None, received))
}

/// Decodes a body again after an error, this time with the path.
pub(crate) fn mismatch<'de, S: DeserializeSeed<'de>>(seed: S, body: &'de [u8]) -> Mismatch {
    read(seed, body).err().unwrap_or_else(|| Mismatch::whole("it cannot be read"))
}

/// Returns the error for a string body that is not UTF-8.
pub(crate) fn not_utf8(operation: &'static str, received: &Received) -> Error {
    Mismatch::whole("the body is not UTF-8").error(operation, None, received)
}

/// Returns the error for a response with another media type.
pub(crate) fn other_media_type(operation: &'static str, expected: &str, received: &Received) -> Error {
    Mismatch::whole(format!("the media type is not {expected}")).error(operation, None, received)
}

/// Returns the error for a success status that the operation does not document.
pub(crate) fn unexpected(operation: &'static str, received: &Received) -> Error {
    let reason = format!("status {} is not documented", received.status.as_u16());
    Mismatch::whole(reason).error(operation, None, received)
}

/// Formats the path to a value. A key may be personal data, so only plain names are displayed.
fn json_path(path: &Path) -> String {
    let mut out = String::new();
    for (step, segment) in path.iter().enumerate() {
        if step == STEPS {
            out.push('…');
            break;
        }
        let name = match segment {
            Segment::Seq { .. } => {
                out.push_str(&segment.to_string());
                continue;
            }
            Segment::Map { key: name } | Segment::Enum { variant: name } if is_plain(name) => name,
            _ => "?",
        };
        if !out.is_empty() {
            out.push('.');
        }
        out.push_str(name);
    }
    if out.is_empty() { ".".to_owned() } else { out }
}

/// Whether a string from a body is short and plain, like a name.
pub fn is_plain(name: &str) -> bool {
    (1..=LONGEST_KEY).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'))
}

/// Returns the parts of serde's message that cannot quote a value.
fn describe(error: &serde_json::Error) -> String {
    if error.is_eof() {
        return format!("the body ends too early, at line {} column {}", error.line(), error.column());
    }
    let message = error.to_string();
    if message.starts_with("recursion limit exceeded") {
        return format!("the body is nested too deeply, at line {} column {}", error.line(), error.column());
    }
    if error.is_syntax() {
        return format!("the body is not JSON, at line {} column {}", error.line(), error.column());
    }
    if message.starts_with("missing field `") || message.starts_with("duplicate field `") {
        return message.split_once("` at line").map_or(message.clone(), |(kept, _)| format!("{kept}`"));
    }
    let found = ["null", "string", "integer", "floating point", "boolean", "sequence", "map"]
        .into_iter()
        .find(|kind| message.strip_prefix("invalid type: ").is_some_and(|rest| rest.starts_with(kind)));
    let expected =
        message.rsplit_once(", expected ").map(|(_, rest)| rest.split_once(" at line").map_or(rest, |(kept, _)| kept));
    match (found, expected) {
        (Some(found), Some(expected)) => format!("expected {expected}, found {found}"),
        _ => "the value does not have the documented format".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Deserialize)]
    struct Document {
        #[serde(rename = "data")]
        _data: Vec<Row>,
    }

    #[derive(serde::Deserialize)]
    struct Row {
        #[serde(rename = "id")]
        _id: uuid::Uuid,
        #[serde(rename = "count")]
        _count: i64,
    }

    #[track_caller]
    fn check(body: &str, expected: &str) {
        let error = mismatch(PhantomData::<Document>, body.as_bytes()).error("list_rows", None, &Received::default());
        assert_eq!(error.to_string(), format!("list_rows: the response is not as documented at {expected}"));
    }

    #[test]
    fn mismatches_name_path_and_expectation_but_no_value() {
        const ID: &str = r#""id":"497f6eca-6276-4993-bfeb-53cbbbba6f08""#;
        check(r#"{"data":null}"#, "`data`: expected a sequence, found null");
        check(
            &format!(r#"{{"data":[{{{ID},"count":1}},{{{ID},"count":"ada@example.com"}}]}}"#),
            "`data[1].count`: expected i64, found string",
        );
        check(&format!(r#"{{"data":[{{{ID}}}]}}"#), "`data[0]`: missing field `count`");
        check(r#"{"data":[{"id":"ada@example.com"}]}"#, "`data[0].id`: the value does not have the documented format");
        check(r#"{"data":[]} {"#, "`.`: trailing characters after the value");
        check(r#"{"data":["#, "`data`: the body ends too early, at line 1 column 9");
        check(
            &format!(r#"{{"data":[{{{ID},"count":1,"ada@example.com":[{{"x":"#),
            "`data[0].?`: the body ends too early, at line 1 column 88",
        );
        check("<html>", "`.`: the body is not JSON, at line 1 column 1");
        check("", "`.`: the body ends too early, at line 1 column 0");
    }
}
