//! Finds the smallest parts of a document that do not have the shape OpenAPI gives them.
//!
//! Half of the document model is untagged, so a failed read of the whole says neither where nor why. Here each part
//! is read on its own, from the leaves up, as what its place says that it is.

use openapiv3 as oa;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::Segment;

use crate::code::Code;
use crate::source::{Finding, Source, join};

/// The misfits of a document that could not be read; `whole` is what the reader said about all of it.
pub(super) fn misfits(source: &Source, document: &Value, whole: &str) -> Vec<Finding> {
    let mut walk = Walk { source, findings: Vec::new() };
    walk.visit(document, "", &DOCUMENT);
    if walk.findings.is_empty() {
        walk.report("", &Misfit::of_all(whole));
    }
    walk.findings
}

/// What a place in a document holds.
struct Shape {
    /// Reads it as that, and says what went wrong.
    read: fn(&Value) -> Option<Misfit>,
    /// May be a reference instead.
    or_reference: bool,
    /// What its parts are, by key; `*` stands for any key.
    parts: &'static [(&'static str, Part)],
}

/// Why a value cannot be read.
struct Misfit {
    /// Where in the value, as a JSON pointer.
    pointer: String,
    problem: String,
}

enum Part {
    One(&'static Shape),
    Each(&'static Shape),
}

struct Walk<'a> {
    source: &'a Source,
    findings: Vec<Finding>,
}

impl Walk<'_> {
    /// Reports the misfits inside a value, or else the misfit that it is itself.
    fn visit(&mut self, value: &Value, pointer: &str, shape: &Shape) {
        if shape.or_reference && value.get("$ref").is_some_and(Value::is_string) {
            return;
        }
        let mut sound = value.clone();
        let mut is_whole = true;
        for (key, child) in value.as_object().into_iter().flatten() {
            let before = self.findings.len();
            let part = shape.parts.iter().find(|(name, _)| *name == key || (*name == "*" && !key.starts_with("x-")));
            match part {
                Some((_, Part::One(shape))) => self.visit(child, &join(pointer, key), shape),
                Some((_, Part::Each(shape))) => self.visit_each(child, &join(pointer, key), shape),
                None => {}
            }
            if self.findings.len() > before {
                sound.as_object_mut().map(|sound| sound.remove(key));
                is_whole = false;
            }
        }
        // What was taken out because it is reported already is not missing.
        let misfit = (shape.read)(&sound).filter(|misfit| is_whole || !misfit.problem.contains("missing field"));
        if let Some(misfit) = misfit {
            self.report(pointer, &misfit);
        }
    }

    fn visit_each(&mut self, value: &Value, pointer: &str, shape: &Shape) {
        match value {
            Value::Object(entries) => {
                for (key, child) in entries {
                    self.visit(child, &join(pointer, key), shape);
                }
            }
            Value::Array(items) => {
                for (index, child) in items.iter().enumerate() {
                    self.visit(child, &join(pointer, &index.to_string()), shape);
                }
            }
            _ => {}
        }
    }

    fn report(&mut self, pointer: &str, misfit: &Misfit) {
        self.findings.push(Finding {
            code: Code::Shape,
            message: format!("this is not what OpenAPI 3.0 has in this place: {}", misfit.problem),
            at: self.source.at(format!("{pointer}{}", misfit.pointer)),
            help: "compare it with the specification, https://spec.openapis.org/oas/v3.0.3".to_owned(),
        });
    }
}

impl Misfit {
    fn of_all(problem: impl Into<String>) -> Self {
        Self { pointer: String::new(), problem: problem.into() }
    }
}

fn reads<T: DeserializeOwned>(value: &Value) -> Option<Misfit> {
    let error = serde_path_to_error::deserialize::<_, T>(value).err()?;
    let steps = error.path().iter().map_while(|segment| match segment {
        Segment::Map { key } => Some(key.clone()),
        Segment::Seq { index } => Some(index.to_string()),
        Segment::Enum { .. } | Segment::Unknown => None,
    });
    let pointer = steps.fold(String::new(), |pointer, step| join(&pointer, &step));
    Some(Misfit { pointer, problem: error.inner().to_string() })
}

/// Like a schema, but without the untagged layer that hides the reason.
fn reads_schema(value: &Value) -> Option<Misfit> {
    match value {
        Value::Object(_) => reads::<oa::SchemaData>(value).or_else(|| reads::<oa::SchemaKind>(value)),
        _ => Some(Misfit::of_all("a schema must be an object")),
    }
}

/// Like a parameter; the flattened layers hide what is missing.
fn reads_parameter(value: &Value) -> Option<Misfit> {
    let text = |key| value.get(key).is_some_and(Value::is_string);
    if !text("name") || !text("in") {
        return Some(Misfit::of_all("a parameter needs the texts `name` and `in`"));
    }
    if value.get("schema").is_none() && value.get("content").is_none() {
        return Some(Misfit::of_all("a parameter needs a `schema`"));
    }
    reads::<oa::Parameter>(value)
}

static DOCUMENT: Shape = Shape {
    read: reads::<oa::OpenAPI>,
    or_reference: false,
    parts: &[
        ("info", Part::One(&INFO)),
        ("servers", Part::Each(&SERVER)),
        ("tags", Part::Each(&TAG)),
        ("paths", Part::One(&PATHS)),
        ("components", Part::One(&COMPONENTS)),
    ],
};
static INFO: Shape = Shape { read: reads::<oa::Info>, or_reference: false, parts: &[] };
static SERVER: Shape = Shape { read: reads::<oa::Server>, or_reference: false, parts: &[] };
static TAG: Shape = Shape { read: reads::<oa::Tag>, or_reference: false, parts: &[] };
static PATHS: Shape = Shape { read: reads::<oa::Paths>, or_reference: false, parts: &[("*", Part::One(&PATH_ITEM))] };
static PATH_ITEM: Shape = Shape {
    read: reads::<oa::PathItem>,
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
    or_reference: false,
    parts: &[
        ("parameters", Part::Each(&PARAMETER)),
        ("requestBody", Part::One(&REQUEST_BODY)),
        ("responses", Part::Each(&RESPONSE)),
    ],
};
static PARAMETER: Shape = Shape { read: reads_parameter, or_reference: true, parts: &[("schema", Part::One(&SCHEMA))] };
static REQUEST_BODY: Shape =
    Shape { read: reads::<oa::RequestBody>, or_reference: true, parts: &[("content", Part::Each(&MEDIA_TYPE))] };
static RESPONSE: Shape =
    Shape { read: reads::<oa::Response>, or_reference: true, parts: &[("content", Part::Each(&MEDIA_TYPE))] };
static MEDIA_TYPE: Shape =
    Shape { read: reads::<oa::MediaType>, or_reference: false, parts: &[("schema", Part::One(&SCHEMA))] };
static SCHEMA: Shape = Shape {
    read: reads_schema,
    or_reference: true,
    parts: &[
        ("properties", Part::Each(&SCHEMA)),
        ("items", Part::One(&SCHEMA)),
        ("allOf", Part::Each(&SCHEMA)),
        ("oneOf", Part::Each(&SCHEMA)),
        ("anyOf", Part::Each(&SCHEMA)),
        ("not", Part::One(&SCHEMA)),
    ],
};
static COMPONENTS: Shape = Shape {
    read: reads::<oa::Components>,
    or_reference: false,
    parts: &[
        ("schemas", Part::Each(&SCHEMA)),
        ("parameters", Part::Each(&PARAMETER)),
        ("requestBodies", Part::Each(&REQUEST_BODY)),
        ("responses", Part::Each(&RESPONSE)),
    ],
};
