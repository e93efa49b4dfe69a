//! Typed values → the text of parameters.

use std::fmt::Display;

use serde::Serialize;
use serde_json::Value;

/// A value as parameter text.
pub(crate) fn text(value: &impl Display) -> String {
    value.to_string()
}

/// Several values as one text, with a delimiter between them.
pub(crate) fn joined<T: Display>(values: &[T], delimiter: &str) -> String {
    texts(values).join(delimiter)
}

/// Several values as a parameter that is repeated once for each.
pub(crate) fn texts<T: Display>(values: &[T]) -> Vec<String> {
    values.iter().map(ToString::to_string).collect()
}

/// A value that has no text of its own: that of its JSON, without quotes around a text.
pub(crate) fn plain(value: &impl Serialize) -> String {
    unquoted(json(value))
}

/// The same of each of several values.
pub(crate) fn plain_each(values: &[impl Serialize]) -> Vec<String> {
    values.iter().map(plain).collect()
}

/// The fields of an object as parameters of their own names; anything else under the name of the parameter.
pub(crate) fn fields(name: &str, value: &impl Serialize) -> Vec<(String, String)> {
    let Value::Object(fields) = json(value) else { return vec![(name.to_owned(), plain(value))] };
    fields.into_iter().flat_map(|(field, value)| repeated(field, value)).collect()
}

/// The fields of an object as parameters called `name[field]`, however deep they are.
pub(crate) fn deep(name: &str, value: &impl Serialize) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    descend(name.to_owned(), json(value), &mut pairs);
    pairs
}

fn descend(name: String, value: Value, pairs: &mut Vec<(String, String)>) {
    match value {
        Value::Object(fields) => {
            for (field, value) in fields {
                descend(format!("{name}[{field}]"), value, pairs);
            }
        }
        value => pairs.extend(repeated(name, value)),
    }
}

/// A list once for each of its values; nothing for null.
fn repeated(name: String, value: Value) -> Vec<(String, String)> {
    match value {
        Value::Null => Vec::new(),
        Value::Array(values) => values.into_iter().map(|value| (name.clone(), unquoted(value))).collect(),
        value => vec![(name, unquoted(value))],
    }
}

/// What can be sent can be written as JSON; if a type refuses, nothing is sent for it.
fn json(value: &impl Serialize) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

fn unquoted(value: Value) -> String {
    match value {
        Value::String(text) => text,
        value => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_without_a_text_of_their_own() {
        assert_eq!(plain(&json!("a b")), "a b");
        assert_eq!(plain(&json!(7)), "7");
        assert_eq!(plain(&json!({"a": [1]})), r#"{"a":[1]}"#);
        assert_eq!(plain_each(&[json!("x"), json!(true)]), ["x", "true"]);
    }

    #[test]
    fn objects_in_the_query() {
        let object = json!({"name": "ada", "sizes": [1, 2], "none": null, "inner": {"x": "y"}});
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let mut pairs = fields("filter", &object);
        pairs.sort();
        let expected = [("inner", r#"{"x":"y"}"#), ("name", "ada"), ("sizes", "1"), ("sizes", "2")];
        assert_eq!(pairs, expected.map(|(name, value)| pair(name, value)));
        assert_eq!(deep("f", &json!({"a": {"b": [1, 2]}})), [pair("f[a][b]", "1"), pair("f[a][b]", "2")]);
        assert_eq!(fields("q", &json!(3)), [pair("q", "3")]);
    }
}
