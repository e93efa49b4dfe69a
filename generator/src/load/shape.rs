//! Finds the smallest parts of a document that do not have the shape defined by OpenAPI.
//!
//! Half of the document model is untagged, so an error about the whole document has no place and no reason. So each
//! part is deserialized on its own, from the leaves up, as the type that belongs in its place.

use openapiv3 as oa;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use serde_path_to_error::Segment;

use super::places;
use crate::code::Code;
use crate::source::{Source, Trail, Unlocated, join};

/// Returns the mismatches of a document.
pub(super) fn mismatches(source: &Source, document: &Value) -> Vec<Unlocated> {
    let mut walk = Walk { diagnostics: Vec::new() };
    walk.visit(document, &Trail::Root, &DOCUMENT);
    let place = |pointer: &str, mismatch: &Mismatch| places::of(document, &format!("{pointer}{}", mismatch.pointer));
    walk.diagnostics.iter().map(|(pointer, found)| diagnostic(source, place(pointer, found), &found.problem)).collect()
}

/// Returns why a value is not a path item.
pub(super) fn mismatch_of_path_item(item: &Value) -> Option<String> {
    let mut walk = Walk { diagnostics: Vec::new() };
    walk.visit(item, &Trail::Root, &PATH_ITEM);
    walk.diagnostics.into_iter().next().map(|(_, mismatch)| mismatch.problem)
}

/// Returns the diagnostic for a mismatch of the whole document.
pub(super) fn mismatch(source: &Source, problem: String) -> Unlocated {
    diagnostic(source, String::new(), &problem)
}

fn diagnostic(source: &Source, place: String, problem: &str) -> Unlocated {
    Unlocated {
        code: Code::Shape,
        message: format!("this is not valid OpenAPI 3.0: {problem}"),
        at: source.at(place),
        help: "see the specification, https://spec.openapis.org/oas/v3.0.3".to_owned(),
    }
}

/// The expected shape of a place in a document.
struct Shape {
    /// Deserializes a value, and returns the mismatch if that fails.
    read: fn(&Value) -> Option<Mismatch>,
    /// Returns the smallest valid value.
    least: fn() -> Value,
    /// Whether a reference is allowed instead.
    or_reference: bool,
    /// The shapes of its parts by key; `*` matches any key.
    parts: &'static [(&'static str, Part)],
}

/// A reason why a value does not have its shape.
struct Mismatch {
    /// The place inside the value, as a JSON pointer.
    pointer: String,
    problem: String,
}

enum Part {
    One(&'static Shape),
    Each(&'static Shape),
}

struct Walk {
    /// The mismatches, each with the pointer of its value.
    diagnostics: Vec<(String, Mismatch)>,
}

impl Walk {
    /// Reports the mismatches inside a value, and the mismatch of the value itself.
    fn visit(&mut self, value: &Value, here: &Trail<'_>, shape: &Shape) {
        if shape.or_reference && value.get("$ref").is_some_and(Value::is_string) {
            return;
        }
        let mismatch = match value {
            Value::Object(entries) => {
                let parts = entries.iter().map(|(key, child)| (key.clone(), self.part(key, child, here, shape)));
                (shape.read)(&Value::Object(parts.collect()))
            }
            other => (shape.read)(other),
        };
        self.diagnostics.extend(mismatch.map(|mismatch| (here.pointer(), mismatch)));
    }

    /// Visits a part, and returns a valid replacement for its parent, so that nothing is read or reported twice.
    fn part(&mut self, key: &str, child: &Value, parent: &Trail<'_>, shape: &Shape) -> Value {
        let part = shape.parts.iter().find(|(name, _)| *name == key || (*name == "*" && !key.starts_with("x-")));
        let here = &Trail::Key(parent, key);
        match part {
            Some((_, Part::One(shape))) => {
                self.visit(child, here, shape);
                (shape.least)()
            }
            Some((_, Part::Each(shape))) => {
                self.visit_each(child, here, shape);
                match child {
                    Value::Object(entries) => entries.keys().map(|key| (key.clone(), (shape.least)())).collect(),
                    Value::Array(items) => items.iter().map(|_| (shape.least)()).collect(),
                    other => other.clone(),
                }
            }
            None => child.clone(),
        }
    }

    fn visit_each(&mut self, value: &Value, here: &Trail<'_>, shape: &Shape) {
        match value {
            Value::Object(entries) => {
                for (key, child) in entries {
                    self.visit(child, &Trail::Key(here, key), shape);
                }
            }
            Value::Array(items) => {
                for (index, child) in items.iter().enumerate() {
                    self.visit(child, &Trail::Index(here, index), shape);
                }
            }
            _ => {}
        }
    }
}

impl Mismatch {
    fn of_all(problem: impl Into<String>) -> Self {
        Self { pointer: String::new(), problem: problem.into() }
    }
}

fn reads<T: DeserializeOwned>(value: &Value) -> Option<Mismatch> {
    let error = serde_path_to_error::deserialize::<_, T>(value).err()?;
    let steps = error.path().iter().map_while(|segment| match segment {
        Segment::Map { key } => Some(key.clone()),
        Segment::Seq { index } => Some(index.to_string()),
        Segment::Enum { .. } | Segment::Unknown => None,
    });
    let pointer = steps.fold(String::new(), |pointer, step| join(&pointer, &step));
    Some(Mismatch { pointer, problem: error.inner().to_string() })
}

/// Deserializes a schema without the untagged layer that hides the reason.
fn reads_schema(value: &Value) -> Option<Mismatch> {
    match value {
        Value::Object(_) => reads::<oa::SchemaData>(value).or_else(|| reads::<oa::SchemaKind>(value)),
        _ => Some(Mismatch::of_all("a schema must be an object")),
    }
}

/// Deserializes a parameter; the flattened layers hide missing keys.
fn reads_parameter(value: &Value) -> Option<Mismatch> {
    let text = |key| value.get(key).is_some_and(Value::is_string);
    if !text("name") || !text("in") {
        return Some(Mismatch::of_all("a parameter needs the strings `name` and `in`"));
    }
    if value.get("schema").is_none() && value.get("content").is_none() {
        return Some(Mismatch::of_all("a parameter needs a `schema`"));
    }
    reads::<oa::Parameter>(value)
}

fn reads_additional(value: &Value) -> Option<Mismatch> {
    if value.is_boolean() { None } else { reads_schema(value) }
}

fn nothing() -> Value {
    Value::Object(Map::new())
}

static DOCUMENT: Shape = Shape {
    read: reads::<oa::OpenAPI>,
    least: nothing,
    or_reference: false,
    parts: &[
        ("info", Part::One(&INFO)),
        ("servers", Part::Each(&SERVER)),
        ("tags", Part::Each(&TAG)),
        ("paths", Part::One(&PATHS)),
        ("components", Part::One(&COMPONENTS)),
    ],
};
static INFO: Shape =
    Shape { read: reads::<oa::Info>, least: || json!({"title":"","version":""}), or_reference: false, parts: &[] };
static SERVER: Shape =
    Shape { read: reads::<oa::Server>, least: || json!({"url":""}), or_reference: false, parts: &[] };
static TAG: Shape = Shape { read: reads::<oa::Tag>, least: || json!({"name":""}), or_reference: false, parts: &[] };
static PATHS: Shape =
    Shape { read: reads::<oa::Paths>, least: nothing, or_reference: false, parts: &[("*", Part::One(&PATH_ITEM))] };
static PATH_ITEM: Shape = Shape {
    read: reads::<oa::PathItem>,
    least: nothing,
    or_reference: true,
    parts: &[
        ("parameters", Part::Each(&PARAMETER)),
        ("get", Part::One(&OPERATION)),
        ("put", Part::One(&OPERATION)),
        ("post", Part::One(&OPERATION)),
        ("delete", Part::One(&OPERATION)),
        ("options", Part::One(&OPERATION)),
        ("head", Part::One(&OPERATION)),
        ("patch", Part::One(&OPERATION)),
        ("trace", Part::One(&OPERATION)),
    ],
};
static OPERATION: Shape = Shape {
    read: reads::<oa::Operation>,
    least: || json!({"responses":{}}),
    or_reference: false,
    parts: &[
        ("parameters", Part::Each(&PARAMETER)),
        ("requestBody", Part::One(&REQUEST_BODY)),
        ("responses", Part::One(&RESPONSES)),
    ],
};
static RESPONSES: Shape =
    Shape { read: reads::<oa::Responses>, least: nothing, or_reference: false, parts: &[("*", Part::One(&RESPONSE))] };
static PARAMETER: Shape = Shape {
    read: reads_parameter,
    least: || json!({"name":"","in":"query","schema":{}}),
    or_reference: true,
    parts: &[("schema", Part::One(&SCHEMA)), ("content", Part::Each(&MEDIA_TYPE))],
};
static HEADER: Shape = Shape {
    read: reads::<oa::Header>,
    least: || json!({"schema":{}}),
    or_reference: true,
    parts: &[("schema", Part::One(&SCHEMA)), ("content", Part::Each(&MEDIA_TYPE))],
};
static REQUEST_BODY: Shape = Shape {
    read: reads::<oa::RequestBody>,
    least: || json!({"content":{}}),
    or_reference: true,
    parts: &[("content", Part::Each(&MEDIA_TYPE))],
};
static RESPONSE: Shape = Shape {
    read: reads::<oa::Response>,
    least: || json!({"description":""}),
    or_reference: true,
    parts: &[("content", Part::Each(&MEDIA_TYPE)), ("headers", Part::Each(&HEADER))],
};
static MEDIA_TYPE: Shape = Shape {
    read: reads::<oa::MediaType>,
    least: nothing,
    or_reference: false,
    parts: &[("schema", Part::One(&SCHEMA)), ("encoding", Part::Each(&ENCODING))],
};
static ENCODING: Shape = Shape {
    read: reads::<oa::Encoding>,
    least: nothing,
    or_reference: false,
    parts: &[("headers", Part::Each(&HEADER))],
};
static SCHEMA: Shape = Shape {
    read: reads_schema,
    least: nothing,
    or_reference: true,
    parts: &[
        ("properties", Part::Each(&SCHEMA)),
        ("additionalProperties", Part::One(&ADDITIONAL)),
        ("items", Part::One(&SCHEMA)),
        ("allOf", Part::Each(&SCHEMA)),
        ("oneOf", Part::Each(&SCHEMA)),
        ("anyOf", Part::Each(&SCHEMA)),
        ("not", Part::One(&SCHEMA)),
    ],
};
/// A schema, or a boolean that allows any or no additional properties.
static ADDITIONAL: Shape =
    Shape { read: reads_additional, least: || json!(true), or_reference: true, parts: SCHEMA.parts };
static COMPONENTS: Shape = Shape {
    read: reads::<oa::Components>,
    least: nothing,
    or_reference: false,
    parts: &[
        ("schemas", Part::Each(&SCHEMA)),
        ("parameters", Part::Each(&PARAMETER)),
        ("requestBodies", Part::Each(&REQUEST_BODY)),
        ("responses", Part::Each(&RESPONSE)),
        ("headers", Part::Each(&HEADER)),
    ],
};
