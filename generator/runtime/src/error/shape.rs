//! Reduces a body to its shape, which is safe to log: types and property names, but no values.

use serde_json::Value;

use super::decode::is_plain;

/// The maximum depth of a shape, number of properties per object, and number of characters.
const DEEPEST: usize = 6;
const PROPERTIES: usize = 20;
const LONGEST: usize = 500;

/// Returns the shape of a body, such as `{errors: [{title: string}], ok: boolean}`.
pub(crate) fn of(body: &[u8]) -> String {
    let Ok(value) = serde_json::from_slice(body) else {
        let kind = if std::str::from_utf8(body).is_ok() { "text" } else { "data" };
        return format!("{kind} of {} bytes", body.len());
    };
    let shape = shape(&value, DEEPEST);
    match shape.char_indices().nth(LONGEST) {
        Some((cut, _)) => format!("{}…", &shape[..cut]),
        None => shape,
    }
}

fn shape(value: &Value, depth: usize) -> String {
    let Some(deeper) = depth.checked_sub(1) else { return "…".to_owned() };
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(_) => "boolean".to_owned(),
        Value::Number(_) => "number".to_owned(),
        Value::String(_) => "string".to_owned(),
        Value::Array(items) => {
            let mut kinds: Vec<String> = Vec::new();
            for item in items.iter().take(PROPERTIES) {
                let kind = shape(item, deeper);
                if !kinds.contains(&kind) {
                    kinds.push(kind);
                }
            }
            format!("[{}]", kinds.join(" | "))
        }
        Value::Object(fields) => {
            // A property name may be personal data, too.
            let name = |name: &str| if is_plain(name) { name.to_owned() } else { "?".to_owned() };
            let mut sorted: Vec<_> = fields.iter().collect();
            sorted.sort_by_key(|(key, _)| *key);
            let named = sorted.into_iter().take(PROPERTIES);
            let mut parts: Vec<_> =
                named.map(|(key, value)| format!("{}: {}", name(key), shape(value, deeper))).collect();
            if fields.len() > PROPERTIES {
                parts.push("…".to_owned());
            }
            format!("{{{}}}", parts.join(", "))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_and_names_without_values() {
        for (body, expected) in [
            (
                r#"{"errors":[{"title":"Bad","n":1},{"title":"x","n":2},{"title":null}]}"#,
                "{errors: [{n: number, title: string} | {title: null}]}",
            ),
            (r#"{"ok":false,"ada@example.com":{"a b":[]}}"#, "{?: {?: []}, ok: boolean}"),
            (r#""ada@example.com""#, "string"),
            ("[[[[[[[1]]]]]]]", "[[[[[[…]]]]]]"),
            ("{}", "{}"),
            ("<html>", "text of 6 bytes"),
            ("", "text of 0 bytes"),
        ] {
            assert_eq!(of(body.as_bytes()), expected, "{body}");
        }
        assert_eq!(of(&[0xff, 0xfe]), "data of 2 bytes");
        let wide: serde_json::Map<_, _> = (0..30).map(|n| (format!("field{n:02}"), Value::Null)).collect();
        let wide = of(Value::Object(wide).to_string().as_bytes());
        assert!(wide.ends_with("field19: null, …}"), "{wide}");
        let long: serde_json::Map<_, _> = (0..20).map(|n| (format!("{n:050}"), Value::Null)).collect();
        assert_eq!(of(Value::Object(long).to_string().as_bytes()).chars().count(), LONGEST + 1);
    }
}
