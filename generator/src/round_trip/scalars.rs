//! Generates values of a scalar schema: common ones, and those at its bounds.

use serde_json::{Value, json};

/// The maximum length of generated strings.
const LONGEST: usize = 300;

/// Values of string formats.
const FORMATS: &[(&str, &[&str])] = &[
    (
        "date-time",
        &[
            "2024-02-29T12:30:45Z",
            "1999-12-31T23:59:59.123456789Z",
            "2024-06-01T00:00:00+02:00",
            "0001-01-01T00:00:00Z",
        ],
    ),
    ("date", &["2024-02-29", "0001-01-01", "9999-12-31"]),
    ("time", &["12:30:45Z", "23:59:59.5+02:00"]),
    ("uuid", &["497f6eca-6276-4993-bfeb-53cbbbba6f08", "00000000-0000-0000-0000-000000000000"]),
    ("email", &["ada@example.com", "a.b+c@example.org"]),
    ("uri", &["https://example.com/a?b=c#d", "urn:isbn:0451450523"]),
    ("ipv4", &["192.0.2.1"]),
    ("ipv6", &["2001:db8::1"]),
    ("hostname", &["example.com"]),
    ("byte", &["aGVsbG8=", ""]),
    ("decimal", &["19.99", "0.10", "-3"]),
];

/// Strings that look like values of other types, and strings that have to be escaped.
const STRINGS: [&str; 8] =
    ["text", "", "2024-02-29", "2024-02-29T10:00", "null", "1.50", "\"\\/\n\u{7f}é✓\u{1F600}", " true "];

pub(super) fn strings(schema: &Value) -> Vec<Value> {
    let format = schema.get("format").and_then(Value::as_str).unwrap_or_default();
    if let Some((_, values)) = FORMATS.iter().find(|(name, _)| *name == format) {
        return values.iter().map(|value| json!(value)).collect();
    }
    let length = |key: &str| schema.get(key).and_then(Value::as_u64).and_then(|length| usize::try_from(length).ok());
    let lengths = [length("minLength"), length("maxLength")];
    let bounds =
        lengths.into_iter().flatten().filter(|length| *length <= LONGEST).map(|length| json!("é".repeat(length)));
    matching(schema).into_iter().chain(STRINGS.iter().map(|value| json!(value))).chain(bounds).collect()
}

/// Returns a string that matches the pattern, extended to the minimum length.
fn matching(schema: &Value) -> Option<Value> {
    let mut text = jsonschema_regex::pattern_witness(schema.get("pattern")?.as_str()?)?;
    let least = schema.get("minLength").and_then(Value::as_u64).and_then(|length| usize::try_from(length).ok());
    let missing = least.unwrap_or(0).min(LONGEST).saturating_sub(text.chars().count());
    text.extend(text.chars().last().into_iter().cycle().take(missing).collect::<Vec<_>>());
    Some(json!(text))
}

pub(super) fn integers(schema: &Value) -> Vec<Value> {
    let edges: &[i64] = &match schema.get("format").and_then(Value::as_str) {
        Some("int32") => vec![i32::MAX.into(), i32::MIN.into()],
        Some("int8" | "uint8" | "int16" | "uint16" | "uint32" | "uint64" | "uint") => vec![127],
        _ => vec![i64::MAX, i64::MIN, 9_007_199_254_740_993],
    };
    let is_signed = !schema.get("format").and_then(Value::as_str).is_some_and(|format| format.starts_with('u'));
    let numbers = [0, 1, -1, 100].iter().chain(edges).filter(|number| is_signed || **number >= 0);
    numbers.map(|number| json!(number)).chain(bounds(schema).iter().filter_map(whole)).collect()
}

/// Returns a bound as an integer.
fn whole(bound: &Value) -> Option<Value> {
    match bound.as_f64() {
        Some(number) if bound.is_f64() => format!("{number:.0}").parse::<i64>().ok().map(Value::from),
        _ => Some(bound.clone()),
    }
}

pub(super) fn numbers(schema: &Value) -> Vec<Value> {
    let common = [json!(0), json!(1.5), json!(-1), json!(19.99), json!(0.1), json!(1e-7), json!(123_456_789_012.345)];
    let wide = (schema.get("format").and_then(Value::as_str) != Some("float")).then(|| json!(1e20));
    common.into_iter().chain(wide).chain(bounds(schema)).collect()
}

/// Returns the bounds, and the values next to them in case they are exclusive.
fn bounds(schema: &Value) -> Vec<Value> {
    let bound = |key: &str| schema.get(key).filter(|bound| bound.is_number());
    let next = |value: &Value, step: i64| value.as_i64().and_then(|number| number.checked_add(step)).map(Value::from);
    let [least, most, step] = ["minimum", "maximum", "multipleOf"].map(bound);
    let nearby = [least.and_then(|least| next(least, 1)), most.and_then(|most| next(most, -1))];
    [least, most, step].into_iter().flatten().cloned().chain(nearby.into_iter().flatten()).collect()
}
