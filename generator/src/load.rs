//! Turns YAML into an OpenAPI document. Only this module and its submodules use `serde_yaml`.

use openapiv3::{OpenAPI, PathItem};
use serde::Deserialize;
use serde_json::Value;
pub(crate) use serde_yaml::Value as Yaml;

use crate::code::Code;
use crate::document::{WEBHOOKS, Webhooks};
use crate::origin::Moved;
use crate::source::{Source, Unlocated};
use scalars::Scalars;

mod callbacks;
mod descriptions;
mod encodings;
mod limits;
mod path_items;
mod references;
mod scalars;
mod shape;
mod syntax;

/// A document in both forms: as plain data, and as OpenAPI.
pub(crate) struct Document {
    pub(crate) value: Value,
    pub(crate) openapi: OpenAPI,
    /// The readable entries of the webhook extension.
    pub(crate) webhooks: Webhooks,
    /// The original places of values that loading moved.
    pub(crate) moved: Moved,
}

/// Reads a document, or reports where it is not one.
pub(crate) fn load(source: &Source) -> Result<Document, Vec<Unlocated>> {
    let mut yaml = read(source).map_err(|diagnostic| vec![diagnostic])?;
    let value = plain(&yaml);
    version(source, &value).map_err(|diagnostic| vec![diagnostic])?;
    let mut changed = callbacks::forget(&mut yaml);
    let mut moved = Moved::new();
    changed |= path_items::write_out(&mut yaml, &mut moved);
    changed |= references::name_targets(&mut yaml, &mut moved);
    changed |= descriptions::complete(&mut yaml);
    changed |= encodings::complete(&mut yaml);
    // The document model tries every unreadable value twice, at every level. So it only gets readable values.
    let mismatches = if changed { shape::mismatches(source, &plain(&yaml)) } else { shape::mismatches(source, &value) };
    if !mismatches.is_empty() {
        return Err(mismatches);
    }
    // From YAML, because that keeps the order of keys.
    match OpenAPI::deserialize(&yaml) {
        Ok(openapi) => Ok(Document { value, openapi, webhooks: webhooks(&yaml), moved }),
        Err(error) => Err(vec![shape::mismatch(source, error.to_string())]),
    }
}

/// Parses a document into data, with keys in the order of the source.
pub(crate) fn ordered(source: &Source) -> Result<Yaml, Unlocated> {
    read(source)
}

fn webhooks(yaml: &Yaml) -> Webhooks {
    let entries = yaml.get(WEBHOOKS).and_then(Yaml::as_mapping);
    let items = entries.into_iter().flatten().filter(|(_, item)| unreadable(&plain(item)).is_none());
    let items = items.map(|(event, item)| (key_text(event), PathItem::deserialize(item)));
    items.filter_map(|(event, item)| Some((event, item.ok()?.post?))).collect()
}

/// Returns why a value is not a path item, without trying it at every level.
pub(crate) fn unreadable(item: &Value) -> Option<String> {
    shape::mismatch_of_path_item(item)
}

/// Parses any YAML or JSON source into plain data.
pub(crate) fn parse(source: &Source) -> Result<Value, Unlocated> {
    // JSON is YAML, but parses ten times as fast.
    serde_json::from_str(&source.text).or_else(|_| read(source).map(|yaml| plain(&yaml)))
}

fn read(source: &Source) -> Result<Yaml, Unlocated> {
    let mut scalars = Scalars::default();
    limits::check(source, &mut |event, at| scalars.add(event, at))?;
    let text = scalars.write(&source.text);
    let yaml = json(&text).map_or_else(|| serde_yaml::from_str(&text).map(textual), Ok);
    yaml.map_err(|error| {
        let (line, column) = error.location().map_or((1, 1), |at| (at.line(), at.column()));
        let text = error.to_string();
        syntax::diagnostic(source, text.split(" at line ").next().unwrap_or_default(), line, column)
    })
}

/// Parses a JSON document. Almost all JSON is YAML, but the YAML parser rejects surrogate escapes.
fn json(text: &str) -> Option<Yaml> {
    serde_json::from_str(text).ok()
}

/// Converts keys to strings and drops tags, as in JSON.
fn textual(yaml: Yaml) -> Yaml {
    match yaml {
        Yaml::Mapping(entries) if entries.iter().all(|(key, _)| key.is_string()) => {
            let mut entries = entries;
            entries.values_mut().for_each(|value| *value = textual(std::mem::take(value)));
            Yaml::Mapping(entries)
        }
        Yaml::Mapping(entries) => {
            let entries = entries.into_iter().map(|(key, value)| (Yaml::String(key_text(&key)), textual(value)));
            Yaml::Mapping(entries.collect())
        }
        Yaml::Sequence(items) => Yaml::Sequence(items.into_iter().map(textual).collect()),
        Yaml::Tagged(tagged) => textual(tagged.value),
        other => other,
    }
}

/// Converts YAML data to JSON data.
fn plain(yaml: &Yaml) -> Value {
    match yaml {
        Yaml::Null => Value::Null,
        Yaml::Bool(flag) => Value::Bool(*flag),
        Yaml::Number(number) => serde_json::to_value(number).unwrap_or(Value::Null),
        Yaml::String(text) => Value::String(text.clone()),
        Yaml::Sequence(items) => items.iter().map(plain).collect(),
        Yaml::Mapping(entries) => {
            Value::Object(entries.iter().map(|(key, value)| (key_text(key), plain(value))).collect())
        }
        Yaml::Tagged(tagged) => plain(&tagged.value),
    }
}

fn key_text(key: &Yaml) -> String {
    match plain(key) {
        Value::String(text) => text,
        other => other.to_string(),
    }
}

fn version(source: &Source, value: &Value) -> Result<(), Unlocated> {
    let diagnostic = |pointer: &str, message: String, help: &str| {
        Err(Unlocated { code: Code::OpenapiVersion, message, at: source.at(pointer), help: help.to_owned() })
    };
    match (value.get("openapi"), value.get("swagger")) {
        (Some(Value::String(version)), _) if version == "3.0" || version.starts_with("3.0.") => Ok(()),
        (Some(Value::String(version)), _) => diagnostic(
            "/openapi",
            format!("this is OpenAPI {version}, and only 3.0 is supported"),
            "write the document as OpenAPI 3.0.3, or convert it",
        ),
        (Some(_), _) => {
            diagnostic("/openapi", "the OpenAPI version is not text".to_owned(), "put it in quotes: openapi: \"3.0.3\"")
        }
        (None, Some(_)) => diagnostic(
            "/swagger",
            "this is Swagger 2.0, and only OpenAPI 3.0 is supported".to_owned(),
            "convert the document to OpenAPI 3.0.3",
        ),
        (None, None) => diagnostic(
            "",
            "this is not an OpenAPI document: it has no `openapi` key".to_owned(),
            "start the document with: openapi: 3.0.3",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers beyond 64-bit integers are equal in both languages.
    #[test]
    fn large_numbers_are_those_of_json() {
        for number in ["18446744073709552000", "-18446744073709552000", "18446744073709551615", "0.1"] {
            let read = |source: &Source| read(source).map(|yaml| plain(&yaml)).map_err(|diagnostic| diagnostic.message);
            let [yaml, json] = [format!("a: {number}"), format!(r#"{{"a": {number}}}"#)];
            let (yaml, json) = (read(&Source::new("a.yaml", yaml)), read(&Source::new("a.json", json)));
            assert_eq!(yaml, json, "{number}");
            assert!(yaml.is_ok());
        }
    }

    #[test]
    fn json_has_characters_that_are_escaped_in_two_halves() {
        let source = Source::new("a.json", r#"{"b": 1, "a": "\ud83d\ude00"}"#);
        let found = read(&source).map(|yaml| plain(&yaml)).map_err(|diagnostic| diagnostic.message);
        assert_eq!(found, Ok(serde_json::json!({"b": 1, "a": "😀"})));
    }
}
