//! Finds values that OpenAPI allows and hardly anybody means.

use serde_json::{Map, Value};

use super::defaults;
use crate::near::{perhaps, typo};

/// The formats of the OpenAPI registry and of JSON Schema.
const FORMATS: [&str; 50] = [
    "base64url",
    "binary",
    "byte",
    "char",
    "commonmark",
    "date",
    "date-time",
    "date-time-local",
    "decimal",
    "decimal128",
    "double",
    "double-int",
    "duration",
    "email",
    "float",
    "hostname",
    "html",
    "http-date",
    "idn-email",
    "idn-hostname",
    "int8",
    "int16",
    "int32",
    "int64",
    "ipv4",
    "ipv6",
    "iri",
    "iri-reference",
    "json-pointer",
    "media-range",
    "password",
    "regex",
    "relative-json-pointer",
    "sf-binary",
    "sf-boolean",
    "sf-decimal",
    "sf-integer",
    "sf-string",
    "sf-token",
    "time",
    "time-local",
    "uint8",
    "uint16",
    "uint32",
    "uint64",
    "unixtime",
    "uri",
    "uri-reference",
    "uri-template",
    "uuid",
];
/// Other common formats, which are no typing mistakes.
const MORE_FORMATS: [&str; 8] =
    ["url", "ulid", "guid", "datetime", "timestamp", "time-delta", "unix-time", "unix_time"];
/// The registered schemes of HTTP authentication.
const HTTP_SCHEMES: [&str; 13] = [
    "basic",
    "bearer",
    "concealed",
    "digest",
    "dpop",
    "gnap",
    "hoba",
    "mutual",
    "negotiate",
    "oauth",
    "privatetoken",
    "scram-sha-256",
    "vapid",
];
/// Bounds of which the first must not exceed the second.
const BOUNDS: [[&str; 2]; 4] =
    [["minimum", "maximum"], ["minLength", "maxLength"], ["minItems", "maxItems"], ["minProperties", "maxProperties"]];

/// A mistake: the steps to its place, the message, and the help.
pub(super) type Mistake = (Vec<String>, String, String);

/// Returns the likely mistakes in a schema, apart from its inner schemas.
pub(super) fn of_schema(schema: &Map<String, Value>) -> Vec<Mistake> {
    // Bounds without a value between them exclude every default.
    [format(schema), bounds(schema).or_else(|| defaults::mistake(schema))]
        .into_iter()
        .flatten()
        .chain(repeated(schema))
        .chain(untyped(schema))
        .chain(required(schema))
        .collect()
}

fn format(schema: &Map<String, Value>) -> Option<Mistake> {
    let format = schema.get("format")?.as_str()?;
    let is_known = FORMATS.contains(&format) || MORE_FORMATS.contains(&format);
    let meant = typo(format, FORMATS).filter(|_| !is_known)?;
    Some((vec!["format".to_owned()], format!("the format `{format}` is unknown"), format!("did you mean `{meant}`?")))
}

fn bounds(schema: &Map<String, Value>) -> Option<Mistake> {
    let number = |key: &str| schema.get(key)?.as_f64();
    let [least, most] =
        BOUNDS.into_iter().find(|[least, most]| number(least) > number(most) && number(most).is_some())?;
    Some((vec![most.to_owned()], format!("`{most}` is below `{least}`"), "no value satisfies both".to_owned()))
}

fn repeated(schema: &Map<String, Value>) -> impl Iterator<Item = Mistake> {
    let values = schema.get("enum").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let again = values.iter().enumerate().filter(|(index, value)| values[..*index].contains(value));
    again.map(|(index, value)| {
        let place = vec!["enum".to_owned(), index.to_string()];
        (place, format!("`enum` has the value {value} twice"), "remove one of them".to_owned())
    })
}

/// Finds values of an enumeration that do not have the type of the schema.
fn untyped(schema: &Map<String, Value>) -> impl Iterator<Item = Mistake> {
    let values = schema.get("enum").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let foreign = values.iter().enumerate().filter(|(_, value)| !value.is_null() && !defaults::has_type(schema, value));
    foreign.map(|(index, value)| {
        let message = format!("`enum` has the value {value}, which does not have the schema's type");
        (vec!["enum".to_owned(), index.to_string()], message, "fix the value, or the type".to_owned())
    })
}

fn required(schema: &Map<String, Value>) -> Vec<Mistake> {
    let list = |key: &str| schema.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    let Some(properties) = schema.get("properties").and_then(Value::as_object) else { return Vec::new() };
    let unknown = list("required").enumerate().filter(|(_, name)| !properties.contains_key(*name));
    let mistakes = unknown.filter_map(|(index, name)| {
        let optional =
            properties.keys().map(String::as_str).filter(|other| list("required").all(|name| name != *other));
        let meant = typo(name, optional)?;
        let message = format!("`required` names `{name}`, which is not a property");
        Some((vec!["required".to_owned(), index.to_string()], message, format!("did you mean `{meant}`?")))
    });
    mistakes.collect()
}

/// Returns the mistake in the scheme of an HTTP authentication.
pub(super) fn of_security_scheme(scheme: &Map<String, Value>) -> Option<Mistake> {
    let name = scheme.get("scheme")?.as_str()?.to_lowercase();
    let meant = typo(&name, HTTP_SCHEMES).filter(|_| !HTTP_SCHEMES.contains(&name.as_str()))?;
    let message = format!("the authentication scheme `{name}` is unknown");
    Some((vec!["scheme".to_owned()], message, format!("did you mean `{meant}`?")))
}

/// Returns the tags of an operation that the document does not list, although it lists others.
pub(super) fn of_operation(operation: &Map<String, Value>, document: &Value) -> Vec<Mistake> {
    let declared: Vec<_> = document
        .get("tags")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(|tag| tag.get("name")?.as_str())
        .collect();
    if declared.is_empty() {
        return Vec::new();
    }
    let tags = operation.get("tags").and_then(Value::as_array).into_iter().flatten().enumerate();
    let unknown =
        tags.filter_map(|(index, tag)| Some((index, tag.as_str()?))).filter(|(_, tag)| !declared.contains(tag));
    let mistakes = unknown.map(|(index, tag)| {
        let message = format!("`tags` of the document does not list `{tag}`{}", perhaps(tag, declared.iter().copied()));
        (vec!["tags".to_owned(), index.to_string()], message, "fix the name, or add the tag".to_owned())
    });
    mistakes.collect()
}
