//! Typed values → encoded parameters: one table of locations and styles.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::api::{Encoding, Location, Parameter, Style};
use crate::values::encode::Encode;

/// A name and a value in the query.
pub(super) struct Pair {
    /// The sort key: whether it belongs to an object, and the name of its parameter.
    pub(super) order: (bool, &'static str),
    pub(super) name: Cow<'static, str>,
    pub(super) value: String,
}

/// Encodes a parameter of the path, a header or a cookie, which is a single string.
pub(super) fn text(parameter: &Parameter, value: &impl Encode) -> String {
    match (parameter.encoding, parameter.location) {
        (Encoding::Json, _) => value.json().to_string(),
        // The specification does not define objects in cookies: they are JSON documents here.
        (Encoding::Styled { .. }, Location::Cookie) => match value.plain() {
            Value::Array(items) => joined(items, ","),
            other => scalar(other),
        },
        (Encoding::Styled { style, explode }, _) => styled(style, explode, parameter.name, value.plain()),
    }
}

/// Encodes a query parameter as pairs.
pub(super) fn query(parameter: &'static Parameter, value: &impl Encode, pairs: &mut Vec<Pair>) {
    let name = parameter.name;
    let mut add = |is_object, name: Cow<'static, str>, value| {
        pairs.push(Pair { order: (is_object, parameter.name), name, value });
    };
    let Encoding::Styled { style, explode } = parameter.encoding else {
        return add(false, name.into(), value.json().to_string());
    };
    match (style, explode, value.plain()) {
        (Style::DeepObject, _, object @ Value::Object(_)) => {
            deep(name.to_owned(), object, &mut |name, value| add(true, name.into(), value));
        }
        (Style::Form, false, Value::Object(fields)) => add(true, name.into(), joined_fields(fields, ",", ",")),
        (_, _, Value::Object(fields)) => {
            for (field, value) in fields {
                repeated(field, value, &mut |name, value| add(true, name.into(), value));
            }
        }
        (Style::SpaceDelimited, _, Value::Array(items)) => add(false, name.into(), joined(items, " ")),
        (Style::PipeDelimited, _, Value::Array(items)) => add(false, name.into(), joined(items, "|")),
        (_, false, Value::Array(items)) => add(false, name.into(), joined(items, ",")),
        (_, true, Value::Array(items)) => {
            for item in items {
                add(false, name.into(), scalar(item));
            }
        }
        (_, _, value) => add(false, name.into(), scalar(value)),
    }
}

/// Encodes a body as form fields.
pub(super) fn fields(body: &impl Serialize) -> Vec<(String, String)> {
    // What can be sent can be written as JSON; if a type cannot, nothing is sent for it.
    let body = serde_json::to_value(body).unwrap_or_default();
    let Value::Object(fields) = body else { return vec![("value".to_owned(), scalar(body))] };
    let mut pairs = Vec::new();
    for (field, value) in fields {
        repeated(field, value, &mut |name, value| pairs.push((name, value)));
    }
    pairs
}

/// Encodes a value in a style of the path; headers use `simple`, too.
fn styled(style: Style, explode: bool, name: &str, value: Value) -> String {
    let (prefix, exploded) = match style {
        Style::Label => (".", "."),
        Style::Matrix => (";", ";"),
        _ => ("", ","),
    };
    let delimiter = if explode { exploded } else { "," };
    let named = |written: String| if style == Style::Matrix { format!("{name}={written}") } else { written };
    let written = match value {
        Value::Array(items) if explode => {
            items.into_iter().map(|item| named(scalar(item))).collect::<Vec<_>>().join(delimiter)
        }
        Value::Array(items) => named(joined(items, delimiter)),
        Value::Object(fields) if explode => joined_fields(fields, "=", delimiter),
        Value::Object(fields) => named(joined_fields(fields, delimiter, delimiter)),
        value => named(scalar(value)),
    };
    if prefix.is_empty() { written } else { format!("{prefix}{written}") }
}

fn joined(items: Vec<Value>, delimiter: &str) -> String {
    items.into_iter().map(scalar).collect::<Vec<_>>().join(delimiter)
}

/// The fields of an object with their names; null fields are left out.
fn joined_fields(fields: Map<String, Value>, between: &str, delimiter: &str) -> String {
    let set = fields.into_iter().filter(|(_, value)| !value.is_null());
    set.map(|(field, value)| format!("{field}{between}{}", scalar(value))).collect::<Vec<_>>().join(delimiter)
}

/// Adds the fields of an object under names such as `name[field][inner]`.
fn deep(name: String, value: Value, add: &mut impl FnMut(String, String)) {
    match value {
        Value::Object(fields) => {
            for (field, value) in fields {
                deep(format!("{name}[{field}]"), value, add);
            }
        }
        value => repeated(name, value, add),
    }
}

/// Adds a pair for each item of a list, one for any other value, none for null.
fn repeated(name: String, value: Value, add: &mut impl FnMut(String, String)) {
    match value {
        Value::Null => {}
        Value::Array(items) => {
            for item in items {
                add(name.clone(), scalar(item));
            }
        }
        value => add(name, scalar(value)),
    }
}

/// A string without quotes; anything else as JSON.
fn scalar(value: Value) -> String {
    match value {
        Value::String(string) => string,
        value => value.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::api::Kind;

    /// The table of styles in the `OpenAPI` specification, for the path. Keys of these objects are sorted.
    #[test]
    fn styles_of_the_path() {
        let values =
            [json!("blue"), json!(["blue", "black", "brown"]), json!({"R": 100, "G": 200, "A": null, "B": 150})];
        for (style, explode, expected) in [
            (Style::Simple, false, ["blue", "blue,black,brown", "B,150,G,200,R,100"]),
            (Style::Simple, true, ["blue", "blue,black,brown", "B=150,G=200,R=100"]),
            (Style::Label, false, [".blue", ".blue,black,brown", ".B,150,G,200,R,100"]),
            (Style::Label, true, [".blue", ".blue.black.brown", ".B=150.G=200.R=100"]),
            (Style::Matrix, false, [";color=blue", ";color=blue,black,brown", ";color=B,150,G,200,R,100"]),
            (Style::Matrix, true, [";color=blue", ";color=blue;color=black;color=brown", ";B=150;G=200;R=100"]),
        ] {
            let parameter = Parameter::path("color", Kind::Any).style(style, explode);
            let written = values.each_ref().map(|value| text(&parameter, value));
            assert_eq!(written, expected, "{style:?} {explode}");
        }
    }

    /// The same for the query.
    #[test]
    fn styles_of_the_query() {
        const COLOR: Parameter = Parameter::query("color", Kind::Any);
        static TABLE: [(Parameter, [&str; 4]); 7] = [
            (COLOR, ["color=blue", "color=blue&color=black", "B=150&R=100&R=7", "B=150&I={\"x\":1}"]),
            (
                COLOR.style(Style::Form, false),
                ["color=blue", "color=blue,black", "color=B,150,R,[100,7]", "color=B,150,I,{\"x\":1}"],
            ),
            (
                COLOR.style(Style::SpaceDelimited, false),
                ["color=blue", "color=blue black", "B=150&R=100&R=7", "B=150&I={\"x\":1}"],
            ),
            (
                COLOR.style(Style::PipeDelimited, false),
                ["color=blue", "color=blue|black", "B=150&R=100&R=7", "B=150&I={\"x\":1}"],
            ),
            (
                COLOR.style(Style::DeepObject, true),
                [
                    "color=blue",
                    "color=blue&color=black",
                    "color[B]=150&color[R]=100&color[R]=7",
                    "color[B]=150&color[I][x]=1",
                ],
            ),
            (
                COLOR.style(Style::DeepObject, false),
                [
                    "color=blue",
                    "color=blue,black",
                    "color[B]=150&color[R]=100&color[R]=7",
                    "color[B]=150&color[I][x]=1",
                ],
            ),
            (
                COLOR.json(),
                [
                    "color=\"blue\"",
                    "color=[\"blue\",\"black\"]",
                    "color={\"A\":null,\"B\":150,\"R\":[100,7]}",
                    "color={\"B\":150,\"I\":{\"x\":1}}",
                ],
            ),
        ];
        let values = [
            json!("blue"),
            json!(["blue", "black"]),
            json!({"R": [100, 7], "A": null, "B": 150}),
            json!({"B": 150, "I": {"x": 1}}),
        ];
        for (parameter, expected) in &TABLE {
            for (value, expected) in values.iter().zip(expected) {
                let mut pairs = Vec::new();
                query(parameter, value, &mut pairs);
                let pairs: Vec<_> = pairs.iter().map(|pair| format!("{}={}", pair.name, pair.value)).collect();
                assert_eq!(pairs.join("&"), *expected, "{:?} {value}", parameter.encoding);
            }
        }
    }

    #[test]
    fn cookies_and_headers() {
        let cookie = Parameter::cookie("c", Kind::Any);
        let header = Parameter::header("h", Kind::Any);
        for (value, in_cookie, in_header) in [
            (json!("a b"), "a b", "a b"),
            (json!(7), "7", "7"),
            (json!([1, 2]), "1,2", "1,2"),
            (json!({"a": [1]}), r#"{"a":[1]}"#, "a,[1]"),
        ] {
            assert_eq!([text(&cookie, &value), text(&header, &value)], [in_cookie, in_header]);
        }
        assert_eq!(text(&cookie.json(), &json!("a b")), r#""a b""#);
    }

    #[test]
    fn forms() {
        let pairs = fields(&json!({"name": "ada", "sizes": [1, 2], "none": null, "inner": {"x": "y"}}));
        let expected = [("inner", r#"{"x":"y"}"#), ("name", "ada"), ("sizes", "1"), ("sizes", "2")];
        assert_eq!(pairs, expected.map(|(name, value)| (name.to_owned(), value.to_owned())));
        assert_eq!(fields(&json!(3)), [("value".to_owned(), "3".to_owned())]);
    }
}
