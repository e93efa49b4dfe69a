//! Checks `composition`: merging the schemas of an `allOf` ends, and in reasonable time.
//!
//! typify merges the parts of an `allOf`, their references, and every choice of `oneOf` and `anyOf` in them. It has
//! no bounds: parts that contain each other exhaust the stack, and combined choices exhaust the memory. So this rule
//! first takes the same steps, counts them, and merges nothing.

use std::collections::{BTreeMap, HashSet};

use serde_json::Value;

mod unfolding;

use unfolding::MOST_PARTS;

use super::context::Lint;
use crate::code::Code;
use crate::document::{LONGEST_CHAIN, each_object};
use crate::source::Unlocated;

/// The maximum depth of parts inside parts.
const DEEPEST: usize = LONGEST_CHAIN;
/// The maximum number of choices in one place, and of combinations where two places meet. Each choice doubles the
/// time.
const MOST_CHOICES: usize = 200;
const MOST_COMBINED: usize = 16;
/// The keywords of a schema with constraints of its own.
const BODY: [&str; 5] = ["type", "enum", "properties", "items", "additionalProperties"];
/// The maximum number of places with choices that may meet.
const MOST_PLACES: usize = 2;

pub(super) fn check(lint: &Lint<'_>) -> Vec<Unlocated> {
    let document = &lint.document.value;
    let mut diagnostics = Vec::new();
    each_object(document, &mut |here, object| {
        if !["allOf", "oneOf", "anyOf"].iter().any(|key| object.get(*key).is_some_and(Value::is_array)) {
            return;
        }
        let pointer = here.pointer();
        let Some(schema) = document.pointer(&pointer) else { return };
        // `normalise` merges objects, and has bounds of its own.
        let merged = if is_about_objects(document, schema, &mut HashSet::new()) {
            (Merge { document, parts: 0 }).flatten(&[schema], Merged::default(), 0).map(drop)
        } else {
            (Merge { document, parts: 0 }).merge(&[schema], &Merged::default(), Choices::default(), 0)
        };
        if let Err(problem) = merged.and_then(|()| unfolding::check(document, schema)) {
            let message = format!("this composition is not supported: {problem}");
            let help = "list the properties in each schema, or choose between complete schemas with one `oneOf`";
            diagnostics.push(lint.diagnostic(Code::Composition, &pointer, message, help));
        }
    });
    diagnostics
}

/// Whether values of a schema can be objects, judging by its parts.
fn is_about_objects<'a>(document: &'a Value, schema: &'a Value, seen: &mut HashSet<&'a str>) -> bool {
    if let Some(target) = schema.get("$ref").and_then(Value::as_str).and_then(|target| target.strip_prefix('#')) {
        let found = document.pointer(target).filter(|_| seen.insert(target));
        return found.is_some_and(|found| is_about_objects(document, found, seen));
    }
    if schema.get("type").and_then(Value::as_str) == Some("object") || schema.get("properties").is_some() {
        return true;
    }
    let parts = ["allOf", "oneOf", "anyOf"].into_iter().filter_map(|key| schema.get(key)?.as_array()).flatten();
    parts.into_iter().any(|part| is_about_objects(document, part, seen))
}

/// The open choices at a point of the merge.
#[derive(Clone, Copy)]
struct Choices {
    places: usize,
    combined: usize,
}

impl Default for Choices {
    fn default() -> Self {
        Self { places: 0, combined: 1 }
    }
}

struct Merge<'a> {
    document: &'a Value,
    /// The number of parts visited so far.
    parts: usize,
}

impl<'a> Merge<'a> {
    /// Takes the steps of merging these schemas into the merged ones.
    fn merge(
        &mut self,
        schemas: &[&'a Value],
        merged: &Merged<'a>,
        choices: Choices,
        depth: usize,
    ) -> Result<(), String> {
        let Merged { bodies, mut unions } = self.flatten(schemas, merged.clone(), depth)?;
        if bodies.len() + unions.len() < 2 {
            return Ok(());
        }
        while let Some(union) = unions.pop() {
            let choices = choices.with(union)?;
            let merged = Merged { bodies: bodies.clone(), unions: unions.clone() };
            union.iter().try_for_each(|choice| self.merge(&[choice], &merged, choices, depth + 1))?;
        }
        self.inside(&bodies, choices, depth)
    }

    /// Takes the same steps for the properties, items or values that several bodies share.
    fn inside(&mut self, bodies: &[&'a Value], choices: Choices, depth: usize) -> Result<(), String> {
        let mut same: BTreeMap<&str, Vec<&'a Value>> = BTreeMap::new();
        for body in bodies {
            let properties = body.get("properties").and_then(Value::as_object);
            let properties = properties.into_iter().flatten().map(|(name, schema)| (name.as_str(), schema));
            let others = ["items", "additionalProperties"].map(|key| Some((key, body.get(key)?)));
            for (name, schema) in properties.chain(others.into_iter().flatten()) {
                same.entry(name).or_default().push(schema);
            }
        }
        same.retain(|_, schemas| schemas.iter().any(|schema| *schema != schemas[0]));
        same.values().try_for_each(|schemas| self.merge(schemas, &Merged::default(), choices, depth + 1))
    }

    /// Adds schemas, resolving references and `allOf`.
    fn flatten(&mut self, schemas: &[&'a Value], mut merged: Merged<'a>, depth: usize) -> Result<Merged<'a>, String> {
        let mut queue: Vec<_> = schemas.iter().map(|schema| (*schema, depth)).collect();
        while let Some((schema, depth)) = queue.pop() {
            self.parts += 1;
            if self.parts > MOST_PARTS {
                return Err(format!("it contains itself, or more than {MOST_PARTS} parts"));
            }
            if depth > DEEPEST {
                return Err(format!("its parts contain each other, or are nested more than {DEEPEST} levels deep"));
            }
            if let Some(target) = schema.get("$ref").and_then(Value::as_str) {
                let target = target.strip_prefix('#').and_then(|pointer| self.document.pointer(pointer));
                queue.extend(target.map(|target| (target, depth + 1)));
                continue;
            }
            let list = |key: &str| schema.get(key).and_then(Value::as_array).map(Vec::as_slice);
            queue.extend(list("allOf").into_iter().flatten().map(|part| (part, depth + 1)));
            queue.extend(schema.get("not").map(|part| (part, depth + 1)));
            merged.unions.extend([list("oneOf"), list("anyOf")].into_iter().flatten());
            if BODY.iter().any(|key| schema.get(*key).is_some()) {
                merged.bodies.push(schema);
            }
        }
        Ok(merged)
    }
}

/// The result of a merge.
#[derive(Clone, Default)]
struct Merged<'a> {
    /// The schemas with constraints of their own.
    bodies: Vec<&'a Value>,
    /// The lists of alternatives.
    unions: Vec<&'a [Value]>,
}

impl Choices {
    fn with(self, union: &[Value]) -> Result<Self, String> {
        let (places, combined) = (self.places + 1, self.combined.saturating_mul(union.len()));
        let most = if places == 1 { MOST_CHOICES } else { MOST_COMBINED };
        if places > MOST_PLACES || combined > most {
            return Err(format!("it combines {places} `oneOf` or `anyOf` into {combined} choices"));
        }
        Ok(Self { places, combined })
    }
}
