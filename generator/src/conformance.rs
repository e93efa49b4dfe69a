//! Checks JSON values against schemas of the document.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use jsonschema::{Draft, Registry, RegistryBuilder, Validator};
use openapiv3::{OpenAPI, ReferenceOr, Schema};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde_json::{Map, Value, json};

use crate::direction::Direction;
use crate::document::components;

const ROOT: &str = "urn:document";
/// Characters that names may have and URL fragments may not (RFC 3986, section 3.5).
const NOT_IN_A_FRAGMENT: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');
/// Keywords with the same meaning in JSON Schema.
const KEPT: [&str; 14] = [
    "type",
    "format",
    "enum",
    "required",
    "pattern",
    "multipleOf",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
    "nullable",
];

/// The schemas of a document, prepared for checks.
pub(crate) struct Schemas<'a> {
    openapi: &'a OpenAPI,
    direction: Direction,
    /// The components that this direction omits.
    omitted: BTreeSet<String>,
    /// Built on the first check.
    registry: OnceCell<Option<Registry<'static>>>,
    /// A cache of validators, by the text of the schema.
    ready: RefCell<HashMap<String, Result<Rc<Validator>, String>>>,
}

/// A type mismatch in a value: where it is, and why.
pub(crate) struct Mismatch {
    pub(crate) pointer: String,
    pub(crate) message: String,
}

impl<'a> Schemas<'a> {
    pub(crate) fn new(openapi: &'a OpenAPI, direction: Direction) -> Self {
        let omitted = direction.omitted(openapi);
        Self { openapi, direction, omitted, registry: OnceCell::new(), ready: RefCell::default() }
    }

    /// Returns all mismatches of a value; none if it conforms.
    pub(crate) fn mismatches(&self, schema: &ReferenceOr<Schema>, value: &Value) -> Vec<Mismatch> {
        match self.ready(schema) {
            Ok(validator) => validator
                .iter_errors(value)
                .map(|error| Mismatch { pointer: error.instance_path().to_string(), message: error.to_string() })
                .collect(),
            Err(problem) => vec![Mismatch { pointer: String::new(), message: problem }],
        }
    }

    /// Whether a value conforms, which is faster than collecting its mismatches.
    pub(crate) fn conforms(&self, schema: &ReferenceOr<Schema>, value: &Value) -> bool {
        self.ready(schema).is_ok_and(|validator| validator.is_valid(value))
    }

    fn ready(&self, schema: &ReferenceOr<Schema>) -> Result<Rc<Validator>, String> {
        let schema = self.converted(schema);
        self.ready.borrow_mut().entry(schema.to_string()).or_insert_with(|| self.validator(&schema)).clone()
    }

    fn validator(&self, schema: &Value) -> Result<Rc<Validator>, String> {
        let registry =
            self.registry.get_or_init(|| self.registry()).as_ref().ok_or("the schemas of the document are invalid")?;
        let options = jsonschema::options().with_draft(Draft::Draft202012).with_registry(registry);
        let built = options.should_validate_formats(true).build(schema);
        built.map(Rc::new).map_err(|error| format!("its schema is invalid: {error}"))
    }

    fn registry(&self) -> Option<Registry<'static>> {
        let schemas = components(self.openapi).map(|(name, schema)| (name.clone(), self.converted(schema)));
        let root = json!({"components": {"schemas": schemas.collect::<Map<_, _>>()}});
        Registry::new().add(ROOT, root).and_then(RegistryBuilder::prepare).ok()
    }

    fn converted(&self, schema: &ReferenceOr<Schema>) -> Value {
        let mut schema = schema.clone();
        if let ReferenceOr::Item(schema) = &mut schema {
            self.direction.reduce(schema, &self.omitted);
        }
        match serde_json::to_value(&schema) {
            Ok(schema) => convert(&schema),
            Err(_) => Value::Bool(true),
        }
    }
}

/// Converts a schema of OpenAPI 3.0 to JSON Schema 2020-12.
fn convert(schema: &Value) -> Value {
    let Value::Object(schema) = schema else { return schema.clone() };
    if let Some(Value::String(reference)) = schema.get("$ref") {
        return json!({"$ref": format!("{ROOT}{}", utf8_percent_encode(reference, NOT_IN_A_FRAGMENT))});
    }
    let mut out = Map::new();
    for (key, value) in schema {
        match key.as_str() {
            "properties" => {
                let properties =
                    value.as_object().into_iter().flatten().map(|(name, schema)| (name.clone(), convert(schema)));
                out.insert(key.clone(), Value::Object(properties.collect()));
            }
            "items" | "not" | "additionalProperties" => {
                out.insert(key.clone(), convert(value));
            }
            "allOf" | "oneOf" | "anyOf" => {
                out.insert(key.clone(), value.as_array().into_iter().flatten().map(convert).collect());
            }
            "minimum" => bound(&mut out, schema, value, "minimum", "exclusiveMinimum"),
            "maximum" => bound(&mut out, schema, value, "maximum", "exclusiveMaximum"),
            key if KEPT.contains(&key) => {
                out.insert(key.to_owned(), value.clone());
            }
            _ => {}
        }
    }
    nullable(&mut out);
    Value::Object(out)
}

/// In OpenAPI 3.0 a flag makes a bound exclusive; JSON Schema has a separate keyword.
fn bound(out: &mut Map<String, Value>, schema: &Map<String, Value>, value: &Value, inclusive: &str, exclusive: &str) {
    let name = if schema.get(exclusive) == Some(&Value::Bool(true)) { exclusive } else { inclusive };
    out.insert(name.to_owned(), value.clone());
}

/// In OpenAPI 3.0 a flag allows null; in JSON Schema null is a type.
fn nullable(out: &mut Map<String, Value>) {
    if out.remove("nullable") != Some(Value::Bool(true)) {
        return;
    }
    if let Some(name @ Value::String(_)) = out.get("type").cloned() {
        out.insert("type".to_owned(), json!([name, "null"]));
    }
    if let Some(Value::Array(values)) = out.get_mut("enum") {
        values.push(Value::Null);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(schema: Value, fits: &[Value], mismatches: &[Value]) {
        let openapi = OpenAPI::default();
        let schemas = Schemas::new(&openapi, Direction::Received);
        let schema: ReferenceOr<Schema> = serde_json::from_value(schema).expect("schema");
        for value in fits {
            assert!(schemas.mismatches(&schema, value).is_empty(), "{value} should fit");
        }
        for value in mismatches {
            assert!(!schemas.mismatches(&schema, value).is_empty(), "{value} should not fit");
        }
    }

    #[test]
    fn components_of_any_name() {
        let name = "a b%c{d}";
        let openapi = json!({
            "openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": {},
            "components": {"schemas": {name: {"type": "integer"}}},
        });
        let openapi = serde_json::from_value(openapi).expect("a document");
        let schemas = Schemas::new(&openapi, Direction::Received);
        let schema = ReferenceOr::Reference { reference: format!("#/components/schemas/{name}") };
        assert!(schemas.mismatches(&schema, &json!(1)).is_empty());
        assert_eq!(schemas.mismatches(&schema, &json!("1")).len(), 1);
    }

    #[test]
    fn one_direction() {
        let schema = json!({
            "type": "object", "required": ["id", "key"],
            "properties": {"id": {"type": "integer", "readOnly": true}, "key": {"type": "string", "writeOnly": true}},
        });
        let schema = serde_json::from_value(schema).expect("a schema");
        let openapi = OpenAPI::default();
        for (direction, fits, other) in [
            (Direction::Sent, json!({"key": "a"}), json!({"id": 1})),
            (Direction::Received, json!({"id": 1}), json!({"key": "a"})),
        ] {
            let schemas = Schemas::new(&openapi, direction);
            assert!(schemas.mismatches(&schema, &fits).is_empty(), "{direction:?}");
            assert!(!schemas.mismatches(&schema, &other).is_empty(), "{direction:?}");
        }
    }

    #[test]
    fn what_is_different_in_openapi() {
        check(
            json!({"type": "number", "minimum": 0, "exclusiveMinimum": true}),
            &[json!(0.1)],
            &[json!(0), json!(null)],
        );
        check(
            json!({"type": "integer", "minimum": 1, "maximum": 100}),
            &[json!(1), json!(100)],
            &[json!(0), json!(101), json!(1.5)],
        );
        check(json!({"type": "string", "nullable": true, "enum": ["a"]}), &[json!("a"), json!(null)], &[json!("b")]);
        check(
            json!({"type": "string", "format": "uuid"}),
            &[json!("497f6eca-6276-4993-bfeb-53cbbbba6f08")],
            &[json!("x")],
        );
        check(json!({"type": "string", "format": "email"}), &[json!("a@example.com")], &[json!("a")]);
        check(
            json!({"type": "string", "format": "date-time"}),
            &[json!("2019-08-24T14:15:22.5+02:00")],
            &[json!("2019-08-24")],
        );
        check(json!({"type": "string", "format": "decimal", "example": "x"}), &[json!("1")], &[json!(1)]);
    }
}
