//! Generates values of a schema: the smallest, the largest, and one per constraint.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use fastrand::Rng;
use serde_json::{Map, Value, json};

use super::scalars;
use crate::direction::Direction;

/// The maximum number of values of one schema, before validation.
const MOST: usize = 400;
/// The maximum number of values of a part inside its parent, by depth.
const BREADTH: [usize; 3] = [30, 8, 3];
/// Below this depth, objects have only required properties.
const DEEP: usize = 5;
/// Below this depth there are no values, for example in infinitely recursive types.
const DEEPEST: usize = 24;
/// The maximum number of values inside one value of a part.
const LARGEST: usize = 400;
/// The number of objects with a random choice of properties.
const RANDOM: usize = 8;

/// The keys of a part of `allOf` that do not limit its values, like extensions.
const ANNOTATIONS: [&str; 10] = [
    "default",
    "deprecated",
    "description",
    "example",
    "externalDocs",
    "nullable",
    "readOnly",
    "title",
    "writeOnly",
    "xml",
];

pub(super) struct Values<'a> {
    document: &'a Value,
    pub(super) direction: Direction,
    random: Rng,
    /// The values of components by reference and depth: recursive types would take exponential time without it.
    known: HashMap<(&'a str, usize), Rc<[Value]>>,
}

impl<'a> Values<'a> {
    pub(super) fn new(document: &'a Value, direction: Direction, seed: u64) -> Self {
        Self { document, direction, random: Rng::with_seed(seed), known: HashMap::new() }
    }

    /// Restarts the random choices.
    pub(super) fn restart(&mut self, seed: u64) {
        self.random = Rng::with_seed(seed);
    }

    /// Returns distinct values of a schema. Some of them may be invalid.
    pub(super) fn of(&mut self, schema: &'a Value) -> Vec<Value> {
        let mut seen = HashSet::new();
        let mut values = self.at(schema, 0);
        values.retain(|value| seen.insert(value.to_string()));
        values
    }

    /// Returns the smallest value first, then the largest.
    fn at(&mut self, schema: &'a Value, depth: usize) -> Vec<Value> {
        if depth > DEEPEST {
            return Vec::new();
        }
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            if let Some(known) = self.known.get(&(reference, depth)) {
                return known.to_vec();
            }
            let values = self.target(schema).map(|target| self.at(target, depth + 1)).unwrap_or_default();
            self.known.insert((reference, depth), values.clone().into());
            return values;
        }
        let most = most_at(depth);
        let mut values = self.own(schema, depth);
        let is_annotation = |key: &String| ANNOTATIONS.contains(&key.as_str()) || key.starts_with("x-");
        let constrains = |part: &&Value| part.as_object().is_some_and(|part| !part.keys().all(is_annotation));
        for part in list(schema, "allOf").iter().filter(constrains) {
            let part = self.at(part, depth);
            let mut both = joined(values, &part);
            // Each part would double the number of values.
            both.truncate(most);
            values = Some(both);
        }
        for choices in ["oneOf", "anyOf"].map(|key| list(schema, key)).into_iter().filter(|list| !list.is_empty()) {
            let choices = self.choices(schema, choices, depth);
            values = Some(joined(values, &choices));
        }
        let mut values = values.unwrap_or_else(|| vec![json!({"any": [1, null]}), json!("any"), json!(1.5)]);
        if schema.get("nullable") == Some(&Value::Bool(true)) {
            values.push(Value::Null);
        }
        // Request types have no fields for undocumented properties, which examples may contain.
        let is_carried =
            |value: &&Value| self.direction == Direction::Received || !(value.is_object() || value.is_array());
        let examples = ["example", "default"].into_iter().filter_map(|key| schema.get(key)).filter(is_carried);
        values.extend(examples.cloned());
        values.truncate(most);
        if depth > 0 && values.iter().any(|value| is_larger(value, LARGEST)) {
            // The smallest value comes first.
            let mut rest = values.split_off(1);
            rest.retain(|value| !is_larger(value, LARGEST));
            values.append(&mut rest);
        }
        values
    }

    /// Returns the target of a reference.
    pub(super) fn target(&self, schema: &Value) -> Option<&'a Value> {
        let pointer = schema.get("$ref")?.as_str()?.strip_prefix('#')?;
        self.document.pointer(pointer)
    }

    /// Whether a property only exists in the other direction.
    fn is_omitted(&self, property: &Value) -> bool {
        let keyword = match self.direction {
            Direction::Sent => "readOnly",
            Direction::Received => "writeOnly",
        };
        let property = self.target(property).unwrap_or(property);
        property.get(keyword) == Some(&Value::Bool(true))
            || list(property, "allOf").iter().any(|part| part.get(keyword) == Some(&Value::Bool(true)))
    }

    /// Returns the values of every alternative, with the discriminator's property set.
    fn choices(&mut self, schema: &'a Value, choices: &'a [Value], depth: usize) -> Vec<Value> {
        let discriminator = schema.get("discriminator");
        let property = discriminator.and_then(|discriminator| discriminator.get("propertyName")?.as_str());
        let mut first = Vec::new();
        let mut rest = Vec::new();
        for choice in choices {
            let mut values = self.at(choice, depth + 1);
            if let (Some(property), Some(target)) = (property, choice.get("$ref").and_then(Value::as_str)) {
                let name = target.rsplit('/').next().unwrap_or_default();
                let mapping = discriminator.and_then(|discriminator| discriminator.get("mapping")?.as_object());
                let mapped = mapping
                    .into_iter()
                    .flatten()
                    .find(|(_, to)| to.as_str().is_some_and(|to| to == target || to == name));
                let tag = mapped.map_or(name, |(tag, _)| tag);
                for object in values.iter_mut().filter_map(Value::as_object_mut) {
                    object.insert(property.to_owned(), tag.into());
                }
            }
            let mut values = values.into_iter();
            first.extend(values.by_ref().take(2));
            rest.extend(values);
        }
        first.extend(rest);
        first
    }

    /// Returns the values of a schema without its compositions; `None` if it has no constraints of its own.
    fn own(&mut self, schema: &'a Value, depth: usize) -> Option<Vec<Value>> {
        if let Some(values) = schema.get("enum").and_then(Value::as_array) {
            return Some(values.clone());
        }
        match schema.get("type").and_then(Value::as_str) {
            Some("string") => Some(scalars::strings(schema)),
            Some("integer") => Some(scalars::integers(schema)),
            Some("number") => Some(scalars::numbers(schema)),
            Some("boolean") => Some(vec![json!(true), json!(false)]),
            Some("array") => Some(self.arrays(schema, depth)),
            Some("object") => Some(self.objects(schema, depth)),
            _ if ["properties", "additionalProperties", "required"].iter().any(|key| schema.get(*key).is_some()) => {
                Some(self.objects(schema, depth))
            }
            _ if schema.get("items").is_some() => Some(self.arrays(schema, depth)),
            _ => None,
        }
    }

    fn arrays(&mut self, schema: &'a Value, depth: usize) -> Vec<Value> {
        let items = schema.get("items").map_or_else(|| vec![json!(1)], |items| self.at(items, depth + 1));
        let count = |key: &str| schema.get(key).and_then(Value::as_u64).and_then(|count| usize::try_from(count).ok());
        let least = count("minItems").unwrap_or(0).min(MOST);
        let filled =
            |count: usize| items.iter().cycle().take(if items.is_empty() { 0 } else { count }).cloned().collect();
        let all = items.len().min(count("maxItems").unwrap_or(usize::MAX)).max(least);
        let each = items.iter().filter(|_| least <= 1).map(|item| json!([item]));
        [filled(least), filled(all)].into_iter().chain(each).collect()
    }

    fn objects(&mut self, schema: &'a Value, depth: usize) -> Vec<Value> {
        let properties = schema.get("properties").and_then(Value::as_object);
        let (omitted, properties): (Vec<_>, Vec<_>) =
            properties.into_iter().flatten().partition(|(_, property)| self.is_omitted(property));
        let required = list(schema, "required").iter().filter_map(Value::as_str);
        let required: Vec<_> = required.filter(|required| omitted.iter().all(|(name, _)| name != required)).collect();
        let mut known: Vec<(&str, Vec<Value>)> = Vec::new();
        for (name, property) in properties {
            if depth < DEEP || required.contains(&name.as_str()) {
                known.push((name, self.at(property, depth + 1)));
            }
        }
        let undescribed = required.iter().filter(|name| known.iter().all(|(known, _)| known != *name));
        let undescribed: Vec<_> = undescribed.map(|name| (*name, vec![json!("any")])).collect();
        known.extend(undescribed);
        let is_required = |name: &str| required.contains(&name);
        let smallest = object(known.iter().filter(|(name, _)| is_required(name)), 0);
        let largest = object(known.iter(), 1);
        let mut values = vec![Value::Object(smallest.clone()), Value::Object(largest.clone())];
        for (name, choices) in &known {
            // Copies of large objects are slow, and later ones would be dropped.
            let most = most_at(depth).saturating_sub(values.len());
            values.extend(choices.iter().take(most).map(|choice| with(&largest, name, choice)));
            if !is_required(name) && most > 0 {
                values.extend(choices.first().map(|choice| with(&smallest, name, choice)));
            }
        }
        for _ in 0..if depth == 0 { RANDOM } else { 0 } {
            let mut random = Map::new();
            for (name, choices) in &known {
                if !choices.is_empty() && (is_required(name) || self.random.bool()) {
                    random.insert((*name).to_owned(), choices[self.random.usize(..choices.len())].clone());
                }
            }
            values.push(Value::Object(random));
        }
        self.others(schema, &smallest, &mut values, depth);
        values
    }

    /// Adds undocumented properties, if the schema mentions additional properties.
    fn others(&mut self, schema: &'a Value, smallest: &Map<String, Value>, values: &mut Vec<Value>, depth: usize) {
        let others = match schema.get("additionalProperties") {
            Some(Value::Bool(false)) | None => Vec::new(),
            Some(Value::Bool(true)) => vec![json!({"nested": [1, null]}), json!("text")],
            Some(schema) => self.at(schema, depth + 1),
        };
        values.extend(others.iter().map(|other| with(smallest, "another key", other)));
        if let [first, .., last] = &others[..] {
            let mut several = smallest.clone();
            several.insert("a".to_owned(), first.clone());
            several.insert(String::new(), last.clone());
            values.push(Value::Object(several));
        }
    }
}

/// Returns the maximum number of values of a schema at a depth.
fn most_at(depth: usize) -> usize {
    depth.checked_sub(1).map_or(MOST, |depth| BREADTH.get(depth).copied().unwrap_or(2))
}

/// Returns an object with these properties, each with the value at an index or its last value.
fn object<'p>(properties: impl Iterator<Item = &'p (&'p str, Vec<Value>)>, index: usize) -> Map<String, Value> {
    let value = |values: &[Value]| values.get(index).or(values.last()).cloned();
    properties.filter_map(|(name, values)| Some(((*name).to_owned(), value(values)?))).collect()
}

fn with(object: &Map<String, Value>, name: &str, value: &Value) -> Value {
    let mut object = object.clone();
    object.insert(name.to_owned(), value.clone());
    Value::Object(object)
}

/// Combines the values of two parts: objects are merged, and other values come from the second part.
fn joined(values: Option<Vec<Value>>, parts: &[Value]) -> Vec<Value> {
    let Some(values) = values else { return parts.to_vec() };
    let both = |value: &Value, part: &Value| match (value, part) {
        (Value::Object(value), Value::Object(part)) => {
            let mut value = value.clone();
            value.extend(part.clone());
            Value::Object(value)
        }
        _ => part.clone(),
    };
    let first = values.first().into_iter().flat_map(|value| parts.iter().map(move |part| both(value, part)));
    let rest = values.iter().skip(1).flat_map(|value| parts.iter().take(2).map(move |part| both(value, part)));
    let mut all: Vec<_> = first.chain(rest).collect();
    // The largest value comes second.
    if let (Some(value), Some(part)) = (values.get(1), parts.get(1).or(parts.first())) {
        all.insert(1.min(all.len()), both(value, part));
    }
    all
}

/// Whether a value contains more values than this.
fn is_larger(value: &Value, most: usize) -> bool {
    let mut open = vec![value];
    let mut count = 0;
    while let Some(value) = open.pop() {
        count += 1;
        if count > most {
            return true;
        }
        match value {
            Value::Array(items) => open.extend(items),
            Value::Object(entries) => open.extend(entries.values()),
            _ => {}
        }
    }
    false
}

fn list<'v>(schema: &'v Value, key: &str) -> &'v [Value] {
    schema.get(key).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
}
