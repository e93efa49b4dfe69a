//! Checks JSON values against kinds that need no description.

use serde_json::Value;

use super::Kind;

/// Whether a value is of this kind, ignoring nested values. Every value is accepted for a named type.
pub(crate) fn has(kind: &Kind, value: &Value) -> bool {
    let text = |holds: fn(&str) -> bool| value.as_str().is_some_and(holds);
    match kind {
        Kind::Any | Kind::File | Kind::Named(_) => true,
        Kind::String => value.is_string(),
        Kind::Boolean => value.is_boolean(),
        Kind::Integer => is_integer(value),
        Kind::Number | Kind::Decimal => value.is_number(),
        Kind::Timestamp => text(is_timestamp),
        Kind::Date => text(is_date),
        Kind::Uuid => text(is_uuid),
        Kind::List(_) => value.is_array(),
        Kind::Map(_) => value.is_object(),
        Kind::Nullable(inner) => value.is_null() || has(inner, value),
    }
}

/// In JSON Schema, 1.0 is an integer.
fn is_integer(value: &Value) -> bool {
    value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|number| number.fract() == 0.0)
}

/// Stricter than deserializing: RFC 3339 only.
fn is_timestamp(text: &str) -> bool {
    let separated = text.as_bytes().get(10).is_some_and(|byte| matches!(byte, b'T' | b't'));
    let offset = text
        .get(19..)
        .is_some_and(|rest| rest.ends_with(['Z', 'z']) || rest.rfind(':').is_some_and(|at| at + 3 == rest.len()));
    separated && offset && text.parse::<jiff::Timestamp>().is_ok()
}

fn is_date(text: &str) -> bool {
    text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok()
}

fn is_uuid(text: &str) -> bool {
    text.len() == 36 && uuid::Uuid::try_parse(text).is_ok()
}

/// Whether a string is an amount.
pub(crate) fn is_decimal(text: &str) -> bool {
    rust_decimal::Decimal::from_str_exact(text).is_ok()
}
