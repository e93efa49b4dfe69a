//! A value of a row as plain text.

use std::borrow::Cow;

use rust_decimal::Decimal;
use serde_json::value::RawValue;

use super::json;
use crate::runtime::mock::table::Kind;

/// Texts as they are, amounts as exact decimals without exponent, everything else as JSON.
pub(crate) fn text(kind: Kind, value: &RawValue) -> Cow<'_, str> {
    let json = value.get();
    let text = if json.starts_with('"') { unquoted(json) } else { None };
    match (kind, text) {
        (Kind::Decimal, text) => {
            let text = text.unwrap_or(Cow::Borrowed(json));
            decimal(&text).map_or(text, Cow::Owned)
        }
        (_, Some(text)) => text,
        _ if json.starts_with(['{', '[']) => Cow::Owned(json::compact(json)),
        _ => Cow::Borrowed(json),
    }
}

/// A number that is written with an exponent, without it.
fn decimal(text: &str) -> Option<String> {
    text.contains(['e', 'E']).then(|| Decimal::from_scientific(text).ok().map(|amount| amount.to_string()))?
}

fn unquoted(json: &str) -> Option<Cow<'_, str>> {
    let inside = json.strip_prefix('"')?.strip_suffix('"')?;
    if inside.contains('\\') {
        serde_json::from_str::<String>(json).ok().map(Cow::Owned)
    } else {
        Some(Cow::Borrowed(inside))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_as_text() {
        for (kind, json, expected) in [
            (Kind::Decimal, "49.00", "49.00"),
            (Kind::Decimal, "4.9e1", "49"),
            (Kind::Decimal, "\"9.80\"", "9.80"),
            (Kind::Decimal, "12345678901234567.89", "12345678901234567.89"),
            (Kind::Text, r#""a \"b\" \u0063""#, "a \"b\" c"),
            (Kind::Text, "\"\"", ""),
            (Kind::Integer, "1e3", "1e3"),
            (Kind::Boolean, "true", "true"),
            (Kind::List(&Kind::Any), "[1, {\"a\": 2}]", "[1,{\"a\":2}]"),
        ] {
            let value: Box<RawValue> = serde_json::from_str(json).unwrap();
            assert_eq!(text(kind, &value), expected, "{json}");
        }
    }
}
