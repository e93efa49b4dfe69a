//! Turns a valid value into values that each violate one keyword of its schema.

use serde_json::{Map, Value, json};

use super::values::Values;
use crate::direction::Direction;
use crate::source::join;

/// The maximum number of neighbours of one value.
const MOST: usize = 80;
/// The maximum depth of a violation in a value.
const DEEPEST: usize = 6;

/// A value that violates one keyword.
#[derive(Clone, Debug)]
pub(crate) struct Neighbour {
    pub(crate) value: Value,
    pub(crate) keyword: &'static str,
    /// The place of the violation; the object itself, if a property is missing.
    pub(crate) pointer: String,
}

impl Neighbour {
    /// Whether the value cannot be deserialized. Other invalid values may be deserialized, but are not sent.
    pub(crate) fn is_malformed(&self) -> bool {
        matches!(self.keyword, "required" | "type" | "format")
    }
}

/// Returns the neighbours of a value.
pub(super) fn of<'a>(values: &Values<'a>, schema: &'a Value, value: &Value) -> Vec<Neighbour> {
    let mut broken = Vec::new();
    Breaking { values, whole: value, broken: &mut broken }.at(schema, value, "", 0);
    broken.truncate(MOST);
    broken
}

struct Breaking<'b, 'a> {
    values: &'b Values<'a>,
    whole: &'b Value,
    broken: &'b mut Vec<Neighbour>,
}

impl<'a> Breaking<'_, 'a> {
    /// Violates the constraints of a schema at a pointer. Choices are skipped, because another alternative may match.
    fn at(&mut self, schema: &'a Value, value: &Value, pointer: &str, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        if let Some(target) = self.values.target(schema) {
            return self.at(target, value, pointer, depth + 1);
        }
        if self.is_choice(schema, depth) {
            return;
        }
        for part in schema.get("allOf").and_then(Value::as_array).into_iter().flatten() {
            self.at(part, value, pointer, depth + 1);
        }
        if let Some(kind) = schema.get("type").and_then(Value::as_str) {
            self.wrong_type(kind, pointer);
            if schema.get("enum").is_none() {
                self.wrong_format(kind, schema, pointer);
                self.out_of_bounds(kind, schema, pointer);
            }
        }
        match value {
            Value::Object(object) => self.inside(schema, object, pointer, depth),
            Value::Array(items) => {
                self.counts(schema, items, pointer);
                if let (Some(of), Some(item)) = (schema.get("items"), items.first()) {
                    self.at(of, item, &join(pointer, "0"), depth + 1);
                }
            }
            _ => {}
        }
    }

    /// Whether a schema, or a part of it, is a choice.
    fn is_choice(&self, schema: &'a Value, depth: usize) -> bool {
        let schema = self.values.target(schema).unwrap_or(schema);
        let mut parts = schema.get("allOf").and_then(Value::as_array).into_iter().flatten();
        ["oneOf", "anyOf", "not"].iter().any(|key| schema.get(*key).is_some())
            || depth <= DEEPEST && parts.any(|part| self.is_choice(part, depth + 1))
    }

    fn inside(&mut self, schema: &'a Value, object: &Map<String, Value>, pointer: &str, depth: usize) {
        let Some(properties) = schema.get("properties").and_then(Value::as_object) else { return };
        let required = schema.get("required").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        for (name, property) in properties {
            let Some(value) = object.get(name) else { continue };
            self.at(property, value, &join(pointer, name), depth + 1);
            if required.iter().any(|required| required == name) && !self.allows_null(property) {
                let mut without = object.clone();
                without.remove(name);
                self.add("required", pointer, Value::Object(without));
            }
        }
    }

    /// Whether null is allowed; a response may then also omit the property.
    fn allows_null(&self, schema: &'a Value) -> bool {
        let schema = self.values.target(schema).unwrap_or(schema);
        let parts = ["allOf", "oneOf", "anyOf"].into_iter().filter_map(|key| schema.get(key)?.as_array()).flatten();
        // An untyped value may be null.
        let is_any = schema.get("type").is_none() && parts.clone().next().is_none();
        is_any
            || schema.get("nullable") == Some(&Value::Bool(true))
            || parts.into_iter().any(|part| self.allows_null(part))
    }

    fn wrong_type(&mut self, kind: &str, pointer: &str) {
        let wrong = match kind {
            "string" => json!({"not": "text"}),
            "array" => json!({"not": "a list"}),
            // Serde would read a list as the fields of a type that is only sent.
            "object" if self.values.direction == Direction::Received => json!(["not an object"]),
            "object" => json!("not an object"),
            _ => json!("not a number"),
        };
        self.add("type", pointer, wrong);
        if kind == "integer" {
            self.add("type", pointer, json!(1.5));
        }
    }

    fn wrong_format(&mut self, kind: &str, schema: &Value, pointer: &str) {
        match (kind, schema.get("format").and_then(Value::as_str)) {
            ("string", Some("date-time" | "date" | "uuid")) => self.add("format", pointer, json!("2024-13-01")),
            ("string", Some("email")) => self.add("email", pointer, json!("nobody")),
            _ => {}
        }
    }

    fn out_of_bounds(&mut self, kind: &str, schema: &Value, pointer: &str) {
        let length =
            |key: &str| schema.get(key).and_then(Value::as_u64).and_then(|length| usize::try_from(length).ok());
        if kind == "string" && schema.get("format").is_none() {
            if let Some(length) = length("minLength").and_then(|length| length.checked_sub(1)) {
                self.add("minLength", pointer, json!("a".repeat(length)));
            }
            if let Some(length) = length("maxLength").filter(|length| *length < 5_000) {
                self.add("maxLength", pointer, json!("a".repeat(length + 1)));
            }
        }
        if matches!(kind, "integer" | "number") {
            let bound = |key: &str| schema.get(key).and_then(Value::as_i64);
            let is_exclusive = |key: &str| schema.get(key) == Some(&Value::Bool(true));
            let less =
                bound("minimum").and_then(|least| least.checked_sub(i64::from(!is_exclusive("exclusiveMinimum"))));
            let more = bound("maximum").and_then(|most| most.checked_add(i64::from(!is_exclusive("exclusiveMaximum"))));
            if let Some(less) = less {
                self.add("minimum", pointer, json!(less));
            }
            if let Some(more) = more {
                self.add("maximum", pointer, json!(more));
            }
            if let Some(step) = bound("multipleOf").filter(|step| *step > 1) {
                self.add("multipleOf", pointer, json!(step + 1));
            }
        }
    }

    fn counts(&mut self, schema: &Value, items: &[Value], pointer: &str) {
        let count = |key: &str| schema.get(key).and_then(Value::as_u64).and_then(|count| usize::try_from(count).ok());
        if let Some(least) = count("minItems").filter(|least| (1..=items.len()).contains(least)) {
            self.add("minItems", pointer, json!(items[..least - 1]));
        }
        if let (Some(most), false) = (count("maxItems").filter(|most| *most < 1_000), items.is_empty()) {
            let many: Vec<_> = items.iter().cycle().take(most + 1).collect();
            self.add("maxItems", pointer, json!(many));
        }
    }

    fn add(&mut self, keyword: &'static str, pointer: &str, part: Value) {
        let mut value = self.whole.clone();
        if let Some(place) = value.pointer_mut(pointer) {
            *place = part;
            self.broken.push(Neighbour { value, keyword, pointer: pointer.to_owned() });
        }
    }
}
