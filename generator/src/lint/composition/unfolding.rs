//! Whether a composition holds itself. Its parts are copied into one type, and what is composed inside a part is composed
//! again in the copy, so that one would hold the next without end. What is only referred to is not copied.

use serde_json::Value;

/// How many parts one schema may be made of; the time that they take grows with the square.
pub(super) const MOST_PARTS: usize = 2_000;

/// How many schemas may stand inside the parts.
const MOST_INSIDE: usize = 100_000;

/// Why copying the parts of a composition has no end.
pub(super) fn check(document: &Value, schema: &Value) -> Result<(), String> {
    Unfolding { document, parts: 0, inside: 0 }.composition(schema, &mut Vec::new())
}

struct Unfolding<'a> {
    document: &'a Value,
    /// How many parts have been looked at, and schemas inside them.
    parts: usize,
    inside: usize,
}

impl<'a> Unfolding<'a> {
    /// Copies the parts of a schema, if it has several; `within` are the references that are being copied.
    fn composition(&mut self, schema: &'a Value, within: &mut Vec<&'a str>) -> Result<(), String> {
        let parts: Vec<_> = list(schema, "allOf").filter(|part| says(part)).collect();
        if parts.len() + usize::from(says_itself(schema)) > 1 {
            return parts.into_iter().try_for_each(|part| self.part(part, within));
        }
        // What is alone is not copied.
        let mut inline = parts.into_iter().filter(|part| part.get("$ref").is_none());
        inline.try_for_each(|part| self.inside(part, within))
    }

    fn part(&mut self, part: &'a Value, within: &mut Vec<&'a str>) -> Result<(), String> {
        self.parts += 1;
        if self.parts > MOST_PARTS {
            return Err(format!("it is made of more than {MOST_PARTS} parts"));
        }
        let Some(target) = part.get("$ref").and_then(Value::as_str) else { return self.inside(part, within) };
        if within.contains(&target) {
            return Err(format!("`{target}` is a part of what is composed in `{target}` itself"));
        }
        let Some(found) = target.strip_prefix('#').and_then(|pointer| self.document.pointer(pointer)) else {
            return Ok(());
        };
        within.push(target);
        let result = if found.get("$ref").is_some() { self.part(found, within) } else { self.inside(found, within) };
        within.pop();
        result
    }

    /// What stands inside a schema, and is not only referred to.
    fn inside(&mut self, schema: &'a Value, within: &mut Vec<&'a str>) -> Result<(), String> {
        self.inside += 1;
        if self.inside > MOST_INSIDE {
            return Err(format!("there are more than {MOST_INSIDE} schemas inside its parts"));
        }
        let properties = schema.get("properties").and_then(Value::as_object).into_iter().flat_map(|all| all.values());
        let values = ["items", "additionalProperties", "not"].into_iter().filter_map(|key| schema.get(key));
        let choices = list(schema, "oneOf").chain(list(schema, "anyOf"));
        for child in properties.chain(values).chain(choices).filter(|child| child.get("$ref").is_none()) {
            self.inside(child, within)?;
        }
        self.composition(schema, within)
    }
}

fn list<'a>(schema: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    schema.get(key).and_then(Value::as_array).into_iter().flatten()
}

/// Whether a part says more than a description.
fn says(part: &Value) -> bool {
    part.get("$ref").is_some() || says_itself(part) || list(part, "allOf").any(says)
}

/// Whether a schema says something beside its parts, as `normalise` sees it.
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
