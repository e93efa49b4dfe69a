//! Formats a cell as plain text.

use std::borrow::Cow;

use clientsmith_runtime::api::Kind;
use serde_json::value::RawValue;

use crate::json;

/// The maximum exponent that is expanded; numbers beyond it are kept unchanged.
const MAX_EXPONENT: u32 = 100;

/// Formats strings without quotes, amounts as exact decimals without exponent, and everything else as JSON.
pub(crate) fn text(kind: Kind, value: &RawValue) -> Cow<'_, str> {
    let json = value.get();
    let text = if json.starts_with('"') { unquoted(json) } else { None };
    match (kind, text) {
        (Kind::Decimal, text) => {
            let text = text.unwrap_or(Cow::Borrowed(json));
            without_exponent(&text).map_or(text, Cow::Owned)
        }
        (_, Some(text)) => text,
        _ if json.starts_with(['{', '[']) => Cow::Owned(json::compact(json)),
        _ => Cow::Borrowed(json),
    }
}

/// Expands the exponent of a number; all digits are kept.
fn without_exponent(text: &str) -> Option<String> {
    let (mantissa, exponent) = text.split_once(['e', 'E'])?;
    let exponent: i32 = exponent.parse().ok().filter(|exponent: &i32| exponent.unsigned_abs() <= MAX_EXPONENT)?;
    let (sign, digits) = mantissa.strip_prefix('-').map_or(("", mantissa), |digits| ("-", digits));
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let digits = format!("{whole}{fraction}");
    if !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let point = i32::try_from(whole.len()).ok()? + exponent;
    let (whole, fraction) = match usize::try_from(point) {
        Ok(point) if point >= digits.len() => (format!("{digits:0<point$}"), String::new()),
        Ok(point) => (digits[..point].to_owned(), digits[point..].to_owned()),
        Err(_) => (String::new(), "0".repeat(point.unsigned_abs() as usize) + &digits),
    };
    let whole = whole.trim_start_matches('0');
    let whole = if whole.is_empty() { "0" } else { whole };
    Some(if fraction.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{fraction}") })
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
            (Kind::Decimal, "-1.23456789012345678901234567890123e2", "-123.456789012345678901234567890123"),
            (Kind::Decimal, "5e-3", "0.005"),
            (Kind::Decimal, "1.50E+2", "150"),
            (Kind::Decimal, "0e0", "0"),
            (Kind::Decimal, "1e999", "1e999"),
            (Kind::Decimal, "1e-2147483648", "1e-2147483648"),
            (Kind::Decimal, "\"9.80\"", "9.80"),
            (Kind::Decimal, "12345678901234567.89", "12345678901234567.89"),
            (Kind::String, r#""a \"b\" \u0063""#, "a \"b\" c"),
            (Kind::String, "\"\"", ""),
            (Kind::Integer, "1e3", "1e3"),
            (Kind::Boolean, "true", "true"),
            (Kind::List(&Kind::Any), "[1, {\"a\": 2}]", "[1,{\"a\":2}]"),
        ] {
            let value: Box<RawValue> = serde_json::from_str(json).unwrap();
            assert_eq!(text(kind, &value), expected, "{json}");
        }
    }
}
