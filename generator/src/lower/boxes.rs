//! Finds recursive types, which need a box somewhere in the cycle.
//!
//! A type directly contains the types of its fields and of the parts of a composition. Lists and maps allocate their
//! values, and unions box their members.

use std::collections::{HashMap, HashSet};

use openapiv3::{OpenAPI, ReferenceOr, Schema, SchemaKind, Type};

use crate::document::{component_name, components};
use crate::kind::alternatives;

/// The number of each type's cycle, in the graph of types that directly contain each other.
pub(super) struct Boxes<'a> {
    circles: HashMap<&'a str, usize>,
}

type Edges<'a> = HashMap<&'a str, Vec<&'a str>>;

impl<'a> Boxes<'a> {
    pub(super) fn of(openapi: &'a OpenAPI) -> Self {
        let mut held = Edges::new();
        let mut holders = Edges::new();
        for (name, schema) in components(openapi) {
            for target in direct(schema) {
                held.entry(name).or_default().push(target);
                holders.entry(target).or_default().push(name);
            }
        }
        let order = finished_last(components(openapi).map(|(name, _)| name.as_str()), &held);
        // Kosaraju's algorithm: on the reversed edges, in reverse finishing order, each walk meets one cycle.
        let mut circles = HashMap::new();
        for (number, name) in order.into_iter().rev().enumerate() {
            let mut queue = vec![name];
            while let Some(name) = queue.pop() {
                if !circles.contains_key(name) {
                    circles.insert(name, number);
                    queue.extend(holders.get(name).into_iter().flatten());
                }
            }
        }
        Self { circles }
    }

    /// Whether two types directly contain each other.
    pub(super) fn is_circle(&self, holder: &str, held: &str) -> bool {
        holder == held || self.circles.get(holder).is_some_and(|circle| self.circles.get(held) == Some(circle))
    }
}

/// Returns all names in finishing order of a depth-first search.
fn finished_last<'a>(names: impl Iterator<Item = &'a str>, edges: &Edges<'a>) -> Vec<&'a str> {
    let mut met = HashSet::new();
    let mut order = Vec::new();
    for name in names {
        let mut path = vec![(name, 0)];
        if !met.insert(name) {
            continue;
        }
        while let Some((name, next)) = path.last_mut() {
            if let Some(target) = edges.get(name).and_then(|targets| targets.get(*next)) {
                *next += 1;
                if met.insert(target) {
                    path.push((target, 0));
                }
            } else {
                order.push(*name);
                path.pop();
            }
        }
    }
    order
}

/// Returns the components that a value of a component directly contains.
fn direct(schema: &ReferenceOr<Schema>) -> Vec<&str> {
    let mut found = Vec::new();
    match schema {
        ReferenceOr::Reference { reference } => found.extend(component_name::<Schema>(reference)),
        ReferenceOr::Item(schema) if alternatives(schema).is_some() => {}
        ReferenceOr::Item(schema) => collect(schema, &mut found),
    }
    found
}

fn collect<'a>(schema: &'a Schema, found: &mut Vec<&'a str>) {
    match &schema.schema_kind {
        SchemaKind::Type(Type::Object(object)) => {
            for property in object.properties.values() {
                match property {
                    ReferenceOr::Reference { reference } => found.extend(component_name::<Schema>(reference)),
                    ReferenceOr::Item(schema) => collect(schema, found),
                }
            }
        }
        SchemaKind::AllOf { all_of: parts }
        | SchemaKind::OneOf { one_of: parts }
        | SchemaKind::AnyOf { any_of: parts } => {
            for part in parts {
                match part {
                    ReferenceOr::Reference { reference } => found.extend(component_name::<Schema>(reference)),
                    ReferenceOr::Item(schema) => collect(schema, found),
                }
            }
        }
        SchemaKind::Type(_) | SchemaKind::Any(_) | SchemaKind::Not { .. } => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_held_directly_makes_a_circle() {
        let schemas = r##"{
            "A": {"type": "object", "properties": {"b": {"$ref": "#/components/schemas/B"}}},
            "B": {"type": "object", "properties": {"a": {"allOf": [{"$ref": "#/components/schemas/A"}]}}},
            "C": {"type": "object", "properties": {
                "a": {"$ref": "#/components/schemas/A"},
                "d": {"$ref": "#/components/schemas/D"}
            }},
            "D": {"type": "object", "properties": {
                "c": {"type": "array", "items": {"$ref": "#/components/schemas/C"}},
                "d": {"$ref": "#/components/schemas/D"}
            }}
        }"##;
        let document = format!(
            r#"{{"openapi": "3.0.3", "info": {{"title": "", "version": ""}}, "paths": {{}},
                "components": {{"schemas": {schemas}}}}}"#
        );
        let openapi: OpenAPI = serde_json::from_str(&document).unwrap_or_default();
        let boxes = Boxes::of(&openapi);
        for (holder, held, expected) in
            [("A", "B", true), ("B", "A", true), ("C", "A", false), ("C", "D", false), ("D", "D", true)]
        {
            assert_eq!(boxes.is_circle(holder, held), expected, "{holder} {held}");
        }
    }
}
