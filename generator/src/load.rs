//! Turns YAML into an OpenAPI document. Only this module and its submodules use `serde_yaml`.

use std::borrow::Cow;

use openapiv3::{OpenAPI, PathItem};
use saphyr_parser::Event;
use serde::Deserialize;
use serde_json::Value;
use serde_yaml::Mapping;
pub(crate) use serde_yaml::Value as Yaml;

use crate::brackets::indented;
use crate::code::Code;
use crate::document::{WEBHOOKS, Webhooks};
use crate::input::Input;
use crate::source::{Source, Spot, Unlocated, steps};
use duplicates::Duplicates;
use lost::Lost;
use omissions::{LeftOut, Omissions};
use scalars::Scalars;

mod anchors;
mod callbacks;
mod conditions;
mod defaults;
mod descriptions;
mod duplicates;
mod encodings;
pub(crate) mod files;
mod gaps;
mod grammar;
mod insertions;
mod limits;
mod lost;
mod mistakes;
mod newer;
pub(crate) mod omissions;
mod overlays;
mod path_items;
pub(crate) mod places;
mod recurring;
mod references;
mod remarks;
mod scalars;
mod steps;
mod structure;
pub(crate) mod suggestion;
mod swagger;
mod syntax;
mod unknown_refs;
mod version;

/// The order of the sections of a bundle; others follow.
const SECTIONS: [&str; 8] = ["openapi", "info", "externalDocs", "servers", "security", "tags", "paths", "components"];

/// A document, in its own version and as OpenAPI 3.0.
pub(crate) struct Document {
    /// The joined files of the document, unchanged.
    pub(crate) source: Value,
    /// The document as OpenAPI 3.0. Each part has a record of its place in the source.
    pub(crate) value: Value,
    pub(crate) openapi: OpenAPI,
    /// The readable entries of the webhook extension.
    pub(crate) webhooks: Webhooks,
    pub(crate) warnings: Vec<Unlocated>,
    /// The parts without which the document was read, because of their errors.
    pub(crate) left_out: Vec<LeftOut>,
    /// The errors that stop nothing because of what was left out.
    pub(crate) tolerated: Vec<Unlocated>,
}

impl Document {
    /// Returns the place of a pointer into `value`.
    pub(crate) fn place(&self, pointer: &str) -> String {
        places::of(&self.value, pointer)
    }
}

/// A document as OpenAPI 3.0, before it is read.
struct Converted {
    source: Value,
    yaml: Yaml,
    warnings: Vec<Unlocated>,
    left_out: Vec<LeftOut>,
}

/// Reads a document without some of its parts, or reports where it is not one.
pub(crate) fn load(input: &Input, omissions: &Omissions) -> Result<Document, Vec<Unlocated>> {
    let Converted { source, mut yaml, warnings, left_out } = convert(input, omissions)?;
    remarks::add(&mut yaml);
    let value = plain(&yaml);
    // From YAML, because that keeps the order of keys.
    match OpenAPI::deserialize(&yaml) {
        Ok(openapi) => {
            let webhooks = webhooks(&yaml);
            Ok(Document {
                source,
                value,
                openapi,
                webhooks,
                warnings,
                left_out,
                tolerated: omissions.errors().to_vec(),
            })
        }
        Err(error) => Err(vec![Unlocated {
            code: Code::Shape,
            message: format!("this is not valid OpenAPI: {error}"),
            at: input.spec.at(""),
            help: "see the specification, https://spec.openapis.org/oas".to_owned(),
        }]),
    }
}

/// Returns a document as one OpenAPI 3.0 document in a single file, without the records of places.
pub(crate) fn bundle(input: &Input, omissions: &Omissions) -> Result<Yaml, Vec<Unlocated>> {
    let mut yaml = convert(input, omissions)?.yaml;
    places::forget(&mut yaml);
    let Yaml::Mapping(mut entries) = yaml else { return Ok(yaml) };
    let first = SECTIONS.into_iter().filter_map(|key| entries.shift_remove_entry(key));
    let mut ordered: Mapping = first.collect();
    ordered.extend(entries);
    Ok(Yaml::Mapping(ordered))
}

/// Writes data as JSON or YAML, with keys in their order.
pub(crate) fn written(yaml: &Yaml, as_json: bool) -> String {
    // Data with keys that are strings is always written.
    if as_json {
        serde_json::to_string_pretty(yaml).map(|text| text + "\n").unwrap_or_default()
    } else {
        serde_yaml::to_string(yaml).unwrap_or_default()
    }
}

fn convert(input: &Input, omissions: &Omissions) -> Result<Converted, Vec<Unlocated>> {
    let source = &input.spec;
    let mut yaml = files::join(input)?;
    let written = plain(&yaml);
    let version = version::of(source, &written).map_err(|diagnostic| vec![diagnostic])?;
    path_items::write_out(&mut yaml);
    callbacks::forget(&mut yaml);
    references::name_targets(&mut yaml, version);
    let object = if version == grammar::V20 { &grammar::SWAGGER } else { &grammar::DOCUMENT };
    places::record_all(&mut yaml, object, version);
    let Some(left_out) = omissions.apply(&mut yaml, version) else { return Err(omissions.errors().to_vec()) };
    let mut warnings = structure::check(source, &plain(&yaml), object, version);
    // References into a misspelt section are no mistakes of their own.
    if !warnings.iter().any(is_misspelt_section) {
        let broken = unknown_refs::check(input, &written).into_iter();
        warnings.extend(broken.filter(|broken| !omissions.has(input, broken)));
    }
    if warnings.iter().any(|problem| !problem.code.is_warning()) {
        return Err(warnings);
    }
    let mut warnings = recurring::fold(warnings);
    gaps::fill(&mut yaml, object, version);
    let mut lost = Lost::default();
    lost.exclusions(&mut yaml, object, version);
    match version {
        grammar::V20 => swagger::convert(&mut yaml, &mut lost),
        grammar::V30 => {}
        _ => newer::convert(&mut yaml, version, &mut lost),
    }
    warnings.extend(lost.warnings(source));
    descriptions::complete(&mut yaml);
    encodings::complete(&mut yaml);
    Ok(Converted { source: written, yaml, warnings, left_out })
}

fn is_misspelt_section(problem: &Unlocated) -> bool {
    let depth = match &problem.at.spot {
        Spot::Pointer(pointer) => steps(pointer).count(),
        Spot::LineColumn(..) => 0,
    };
    problem.code == Code::UnknownKey && depth <= 2
}

/// Parses a document into data, with keys in the order of the source.
pub(crate) fn ordered(source: &Source) -> Result<Yaml, Unlocated> {
    read(source).map_err(|mut diagnostics| diagnostics.swap_remove(0))
}

fn webhooks(yaml: &Yaml) -> Webhooks {
    let entries = yaml.get(WEBHOOKS).and_then(Yaml::as_mapping);
    let items = entries.into_iter().flatten().filter(|(_, item)| unreadable(&plain(item)).is_none());
    let items = items.map(|(event, item)| (key_text(event), PathItem::deserialize(item)));
    items.filter_map(|(event, item)| Some((event, item.ok()?.post?))).collect()
}

/// Returns why a value is not a path item, without trying it at every level.
pub(crate) fn unreadable(item: &Value) -> Option<String> {
    structure::problem_of_path_item(item)
}

/// Parses any YAML or JSON source into plain data.
pub(crate) fn parse(source: &Source) -> Result<Value, Unlocated> {
    // JSON is YAML, but parses ten times as fast.
    serde_json::from_str(&source.text).or_else(|_| ordered(source).map(|yaml| plain(&yaml)))
}

fn read(source: &Source) -> Result<Yaml, Vec<Unlocated>> {
    scan(source).or_else(|diagnostics| match indented(&source.text) {
        Cow::Owned(text) => scan(&Source { text, ..source.clone() }),
        Cow::Borrowed(_) => Err(diagnostics),
    })
}

fn scan(source: &Source) -> Result<Yaml, Vec<Unlocated>> {
    let (mut scalars, mut duplicates) = (Scalars::default(), Duplicates::default());
    let mut watch = |event: &Event<'_>, at| {
        scalars.add(event, at);
        duplicates.add(event, at);
    };
    limits::check(source, &mut watch).map_err(|diagnostic| vec![diagnostic])?;
    let found = duplicates.diagnostics(source);
    if !found.is_empty() {
        return Err(found);
    }
    let text = scalars.write(&source.text);
    let yaml = json(&text).map_or_else(|| serde_yaml::from_str(&text).and_then(merged).map(textual), Ok);
    yaml.map_err(|error| {
        let (line, column) = error.location().map_or((1, 1), |at| (at.line(), at.column()));
        let text = error.to_string();
        vec![syntax::diagnostic(source, text.split(" at line ").next().unwrap_or_default(), line, column)]
    })
}

/// Replaces the merge keys `<<` of YAML with the entries that they merge.
fn merged(mut yaml: Yaml) -> Result<Yaml, serde_yaml::Error> {
    yaml.apply_merge()?;
    Ok(yaml)
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers beyond 64-bit integers are equal in both languages.
    #[test]
    fn large_numbers_are_those_of_json() {
        for number in ["18446744073709552000", "-18446744073709552000", "18446744073709551615", "0.1"] {
            let read =
                |source: &Source| ordered(source).map(|yaml| plain(&yaml)).map_err(|diagnostic| diagnostic.message);
            let [yaml, json] = [format!("a: {number}"), format!(r#"{{"a": {number}}}"#)];
            let (yaml, json) = (read(&Source::new("a.yaml", yaml)), read(&Source::new("a.json", json)));
            assert_eq!(yaml, json, "{number}");
            assert!(yaml.is_ok());
        }
    }

    #[test]
    fn merge_keys_are_replaced() {
        let source = Source::new("a.yaml", "a: &a {b: 1, c: 2}\nd: {<<: *a, c: 3}\ne: {<<: [*a, {f: 4}]}\n");
        let found = ordered(&source).map(|yaml| plain(&yaml)).map_err(|diagnostic| diagnostic.message);
        let expected = serde_json::json!({"a": {"b": 1, "c": 2}, "d": {"b": 1, "c": 3}, "e": {"b": 1, "c": 2, "f": 4}});
        assert_eq!(found, Ok(expected));
    }

    #[test]
    fn json_has_characters_that_are_escaped_in_two_halves() {
        let source = Source::new("a.json", r#"{"b": 1, "a": "\ud83d\ude00"}"#);
        let found = ordered(&source).map(|yaml| plain(&yaml)).map_err(|diagnostic| diagnostic.message);
        assert_eq!(found, Ok(serde_json::json!({"b": 1, "a": "😀"})));
    }
}
