//! Converts a schema of JSON Schema 2020-12 to OpenAPI 3.0. Its inner schemas are converted before.

use serde_yaml::{Mapping, Value as Yaml};

use super::super::lost::Lost;
use crate::origin::PLACE;

/// Keywords with constraints that no part of the client checks.
const UNCHECKED: [&str; 7] =
    ["propertyNames", "contains", "unevaluatedItems", "dependentRequired", "dependentSchemas", "if", "contentSchema"];
/// Keywords without a meaning of their own.
const DEPENDENT: [&str; 4] = ["minContains", "maxContains", "then", "else"];
/// Keywords that only matter to tools for JSON Schema.
const TECHNICAL: [&str; 8] =
    ["$schema", "$id", "$anchor", "$dynamicAnchor", "$comment", "$vocabulary", "$defs", "definitions"];
/// Keywords that describe, and are valid beside a reference without changing its type.
const DESCRIBING: [&str; 12] = [
    PLACE,
    "title",
    "description",
    "summary",
    "default",
    "example",
    "examples",
    "deprecated",
    "readOnly",
    "writeOnly",
    "externalDocs",
    "xml",
];
/// The keywords that belong to a type.
const OF_TYPES: [(&str, &[&str]); 5] = [
    ("string", &["minLength", "maxLength", "pattern", "format", "contentEncoding", "contentMediaType"]),
    ("number", &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]),
    ("integer", &["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"]),
    ("array", &["items", "prefixItems", "minItems", "maxItems", "uniqueItems"]),
    (
        "object",
        &[
            "properties",
            "patternProperties",
            "additionalProperties",
            "required",
            "minProperties",
            "maxProperties",
            "discriminator",
        ],
    ),
];
const UNKNOWN_MEANING: &str = "it is not checked before sending";

pub(super) fn convert(schema: &mut Yaml, lost: &mut Lost) {
    match schema {
        Yaml::Bool(true) => *schema = Yaml::Mapping(Mapping::new()),
        Yaml::Bool(false) => {
            let nothing = [("not".into(), Yaml::Mapping(Mapping::new()))];
            *schema = Yaml::Mapping(nothing.into_iter().collect());
        }
        Yaml::Mapping(_) => {
            report(schema, lost);
            let Yaml::Mapping(entries) = schema else { return };
            keywords(entries);
            beside_reference(entries);
        }
        _ => {}
    }
}

/// Reports the keywords that are lost.
fn report(schema: &mut Yaml, lost: &mut Lost) {
    for keyword in UNCHECKED {
        let is_lost = match (keyword, schema.get(keyword)) {
            (_, None) => false,
            // Every key is a string.
            ("propertyNames", Some(names)) => {
                names.get("type").is_none()
                    || names.as_mapping().is_some_and(|names| {
                        names
                            .keys()
                            .filter_map(Yaml::as_str)
                            .any(|key| !["type", "title", "description", PLACE].contains(&key))
                    })
            }
            _ => true,
        };
        if is_lost {
            lost.keyword(schema, keyword, UNKNOWN_MEANING);
        }
    }
    let meanings = [
        ("prefixItems", "each item may have the type of any position"),
        ("patternProperties", "every name may have the type of any pattern"),
        ("$dynamicRef", "it is read as any JSON"),
    ];
    for (keyword, meaning) in meanings {
        if schema.get(keyword).is_some() {
            lost.keyword(schema, keyword, meaning);
        }
    }
    let is_known = |encoding: &str| encoding.eq_ignore_ascii_case("base64");
    if schema.get("contentEncoding").and_then(Yaml::as_str).is_some_and(|encoding| !is_known(encoding)) {
        lost.keyword(schema, "contentEncoding", "the string is not decoded");
    }
    if schema.get("const").is_some_and(|value| value.is_mapping() || value.is_sequence()) {
        lost.keyword(schema, "const", UNKNOWN_MEANING);
    }
    if schema.get("unevaluatedProperties").is_some() && schema.as_mapping().is_some_and(is_composed) {
        lost.keyword(schema, "unevaluatedProperties", UNKNOWN_MEANING);
    }
}

fn is_composed(schema: &Mapping) -> bool {
    ["$ref", "allOf", "oneOf", "anyOf", "if", "dependentSchemas"].iter().any(|key| schema.contains_key(*key))
}

fn keywords(schema: &mut Mapping) {
    let is_composed = is_composed(schema);
    for key in UNCHECKED.iter().chain(&DEPENDENT).chain(&TECHNICAL).chain(&["$dynamicRef"]) {
        schema.remove(*key);
    }
    constant(schema);
    content(schema);
    bounds(schema);
    tuple(schema);
    patterns(schema, is_composed);
    examples(schema);
    null_alternatives(schema);
    types(schema);
}

/// `const: a` → `enum: [a]`
fn constant(schema: &mut Mapping) {
    let Some(value) = schema.remove("const") else { return };
    if value.is_null() {
        schema.insert("type".into(), "null".into());
        return;
    }
    let of_value = match &value {
        Yaml::String(_) => "string",
        Yaml::Bool(_) => "boolean",
        Yaml::Number(number) if number.is_f64() => "number",
        Yaml::Number(_) => "integer",
        _ => return,
    };
    schema.entry("type".into()).or_insert(of_value.into());
    schema.insert("enum".into(), Yaml::Sequence(vec![value]));
}

/// Strings that hold bytes: in base64, or as they are.
fn content(schema: &mut Mapping) {
    let encoding = schema.remove("contentEncoding");
    let media_type = schema.remove("contentMediaType");
    let is_base64 = encoding.as_ref().and_then(Yaml::as_str).is_some_and(|it| it.eq_ignore_ascii_case("base64"));
    let is_text = |media_type: &str| {
        media_type.starts_with("text/") || media_type.ends_with("json") || media_type.ends_with("xml")
    };
    let format = match media_type.as_ref().and_then(Yaml::as_str) {
        _ if is_base64 => "byte",
        Some(media_type) if encoding.is_none() && !is_text(media_type) => "binary",
        _ => return,
    };
    schema.entry("type".into()).or_insert("string".into());
    schema.entry("format".into()).or_insert(format.into());
}

/// `exclusiveMinimum: 1` → `minimum: 1, exclusiveMinimum: true`
fn bounds(schema: &mut Mapping) {
    for (inclusive, exclusive, tighter) in [
        ("minimum", "exclusiveMinimum", (|bound, other| bound >= other) as fn(f64, f64) -> bool),
        ("maximum", "exclusiveMaximum", |bound, other| bound <= other),
    ] {
        let Some(Yaml::Number(bound)) = schema.get(exclusive).cloned() else { continue };
        let other = schema.get(inclusive).and_then(Yaml::as_f64);
        if other.is_none_or(|other| bound.as_f64().is_some_and(|bound| tighter(bound, other))) {
            schema.insert(inclusive.into(), Yaml::Number(bound));
            schema.insert(exclusive.into(), true.into());
        } else {
            schema.remove(exclusive);
        }
    }
}

/// `prefixItems: [A, B]` → items of either type.
pub(in crate::load) fn tuple(schema: &mut Mapping) {
    let Some(Yaml::Sequence(mut items)) = schema.remove("prefixItems") else { return };
    let is_last = |rest: &Yaml| rest.get("not").is_some_and(|not| not.as_mapping().is_some_and(Mapping::is_empty));
    match schema.remove("items") {
        Some(rest) if is_last(&rest) => {
            schema.entry("maxItems".into()).or_insert(items.len().into());
        }
        Some(rest) => items.push(rest),
        None => {}
    }
    if let Some(item) = any_of(items) {
        schema.insert("items".into(), item);
    }
    schema.entry("type".into()).or_insert("array".into());
}

/// Properties of any name, by patterns or unevaluated, become `additionalProperties`.
fn patterns(schema: &mut Mapping, is_composed: bool) {
    let unevaluated = schema.remove("unevaluatedProperties");
    let patterns = schema.remove("patternProperties");
    let mut values: Vec<_> =
        patterns.iter().filter_map(Yaml::as_mapping).flat_map(|patterns| patterns.values().cloned()).collect();
    if let Some(rest @ Yaml::Mapping(_)) = schema.get("additionalProperties")
        && !values.is_empty()
    {
        values.push(rest.clone());
    }
    if let Some(value) = any_of(values) {
        schema.insert("additionalProperties".into(), value);
        schema.entry("type".into()).or_insert("object".into());
    }
    if let Some(unevaluated) = unevaluated.filter(|_| !is_composed) {
        let is_never = unevaluated.get("not").is_some();
        schema.entry("additionalProperties".into()).or_insert(if is_never { false.into() } else { unevaluated });
    }
}

/// Returns a schema that allows what one of these allows.
fn any_of(schemas: Vec<Yaml>) -> Option<Yaml> {
    let plain = |schema: &Yaml| {
        let mut schema = schema.clone();
        schema.as_mapping_mut().map(|entries| entries.remove(PLACE));
        schema
    };
    let mut distinct: Vec<Yaml> = Vec::new();
    for schema in schemas {
        if distinct.iter().all(|other| plain(other) != plain(&schema)) {
            distinct.push(schema);
        }
    }
    match distinct.len() {
        0 | 1 => distinct.pop(),
        _ => Some(Yaml::Mapping([("anyOf".into(), Yaml::Sequence(distinct))].into_iter().collect())),
    }
}

/// `examples: [a, b]` → `example: a`
fn examples(schema: &mut Mapping) {
    let first = match schema.remove("examples") {
        Some(Yaml::Sequence(examples)) => examples.into_iter().next(),
        Some(Yaml::Mapping(examples)) => examples.into_iter().next().map(|(_, example)| example),
        _ => None,
    };
    if let Some(first) = first {
        schema.entry("example".into()).or_insert(first);
    }
}

/// `anyOf: [A, {type: "null"}]` → A, nullable.
fn null_alternatives(schema: &mut Mapping) {
    for key in ["anyOf", "oneOf"] {
        let Some(Yaml::Sequence(members)) = schema.get_mut(key) else { continue };
        let count = members.len();
        members.retain(|member| !is_null(member));
        if members.len() == count {
            continue;
        }
        let only = if members.len() == 1 { members.pop() } else { None };
        if members.is_empty() {
            schema.remove(key);
        }
        let has_others = schema.contains_key("anyOf") || schema.contains_key("oneOf") || only.is_some();
        schema.insert("nullable".into(), true.into());
        match only {
            Some(only) => merge(schema, only),
            None if !has_others => null_only(schema),
            None => {}
        }
    }
}

/// Writes the only alternative into its parent, or as its only part if they have keywords in common.
fn merge(schema: &mut Mapping, member: Yaml) {
    let describes = |key: &Yaml| key.as_str().is_some_and(|key| DESCRIBING.contains(&key) || key == "nullable");
    let conflicts = member.as_mapping().is_none_or(|member| {
        member.contains_key("$ref") || member.keys().any(|key| schema.contains_key(key) && !describes(key))
    });
    match member {
        Yaml::Mapping(member) if !conflicts => {
            for (key, value) in member {
                schema.entry(key).or_insert(value);
            }
        }
        member => match schema.get_mut("allOf").and_then(Yaml::as_sequence_mut) {
            Some(parts) => parts.push(member),
            None => {
                schema.insert("allOf".into(), Yaml::Sequence(vec![member]));
            }
        },
    }
}

/// Whether a converted schema allows null only.
fn is_null(schema: &Yaml) -> bool {
    let has_only_null = |values: &Vec<Yaml>| values.iter().all(Yaml::is_null) && !values.is_empty();
    schema.get("enum").and_then(Yaml::as_sequence).is_some_and(has_only_null) && schema.get("$ref").is_none()
}

/// `type: [string, "null"]` → a nullable string, and several types → alternatives.
pub(in crate::load) fn types(schema: &mut Mapping) {
    let listed = match schema.get("type") {
        Some(Yaml::Sequence(types)) => types.clone(),
        Some(one @ Yaml::String(_)) => vec![one.clone()],
        _ => {
            let has_null =
                schema.get("enum").and_then(Yaml::as_sequence).is_some_and(|values| values.contains(&Yaml::Null));
            if has_null {
                schema.insert("nullable".into(), true.into());
            }
            return;
        }
    };
    let mut types: Vec<_> = listed.iter().filter_map(Yaml::as_str).filter(|one| *one != "null").collect();
    if types.contains(&"number") {
        types.retain(|one| *one != "integer");
    }
    if types.len() < listed.len() && listed.iter().any(|one| one.as_str() == Some("null")) {
        schema.insert("nullable".into(), true.into());
    }
    match types.as_slice() {
        [] => null_only(schema),
        [one] => {
            schema.insert("type".into(), (*one).into());
        }
        _ if ["oneOf", "anyOf", "allOf", "$ref"].iter().any(|key| schema.contains_key(*key)) => {
            schema.remove("type");
        }
        // All types: any value.
        several if several.len() > 4 => {
            schema.remove("type");
        }
        several => {
            let members = several.iter().map(|one| of_type(schema, one)).collect();
            schema.remove("type");
            schema.remove("enum");
            OF_TYPES.iter().flat_map(|(_, keys)| *keys).for_each(|key| {
                schema.remove(*key);
            });
            schema.insert("oneOf".into(), Yaml::Sequence(members));
        }
    }
}

fn null_only(schema: &mut Mapping) {
    schema.remove("type");
    schema.insert("nullable".into(), true.into());
    schema.insert("enum".into(), Yaml::Sequence(vec![Yaml::Null]));
}

/// Returns the part of a schema that concerns one of its types.
fn of_type(schema: &Mapping, one: &str) -> Yaml {
    let keys = OF_TYPES.iter().find(|(name, _)| *name == one).map_or(&[] as &[_], |(_, keys)| *keys);
    let own = keys.iter().filter_map(|key| Some((Yaml::from(*key), schema.get(*key)?.clone())));
    let mut part: Mapping = [(Yaml::from("type"), Yaml::from(one))].into_iter().chain(own).collect();
    // A format of numbers belongs to numbers.
    if let Some(format) = schema.get("format").and_then(Yaml::as_str) {
        let of_numbers = matches!(format, "int32" | "int64" | "uint32" | "uint64" | "float" | "double");
        let is_number = matches!(one, "integer" | "number");
        if of_numbers && one == "string" {
            part.remove("format");
        } else if of_numbers && is_number {
            part.insert("format".into(), format.into());
        }
    }
    if let Some(values) = schema.get("enum").and_then(Yaml::as_sequence) {
        let fits = |value: &&Yaml| match one {
            "string" => value.is_string(),
            "integer" => value.is_i64() || value.is_u64(),
            "number" => value.is_number(),
            "boolean" => value.is_bool(),
            "array" => value.is_sequence(),
            _ => value.is_mapping(),
        };
        let values: Vec<_> = values.iter().filter(fits).cloned().collect();
        if !values.is_empty() {
            part.insert("enum".into(), Yaml::Sequence(values));
        }
    }
    if let Some(place) = schema.get(PLACE) {
        part.insert(PLACE.into(), place.clone());
    }
    Yaml::Mapping(part)
}

/// Wraps a reference with keywords beside it, which 3.0 would ignore.
fn beside_reference(schema: &mut Mapping) {
    let Some(target) = schema.get("$ref").cloned() else { return };
    let beside = |key: &Yaml| key.as_str().is_some_and(|key| key != "$ref" && key != PLACE);
    if !schema.keys().any(beside) {
        return;
    }
    schema.remove("$ref");
    let reference = Yaml::Mapping([("$ref".into(), target)].into_iter().collect());
    let is_constraint = |key: &Yaml| {
        key.as_str().is_some_and(|key| !DESCRIBING.contains(&key) && key != "nullable" && !key.starts_with("x-"))
    };
    let mut parts = vec![reference];
    if let Some(Yaml::Sequence(more)) = schema.remove("allOf") {
        parts.extend(more);
    }
    let constraints: Vec<_> = schema.keys().filter(|key| is_constraint(key)).cloned().collect();
    if !constraints.is_empty() {
        let own = constraints.into_iter().filter_map(|key| schema.remove(&key).map(|value| (key, value)));
        parts.push(Yaml::Mapping(own.collect()));
    }
    schema.insert("allOf".into(), Yaml::Sequence(parts));
}
