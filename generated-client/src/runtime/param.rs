//! Typed values → the text of parameters.

use std::fmt::Display;

use serde::Serialize;
use serde_json::Value;

/// A value as parameter text.
pub(crate) fn text(value: &impl Display) -> String {
    value.to_string()
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

/// A value as a JSON document.
pub(crate) fn document(value: &impl Serialize) -> String {
    json(value).to_string()
}

/// How values stand in a path; `explode` keeps the name with each of them.
#[derive(Clone, Copy)]
pub(crate) enum Style {
    /// `a,b`
    Simple,
    /// `.a,b`, exploded `.a.b`
    Label,
    /// `;name=a,b`, exploded `;name=a;name=b`
    Matrix,
}

/// A value, several, or the fields of an object in a style of the path.
pub(crate) fn styled(style: Style, explode: bool, name: &str, value: &impl Serialize) -> String {
    let exploded = match style {
        Style::Simple => ",",
        Style::Label => ".",
        Style::Matrix => ";",
    };
    let delimiter = if explode { exploded } else { "," };
    let named = |text: String| if matches!(style, Style::Matrix) { format!("{name}={text}") } else { text };
    let mut value = json(value);
    if let Value::Object(fields) = &mut value {
        fields.retain(|_, value| !value.is_null());
    }
    let text = match value {
        Value::Array(values) if explode => {
            values.into_iter().map(|value| named(unquoted(value))).collect::<Vec<_>>().join(delimiter)
        }
        Value::Array(values) => named(values.into_iter().map(unquoted).collect::<Vec<_>>().join(delimiter)),
        Value::Object(fields) if explode => {
            let pairs = fields.into_iter().map(|(field, value)| format!("{field}={}", unquoted(value)));
            pairs.collect::<Vec<_>>().join(delimiter)
        }
        Value::Object(fields) => {
            let pairs = fields.into_iter().flat_map(|(field, value)| [field, unquoted(value)]);
            named(pairs.collect::<Vec<_>>().join(delimiter))
        }
        value => named(unquoted(value)),
    };
    match style {
        Style::Simple => text,
        Style::Label => format!(".{text}"),
        Style::Matrix => format!(";{text}"),
    }
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
        assert_eq!(document(&json!("a b")), r#""a b""#);
    }

    /// The table of styles in the `OpenAPI` specification.
    #[test]
    fn styles_of_the_path() {
        let (text, list, object) =
            (json!("blue"), json!(["blue", "black", "brown"]), json!({"R": 100, "G": 200, "A": null, "B": 150}));
        for (style, explode, expected) in [
            (Style::Simple, false, ["blue", "blue,black,brown", "B,150,G,200,R,100"]),
            (Style::Simple, true, ["blue", "blue,black,brown", "B=150,G=200,R=100"]),
            (Style::Label, false, [".blue", ".blue,black,brown", ".B,150,G,200,R,100"]),
            (Style::Label, true, [".blue", ".blue.black.brown", ".B=150.G=200.R=100"]),
            (Style::Matrix, false, [";color=blue", ";color=blue,black,brown", ";color=B,150,G,200,R,100"]),
            (Style::Matrix, true, [";color=blue", ";color=blue;color=black;color=brown", ";B=150;G=200;R=100"]),
        ] {
            assert_eq!([&text, &list, &object].map(|value| styled(style, explode, "color", value)), expected);
        }
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
