//! Compares a value that was deserialized and serialized again with the original.

use promotekit::Timestamp;
use rust_decimal::Decimal;
use serde_json::Value;

/// Properties with an exact decimal type.
const DECIMALS: &[&str] = &["revenue_amount", "commission_amount", "limit_amount", "cookie_duration", "amount"];

/// How to compare undocumented forms.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Numbers have the same text.
    Documented,
    /// A decimal may be sent as a numeric string; the number of the same value comes back.
    Tolerated,
}

/// Compares the result with the original and reports the first difference.
///
/// The two are equal as JSON, with these exceptions and no others:
/// - a null in an object may be missing afterwards;
/// - two RFC 3339 times are equal if they are the same instant;
/// - a numeric string in a decimal field may become the number of the same value, with [`Form::Tolerated`] only.
///
/// Numbers are compared as text, so `0` is not `0.0`. The result must not have additional fields.
pub fn alike(sent: &Value, back: &Value, form: Form) -> Result<(), String> {
    compare("", "", sent, back, form)
}

/// `path` is the position in the value, `field` its last named step.
fn compare(path: &str, field: &str, sent: &Value, back: &Value, form: Form) -> Result<(), String> {
    let same = match (sent, back) {
        (Value::Object(sent), Value::Object(back)) => {
            if let Some(name) = back.keys().find(|name| !sent.contains_key(*name)) {
                return Err(format!("{path}.{name} came back but was not sent"));
            }
            for (name, sent) in sent {
                match back.get(name) {
                    Some(back) => compare(&format!("{path}.{name}"), name, sent, back, form)?,
                    None if sent.is_null() => {}
                    None => return Err(format!("{path}.{name} was sent as {sent} and does not exist")),
                }
            }
            true
        }
        (Value::Array(sent), Value::Array(back)) => {
            for (index, (sent, back)) in sent.iter().zip(back).enumerate() {
                compare(&format!("{path}[{index}]"), field, sent, back, form)?;
            }
            sent.len() == back.len()
        }
        (Value::Number(sent), Value::Number(back)) => sent.to_string() == back.to_string(),
        (Value::String(sent), Value::String(back)) => sent == back || same_instant(sent, back),
        (Value::String(sent), Value::Number(back)) => {
            form == Form::Tolerated && DECIMALS.contains(&field) && same_decimal(sent, &back.to_string())
        }
        _ => sent == back,
    };
    if same { Ok(()) } else { Err(format!("{path} was sent as {sent} and came back as {back}")) }
}

fn same_instant(sent: &str, back: &str) -> bool {
    matches!((sent.parse::<Timestamp>(), back.parse::<Timestamp>()), (Ok(sent), Ok(back)) if sent == back)
}

fn same_decimal(sent: &str, back: &str) -> bool {
    let read = |text: &str| Decimal::from_str_exact(text).or_else(|_| Decimal::from_scientific(text));
    matches!((read(sent), read(back)), (Ok(sent), Ok(back)) if sent == back)
}
