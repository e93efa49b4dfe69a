//! Converts a value from the command line to JSON, by its type.

use clientsmith_runtime::FilePart;
use clientsmith_runtime::api::Kind;
use clientsmith_runtime::mock::spec::MockSpec;
use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json::Value;
use uuid::Uuid;

use crate::inputs::Usage;
use crate::source;

/// The placeholder of a value in help.
pub(crate) fn placeholder(spec: &MockSpec, kind: Kind) -> &'static str {
    match kind {
        Kind::String => "TEXT",
        Kind::Boolean => "true|false",
        Kind::Integer => "INTEGER",
        Kind::Number | Kind::Decimal => "NUMBER",
        Kind::Timestamp => "RFC 3339 TIME",
        Kind::Date => "YYYY-MM-DD",
        Kind::Uuid => "UUID",
        Kind::File => "FILE",
        Kind::Named(name) if spec.api.enumeration(name).is_some() => "VALUE",
        Kind::List(item) | Kind::Nullable(item) => placeholder(spec, *item),
        Kind::Any | Kind::Named(_) | Kind::Map(_) => "JSON",
    }
}

/// Whether several values can be separated by commas.
pub(crate) fn is_comma_separated(spec: &MockSpec, kind: Kind) -> bool {
    match kind {
        Kind::List(Kind::String | Kind::File) => false,
        Kind::List(item) => placeholder(spec, *item) != "JSON",
        _ => false,
    }
}

/// Converts a value to JSON; the error describes the expected value.
pub(crate) fn json(spec: &MockSpec, kind: Kind, text: &str) -> Result<String, String> {
    match kind {
        Kind::String => Ok(quoted(text)),
        Kind::Boolean => fit(text.parse::<bool>().is_ok(), text, "must be `true` or `false`"),
        Kind::Integer => fit(is_number(text) && text.parse::<i128>().is_ok(), text, "must be an integer"),
        Kind::Number => fit(is_number(text), text, "must be a number, such as 1.5"),
        // A string, because a number would be read as a float.
        Kind::Decimal => match Decimal::from_str_exact(text) {
            Ok(_) if is_number(text) => Ok(quoted(text)),
            _ => Err("must be a number of up to 28 digits, such as 9.80".to_owned()),
        },
        Kind::Timestamp => match text.parse::<Timestamp>() {
            Ok(_) => Ok(quoted(text)),
            Err(_) => Err("must be a time with an offset, such as 2025-06-01T12:00:00Z".to_owned()),
        },
        Kind::Date => match text.parse::<Date>() {
            Ok(_) => Ok(quoted(text)),
            Err(_) => Err("must be a date, such as 2025-06-01".to_owned()),
        },
        Kind::Uuid => match text.parse::<Uuid>() {
            Ok(_) => Ok(quoted(text)),
            Err(_) => Err("must be a UUID, such as 0a565296-4e53-477d-b118-b89e25e1af62".to_owned()),
        },
        Kind::File => file(text),
        Kind::Nullable(_) if text == "null" => Ok(text.to_owned()),
        Kind::List(item) | Kind::Nullable(item) => json(spec, *item, text),
        Kind::Named(name) => match spec.api.enumeration(name) {
            Some(known) if known.closed && !known.values.contains(&text) => {
                Err(format!("must be one of: {}", known.values.join(", ")))
            }
            Some(known) if known.integers => fit(text.parse::<i64>().is_ok(), text, "must be an integer"),
            Some(_) => Ok(quoted(text)),
            None => document(text),
        },
        Kind::Any | Kind::Map(_) => document(text),
    }
}

/// Converts amounts in a document to strings, because numbers would be read as floats.
pub(crate) fn exact(kind: Kind, json: &str) -> String {
    let is_number = json.starts_with(|first: char| first == '-' || first.is_ascii_digit());
    match (kind, Decimal::from_str_exact(json)) {
        (Kind::Decimal, Ok(_)) if is_number => quoted(json),
        _ => json.to_owned(),
    }
}

/// Returns the content and name of a file, in the JSON form of `FilePart`.
fn file(source: &str) -> Result<String, String> {
    let content = source::read(source).map_err(|Usage(problem)| problem)?;
    let name = source.rsplit(['/', '\\']).next().unwrap_or(source);
    serde_json::to_string(&FilePart::new(content).name(name)).map_err(|error| error.to_string())
}

fn document(text: &str) -> Result<String, String> {
    match serde_json::from_str::<Value>(text) {
        Ok(_) => Ok(text.to_owned()),
        Err(error) => Err(format!("must be JSON: {error}")),
    }
}

fn fit(fits: bool, text: &str, rule: &str) -> Result<String, String> {
    if fits { Ok(text.to_owned()) } else { Err(rule.to_owned()) }
}

/// Whether a string is a JSON number without an exponent.
fn is_number(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, fraction)| (whole, Some(fraction)));
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    all_digits(whole) && (whole == "0" || !whole.starts_with('0')) && fraction.is_none_or(all_digits)
}

fn quoted(text: &str) -> String {
    Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::SPEC;

    #[test]
    fn values_as_json() {
        for (kind, text, expected) in [
            (Kind::String, "a \"b\"", Some(r#""a \"b\"""#)),
            (Kind::Boolean, "true", Some("true")),
            (Kind::Boolean, "yes", None),
            (Kind::Integer, "-7", Some("-7")),
            (Kind::Integer, "07", None),
            (Kind::Integer, "7.0", None),
            (Kind::Decimal, "9.80", Some("\"9.80\"")),
            (Kind::Decimal, "12345678901234567.89", Some("\"12345678901234567.89\"")),
            (Kind::Decimal, "9,80", None),
            (Kind::Decimal, "1e2", None),
            (Kind::Decimal, ".5", None),
            (Kind::Decimal, "1_000", None),
            (Kind::Decimal, "NaN", None),
            (Kind::Decimal, "", None),
            (Kind::Number, "1.50", Some("1.50")),
            (Kind::Timestamp, "2025-06-01T12:00:00Z", Some("\"2025-06-01T12:00:00Z\"")),
            (Kind::Timestamp, "2025-06-01", None),
            (Kind::Date, "2025-06-01", Some("\"2025-06-01\"")),
            (Kind::Uuid, "x", None),
            (Kind::Any, "{\"a\": [1.50]}", Some("{\"a\": [1.50]}")),
            (Kind::Any, "{", None),
        ] {
            assert_eq!(json(&SPEC, kind, text).ok().as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn amounts_in_documents() {
        for (json, expected) in [
            ("9.80", "\"9.80\""),
            ("12345678901234567.89", "\"12345678901234567.89\""),
            ("\"9.80\"", "\"9.80\""),
            ("1e2", "1e2"),
            ("null", "null"),
        ] {
            assert_eq!(exact(Kind::Decimal, json), expected);
        }
        assert_eq!(exact(Kind::String, "1"), "1");
    }
}
