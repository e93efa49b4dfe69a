//! Compares a value with its round trip.

use std::str::FromStr;

use jiff::Timestamp;
use serde_json::{Number, Value};

/// Returns the first difference by JSON pointer; no error if an API treats both values as the same.
///
/// A null may become absent, a time may have another offset, and a UUID another case.
pub(crate) fn same(before: &Value, after: &Value) -> Result<(), String> {
    compare(before, after, &mut String::new())
}

fn compare(before: &Value, after: &Value, path: &mut String) -> Result<(), String> {
    let different = |path: &str| Err(format!("at `{path}`: {before} became {after}"));
    match (before, after) {
        (Value::Object(one), Value::Object(other)) => {
            for (name, before) in one {
                match other.get(name) {
                    Some(after) => inside(path, name, |path| compare(before, after, path))?,
                    None if before.is_null() => {}
                    None => return Err(format!("at `{path}/{name}`: {before} was lost")),
                }
            }
            match other.keys().find(|name| !one.contains_key(*name)) {
                Some(name) => Err(format!("at `{path}/{name}`: {} was added", other[name])),
                None => Ok(()),
            }
        }
        (Value::Array(one), Value::Array(other)) if one.len() == other.len() => {
            let mut pairs = one.iter().zip(other).enumerate();
            pairs.try_for_each(|(index, (before, after))| {
                inside(path, &index.to_string(), |path| compare(before, after, path))
            })
        }
        (Value::Number(one), Value::Number(other)) if is_same_number(one, other) => Ok(()),
        (Value::String(one), Value::String(other))
            if one == other || is_same_time(one, other) || is_same_uuid(one, other) =>
        {
            Ok(())
        }
        (one, other) if one == other => Ok(()),
        _ => different(path),
    }
}

fn inside<T>(path: &mut String, step: &str, run: impl FnOnce(&mut String) -> T) -> T {
    let length = path.len();
    path.push('/');
    path.push_str(step);
    let result = run(path);
    path.truncate(length);
    result
}

/// The case of a UUID has no meaning (RFC 9562, section 4).
fn is_same_uuid(one: &str, other: &str) -> bool {
    let is_uuid = |text: &str| text.len() == 36 && text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit());
    is_uuid(one) && one.eq_ignore_ascii_case(other)
}

/// Compares integers exactly, and other numbers as floats.
fn is_same_number(one: &Number, other: &Number) -> bool {
    let integer = |number: &Number| number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from));
    match (integer(one), integer(other)) {
        (Some(one), Some(other)) => one == other,
        _ => one.as_f64() == other.as_f64(),
    }
}

fn is_same_time(one: &str, other: &str) -> bool {
    let time = |text: &str| Timestamp::from_str(text).ok();
    time(one).is_some_and(|one| Some(one) == time(other))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_may_differ() {
        for (before, after) in [
            (json!({"a": null, "b": 1}), json!({"b": 1.0})),
            (json!(["2024-01-01T02:00:00+02:00"]), json!(["2024-01-01T00:00:00Z"])),
        ] {
            assert_eq!(same(&before, &after), Ok(()));
        }
    }

    #[test]
    fn what_may_not() {
        for (before, after, expected) in [
            (json!({"a": {"b": 1}}), json!({"a": {}}), "at `/a/b`: 1 was lost"),
            (json!({}), json!({"a": null}), "at `/a`: null was added"),
            (json!([1, 2]), json!([1]), "at ``: [1,2] became [1]"),
            (
                json!([9_007_199_254_740_993_i64]),
                json!([9_007_199_254_740_992_i64]),
                "at `/0`: 9007199254740993 became 9007199254740992",
            ),
            (json!("2024-01-01"), json!("2024-01-02"), "at ``: \"2024-01-01\" became \"2024-01-02\""),
        ] {
            assert_eq!(same(&before, &after), Err(expected.to_owned()));
        }
    }
}
