//! YAML → OpenAPI document. The only file that names `serde_yaml`.

use std::mem;

use openapiv3::{OpenAPI, PathItem};
use serde::Deserialize;
use serde_json::Value;
use serde_yaml::Value as Yaml;

use crate::code::Code;
use crate::document::{WEBHOOKS, Webhooks};
use crate::source::{Finding, Source};

mod callbacks;
mod path_items;
mod references;
mod shape;

/// A document in both forms: as plain data, and as OpenAPI.
pub(crate) struct Document {
    pub(crate) value: Value,
    pub(crate) openapi: OpenAPI,
    /// What the extension for webhooks holds, as far as it is readable.
    pub(crate) webhooks: Webhooks,
}

/// Reads a document, or says where it stops being one.
pub(crate) fn load(source: &Source) -> Result<Document, Vec<Finding>> {
    let mut yaml = read(source).map_err(|finding| vec![finding])?;
    let value = plain(&yaml);
    version(source, &value).map_err(|finding| vec![finding])?;
    callbacks::forget(&mut yaml);
    path_items::write_out(&mut yaml);
    references::name_targets(&mut yaml);
    // From YAML, because that keeps the order of keys.
    match OpenAPI::deserialize(&yaml) {
        Ok(openapi) => Ok(Document { value, openapi, webhooks: webhooks(&yaml) }),
        Err(error) => Err(shape::misfits(source, &plain(&yaml), &error.to_string())),
    }
}

fn webhooks(yaml: &Yaml) -> Webhooks {
    let entries = yaml.get(WEBHOOKS).and_then(Yaml::as_mapping);
    let items = entries.into_iter().flatten().map(|(event, item)| (key_text(event), PathItem::deserialize(item)));
    items.filter_map(|(event, item)| Some((event, item.ok()?.post?))).collect()
}

/// Any YAML or JSON text → plain data.
pub(crate) fn parse(source: &Source) -> Result<Value, Finding> {
    read(source).map(|yaml| plain(&yaml))
}

fn read(source: &Source) -> Result<Yaml, Finding> {
    let mut yaml = json(&source.text).map_or_else(|| serde_yaml::from_str(&source.text), Ok).map_err(|error| {
        let (line, column) = error.location().map_or((1, 1), |at| (at.line(), at.column()));
        let text = error.to_string();
        let message = text.split(" at line ").next().unwrap_or_default();
        let is_json = source.name.rsplit('.').next() == Some("json");
        let language = if is_json { "JSON" } else { "YAML" };
        Finding {
            code: Code::Syntax,
            message: format!("the file is not valid {language}: {message}"),
            at: source.at_line(line, column),
            help: "mend the syntax here or a little before: this is where the parser gave up".to_owned(),
        }
    })?;
    text_keys(&mut yaml);
    Ok(yaml)
}

/// The data of a text that is JSON. Read as YAML, which all but contains it, it could not have characters that are escaped
/// in two halves.
fn json(text: &str) -> Option<Yaml> {
    serde_json::from_str(text).ok()
}

/// Makes texts of keys such as `204`, which the document model does not take in extensions.
fn text_keys(yaml: &mut Yaml) {
    match yaml {
        Yaml::Sequence(items) => items.iter_mut().for_each(text_keys),
        Yaml::Mapping(entries) => {
            if !entries.keys().all(Yaml::is_string) {
                let with_texts =
                    mem::take(entries).into_iter().map(|(key, value)| (Yaml::String(key_text(&key)), value));
                *entries = with_texts.collect();
            }
            entries.values_mut().for_each(text_keys);
        }
        Yaml::Tagged(tagged) => text_keys(&mut tagged.value),
        _ => {}
    }
}

/// YAML data as JSON data: keys become text, tags go.
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

fn version(source: &Source, value: &Value) -> Result<(), Finding> {
    let finding = |pointer: &str, message: String, help: &str| {
        Err(Finding { code: Code::OpenapiVersion, message, at: source.at(pointer), help: help.to_owned() })
    };
    match (value.get("openapi"), value.get("swagger")) {
        (Some(Value::String(version)), _) if version == "3.0" || version.starts_with("3.0.") => Ok(()),
        (Some(Value::String(version)), _) => finding(
            "/openapi",
            format!("this is OpenAPI {version}, and only 3.0 is supported"),
            "write the document as OpenAPI 3.0.3, or convert it",
        ),
        (Some(_), _) => {
            finding("/openapi", "the OpenAPI version is not text".to_owned(), "quote it: openapi: \"3.0.3\"")
        }
        (None, Some(_)) => finding(
            "/swagger",
            "this is Swagger 2.0, and only OpenAPI 3.0 is supported".to_owned(),
            "convert the document to OpenAPI 3.0.3",
        ),
        (None, None) => finding(
            "",
            "this is not an OpenAPI document: it has no `openapi` key".to_owned(),
            "begin the document with: openapi: 3.0.3",
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_has_characters_that_are_escaped_in_two_halves() {
        let found =
            parse(&Source::new("a.json", r#"{"b": 1, "a": "\ud83d\ude00"}"#)).map_err(|finding| finding.message);
        assert_eq!(found, Ok(serde_json::json!({"b": 1, "a": "😀"})));
    }
}
