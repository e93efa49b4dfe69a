//! Checks that copying the parts of a composition ends. The parts of a composition are copied into one type, and the
//! copy includes nested compositions. A nested composition that contains itself is copied once, and then referred to.

use std::ptr;

use serde_json::Value;

/// The maximum number of parts of one schema; the time grows with their square.
pub(super) const MOST_PARTS: usize = 2_000;

/// The maximum number of schemas inside the parts.
const MOST_INSIDE: usize = 100_000;

/// Returns an error if copying the parts of a composition would not end.
pub(super) fn check(document: &Value, schema: &Value) -> Result<(), String> {
    Unfolding { document, open: Vec::new(), parts: 0, inside: 0 }.composition(schema, &mut Vec::new())
}

struct Unfolding<'a> {
    document: &'a Value,
    /// The compositions being copied.
    open: Vec<&'a Value>,
    /// The number of parts visited so far, and of schemas inside them.
    parts: usize,
    inside: usize,
}

impl<'a> Unfolding<'a> {
    /// Copies the parts of a schema that has several; `within` holds the references of the parts being followed.
    fn composition(&mut self, schema: &'a Value, within: &mut Vec<&'a str>) -> Result<(), String> {
        let parts: Vec<_> = list(schema, "allOf").filter(|part| says(part)).collect();
        if parts.len() + usize::from(says_itself(schema)) > 1 {
            return parts.into_iter().try_for_each(|part| self.part(part, within));
        }
        // A single part is not copied.
        let mut inline = parts.into_iter().filter(|part| part.get("$ref").is_none());
        inline.try_for_each(|part| self.inside(part, within))
    }

    /// Copies a composition inside a schema, unless it is being copied.
    fn nested(&mut self, schema: &'a Value) -> Result<(), String> {
        if self.open.iter().any(|open| ptr::eq(*open, schema)) {
            return Ok(());
        }
        self.open.push(schema);
        let result = self.inside(schema, &mut Vec::new());
        self.open.pop();
        result
    }

    fn part(&mut self, part: &'a Value, within: &mut Vec<&'a str>) -> Result<(), String> {
        self.parts += 1;
        if self.parts > MOST_PARTS {
            return Err(format!("it has more than {MOST_PARTS} parts"));
        }
        let Some(target) = part.get("$ref").and_then(Value::as_str) else { return self.inside(part, within) };
        if within.contains(&target) {
            return Err(format!("`{target}` is a part of itself"));
        }
        let Some(found) = target.strip_prefix('#').and_then(|pointer| self.document.pointer(pointer)) else {
            return Ok(());
        };
        within.push(target);
        let result = if found.get("$ref").is_some() { self.part(found, within) } else { self.inside(found, within) };
        within.pop();
        result
    }

    /// Visits the schemas inside a schema, without following references.
    fn inside(&mut self, schema: &'a Value, within: &mut Vec<&'a str>) -> Result<(), String> {
        self.inside += 1;
        if self.inside > MOST_INSIDE {
            return Err(format!("there are more than {MOST_INSIDE} schemas inside its parts"));
        }
        let properties = schema.get("properties").and_then(Value::as_object).into_iter().flat_map(|all| all.values());
        let values = ["items", "additionalProperties", "not"].into_iter().filter_map(|key| schema.get(key));
        let choices = list(schema, "oneOf").chain(list(schema, "anyOf"));
        for child in properties.chain(values).chain(choices).filter(|child| child.get("$ref").is_none()) {
            self.nested(child)?;
        }
        self.composition(schema, within)
    }
}

fn list<'a>(schema: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    schema.get(key).and_then(Value::as_array).into_iter().flatten()
}

/// Whether a part has more than a description.
fn says(part: &Value) -> bool {
    part.get("$ref").is_some() || says_itself(part) || list(part, "allOf").any(says)
}

/// Whether a schema has constraints beside its parts, as `normalise` sees it.
fn says_itself(schema: &Value) -> bool {
    let has = |key: &&str| match schema.get(*key) {
        Some(Value::Array(values)) => !values.is_empty(),
        Some(Value::Object(values)) => *key == "items" || *key == "additionalProperties" || !values.is_empty(),
        other => other.is_some(),
    };
    let by_type: &[&str] = match schema.get("type").and_then(Value::as_str) {
        Some("object") => &["properties", "additionalProperties", "required"],
        Some(_) => return true,
        None => &["properties", "additionalProperties", "items", "enum"],
    };
    by_type.iter().chain(&["oneOf", "anyOf"]).any(has)
}
