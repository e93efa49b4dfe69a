//! Finds defaults that their own schema does not allow.

use serde_json::{Map, Value};

use super::mistakes::Mistake;

/// Returns the mistake in the default of a schema. Null is often written for no default.
pub(super) fn mistake(schema: &Map<String, Value>) -> Option<Mistake> {
    let default = schema.get("default").filter(|default| !default.is_null())?;
    let listed = |schema: &Map<String, Value>, value: &Value| {
        schema.get("enum").and_then(Value::as_array).is_none_or(|values| values.contains(value))
    };
    let items = schema.get("items").and_then(Value::as_object);
    let foreign = default.as_array().into_iter().flatten().find(|item| items.is_some_and(|items| !listed(items, item)));
    let (message, help) = if !has_type(schema, default) {
        (format!("the default {default} does not have the schema's type"), "fix the value, or the type")
    } else if !listed(schema, default) {
        (format!("the default {default} is not in `enum`"), "use one of the values, or add this one")
    } else if let Some(item) = foreign {
        (
            format!("the default has {item}, which is not in `enum` of the items"),
            "use one of the values, or add this one",
        )
    } else {
        (outside(schema, default)?, "fix the default, or the bound")
    };
    Some((vec!["default".to_owned()], message, help.to_owned()))
}

/// Whether a value has a type of the schema. Numbers and booleans count as strings, because YAML reads them so
/// without quotes.
pub(super) fn has_type(schema: &Map<String, Value>, value: &Value) -> bool {
    let is_a = |name: &Value| match name.as_str() {
        Some("string") => !value.is_array() && !value.is_object(),
        Some("integer") => {
            value.is_i64() || value.is_u64() || value.as_f64().is_some_and(|number| number.fract() == 0.0)
        }
        Some("number") => value.is_number(),
        Some("boolean") => value.is_boolean(),
        Some("array") => value.is_array(),
        Some("object") => value.is_object(),
        Some("null") => value.is_null(),
        _ => true,
    };
    match schema.get("type") {
        Some(Value::Array(names)) => names.iter().any(is_a),
        Some(name) => is_a(name),
        None => true,
    }
}

/// Returns the message if a value is outside the bounds of its schema.
fn outside(schema: &Map<String, Value>, value: &Value) -> Option<String> {
    let bound = |key: &str| Some((key.to_owned(), schema.get(key)?.as_f64()?));
    // The exclusive bounds of 3.1 are numbers, and those before are flags.
    let is_exclusive = |key: &str| schema.get(key) == Some(&Value::Bool(true));
    let below = |key: &str, exclusive: bool, size: f64| {
        bound(key).filter(|(_, least)| size < *least || exclusive && size <= *least).map(|(key, _)| ("below", key))
    };
    let above = |key: &str, exclusive: bool, size: f64| {
        bound(key).filter(|(_, most)| size > *most || exclusive && size >= *most).map(|(key, _)| ("above", key))
    };
    let between = |least: &str, most: &str, size: usize| {
        // No list or string is so long that the conversion rounds.
        let size = u32::try_from(size).map_or(f64::INFINITY, f64::from);
        below(least, false, size).or_else(|| above(most, false, size))
    };
    let (is, key) = match value {
        Value::Number(number) => {
            let number = number.as_f64()?;
            below("minimum", is_exclusive("exclusiveMinimum"), number)
                .or_else(|| above("maximum", is_exclusive("exclusiveMaximum"), number))
                .or_else(|| below("exclusiveMinimum", true, number))
                .or_else(|| above("exclusiveMaximum", true, number))?
        }
        Value::String(text) => between("minLength", "maxLength", text.chars().count())?,
        Value::Array(items) => between("minItems", "maxItems", items.len())?,
        _ => return None,
    };
    Some(format!("the default {value} is {is} `{key}`"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn defaults_satisfy_their_schemas() {
        for (schema, expected) in [
            (json!({"type": "integer", "default": "ten"}), Some("the default \"ten\" does not have the schema's type")),
            (json!({"type": "integer", "default": 1.5}), Some("the default 1.5 does not have the schema's type")),
            (
                json!({"type": "boolean", "default": "true"}),
                Some("the default \"true\" does not have the schema's type"),
            ),
            (json!({"type": "array", "default": 1}), Some("the default 1 does not have the schema's type")),
            (json!({"type": "object", "default": "{}"}), Some("the default \"{}\" does not have the schema's type")),
            (
                json!({"type": ["integer", "null"], "default": "a"}),
                Some("the default \"a\" does not have the schema's type"),
            ),
            (json!({"enum": ["a"], "default": "b"}), Some("the default \"b\" is not in `enum`")),
            (
                json!({"type": "array", "items": {"enum": ["a"]}, "default": ["a", "b"]}),
                Some("the default has \"b\", which is not in `enum` of the items"),
            ),
            (json!({"type": "integer", "minimum": 1, "default": 0}), Some("the default 0 is below `minimum`")),
            (json!({"type": "integer", "maximum": 9, "default": 10}), Some("the default 10 is above `maximum`")),
            (json!({"minimum": 1, "exclusiveMinimum": true, "default": 1}), Some("the default 1 is below `minimum`")),
            (json!({"exclusiveMaximum": 1, "default": 1}), Some("the default 1 is above `exclusiveMaximum`")),
            (json!({"minLength": 1, "default": ""}), Some("the default \"\" is below `minLength`")),
            (json!({"maxLength": 2, "default": "äöü"}), Some("the default \"äöü\" is above `maxLength`")),
            (json!({"minItems": 1, "default": []}), Some("the default [] is below `minItems`")),
            (json!({"type": "integer", "minimum": 1, "maximum": 9, "default": 9}), None),
            (json!({"type": "integer", "default": 1.0}), None),
            (json!({"type": "string", "default": 1}), None),
            (json!({"type": "integer", "default": null}), None),
            (json!({"type": "array", "items": {"enum": ["a"]}, "minItems": 1, "default": ["a"]}), None),
        ] {
            let found = mistake(schema.as_object().expect("an object"));
            assert_eq!(found.map(|(_, message, _)| message).as_deref(), expected, "{schema}");
        }
    }
}
