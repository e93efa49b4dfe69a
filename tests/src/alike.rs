//! When a value that was decoded and encoded again still says what was sent.

use promotekit::Timestamp;
use rust_decimal::Decimal;
use serde_json::Value;

/// The fields whose type is an exact decimal.
const DECIMALS: &[&str] = &["revenue_amount", "commission_amount", "limit_amount", "cookie_duration", "amount"];

/// How forms outside the documentation are taken.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Numbers are the same text.
    Documented,
    /// A decimal may have been sent as a numeric string; the number of the same value comes back.
    Tolerated,
}

/// Compares what came back with what was sent and names the first difference.
///
/// The two are equal as JSON, with these exceptions and no others:
/// - a null in an object may be absent afterwards;
/// - two RFC 3339 times are equal when they are the same instant;
/// - a numeric string in a decimal field may become the number of the same value, in the tolerated form only.
///
/// Numbers are compared as texts, so `0` is not `0.0`. A field that was not sent may not come back.
pub fn alike(sent: &Value, back: &Value, form: Form) -> Result<(), String> {
    compare("", "", sent, back, form)
}

/// `path` is where in the value, `field` the last name on the way there.
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
                    None => return Err(format!("{path}.{name} was sent as {sent} and is gone")),
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
