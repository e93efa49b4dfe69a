//! Converts schemas, parameters and headers of Swagger 2.0.

use serde_yaml::{Mapping, Value as Yaml};

use super::super::lost::Lost;
use super::super::newer::schema::{tuple, types};
use super::super::places;
use crate::origin::PLACE;
use crate::source::join;

/// The keywords of a parameter or header that describe its value, and belong to the schema in 3.0.
const OF_SCHEMA: [&str; 17] = [
    "type",
    "format",
    "items",
    "default",
    "maximum",
    "exclusiveMaximum",
    "minimum",
    "exclusiveMinimum",
    "maxLength",
    "minLength",
    "pattern",
    "maxItems",
    "minItems",
    "uniqueItems",
    "enum",
    "multipleOf",
    "x-nullable",
];

/// Converts a schema; its inner schemas are converted before.
pub(super) fn schema(schema: &mut Yaml, lost: &mut Lost) {
    let place = places::recorded(schema).unwrap_or_default().to_owned();
    let Yaml::Mapping(entries) = schema else { return };
    nullable(entries);
    if entries.get("type").and_then(Yaml::as_str) == Some("file") {
        entries.insert("type".into(), "string".into());
        entries.insert("format".into(), "binary".into());
    }
    if let Some(Yaml::String(property)) = entries.get("discriminator").cloned() {
        let named = [(Yaml::from("propertyName"), Yaml::from(property))];
        entries.insert("discriminator".into(), Yaml::Mapping(named.into_iter().collect()));
    }
    let example = entries.remove("x-example");
    if let Some(example) = example {
        entries.entry("example".into()).or_insert(example);
    }
    let rest = entries.remove("additionalItems");
    if entries.get("items").is_some_and(Yaml::is_sequence)
        && let Some(items) = entries.remove("items")
    {
        lost.at(join(&place, "items"), "items", "each item may have the type of any position");
        entries.insert("prefixItems".into(), items);
        match rest {
            Some(Yaml::Bool(false)) => {
                let nothing = [(Yaml::from("not"), Yaml::Mapping(Mapping::new()))];
                entries.insert("items".into(), Yaml::Mapping(nothing.into_iter().collect()));
            }
            Some(rest @ Yaml::Mapping(_)) => {
                entries.insert("items".into(), rest);
            }
            _ => {}
        }
        tuple(entries);
    }
    types(entries);
}

fn nullable(entries: &mut Mapping) {
    let vendor = entries.remove("x-nullable");
    if vendor.and_then(|vendor| vendor.as_bool()) == Some(true) {
        entries.insert("nullable".into(), true.into());
    }
}

/// Moves the keywords of a value into its schema, and takes the format of its list.
pub(super) fn parameter(parameter: &mut Yaml, lost: &mut Lost) {
    let is_query = matches!(parameter.get("in").and_then(Yaml::as_str), Some("query" | "formData"));
    let is_joined = match parameter.get("collectionFormat").and_then(Yaml::as_str) {
        Some("tsv") => true,
        Some("ssv" | "pipes") => !is_query,
        _ => false,
    };
    let inner = parameter.get("items").and_then(|items| items.get("collectionFormat")).and_then(Yaml::as_str);
    if inner.is_some_and(|format| format != "csv") {
        let place = join(places::recorded(parameter).unwrap_or_default(), "items");
        lost.at(join(&place, "collectionFormat"), "collectionFormat", "lists inside lists are joined by commas");
    }
    if is_joined {
        lost.keyword(parameter, "collectionFormat", "OpenAPI 3.0 has no such list: pass its items as one string");
        if let Yaml::Mapping(entries) = parameter {
            entries.retain(|key, _| key.as_str().is_none_or(|key| !OF_SCHEMA.contains(&key)));
            entries.insert("type".into(), "string".into());
        }
    }
    value(parameter, is_query);
}

/// Converts the headers of a response.
pub(super) fn headers(response: &mut Yaml) {
    let headers = response.get_mut("headers").and_then(Yaml::as_mapping_mut);
    headers.into_iter().flat_map(|headers| headers.values_mut()).for_each(|header| value(header, false));
}

fn value(owner: &mut Yaml, is_query: bool) {
    let Yaml::Mapping(entries) = owner else { return };
    if entries.contains_key("$ref") || entries.contains_key("schema") {
        return;
    }
    let list = entries.remove("collectionFormat");
    let style = match list.as_ref().and_then(Yaml::as_str) {
        Some("multi") if is_query => Some(("form", true)),
        Some("ssv") if is_query => Some(("spaceDelimited", false)),
        Some("pipes") if is_query => Some(("pipeDelimited", false)),
        // Comma-separated is the default of 2.0, and not of queries in 3.0.
        _ if is_query && entries.get("type").and_then(Yaml::as_str) == Some("array") => Some(("form", false)),
        _ => None,
    };
    if let Some((style, explode)) = style {
        entries.insert("style".into(), style.into());
        entries.insert("explode".into(), explode.into());
    }
    let example = entries.remove("x-example");
    if let Some(example) = example {
        entries.entry("example".into()).or_insert(example);
    }
    let mut own = of_schema(entries);
    own.extend(entries.get(PLACE).cloned().map(|place| (Yaml::from(PLACE), place)));
    entries.insert("schema".into(), Yaml::Mapping(own));
}

/// Takes the keywords that describe a value, as a schema.
pub(super) fn of_schema(entries: &mut Mapping) -> Mapping {
    let mut own: Mapping = OF_SCHEMA.iter().filter_map(|key| Some((Yaml::from(*key), entries.remove(*key)?))).collect();
    nullable(&mut own);
    if own.get("type").and_then(Yaml::as_str) == Some("file") {
        own.insert("type".into(), "string".into());
        own.insert("format".into(), "binary".into());
    }
    if let Some(items) = own.get_mut("items").and_then(Yaml::as_mapping_mut) {
        items.remove("collectionFormat");
    }
    own
}
