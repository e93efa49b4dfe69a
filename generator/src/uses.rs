//! Finds the references between components.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{OpenAPI, ReferenceOr, Schema};

use crate::document::{Child, child, component_name, components, descend};

/// The components that each component refers to.
pub(crate) struct Uses(BTreeMap<String, Vec<String>>);

impl Uses {
    pub(crate) fn of(openapi: &OpenAPI) -> Self {
        Self(components(openapi).map(|(name, schema)| (name.clone(), referred(&mut schema.clone()))).collect())
    }

    /// Returns the components that a component refers to directly.
    pub(crate) fn by(&self, name: &str) -> &[String] {
        self.0.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// Returns these components and all that they refer to, directly or indirectly.
    pub(crate) fn below(&self, names: impl IntoIterator<Item = String>) -> BTreeSet<String> {
        closure(names, |name| self.by(name))
    }

    /// Returns these components and all that refer to them, directly or indirectly.
    pub(crate) fn above(&self, names: impl IntoIterator<Item = String>) -> BTreeSet<String> {
        let mut users: BTreeMap<&str, Vec<String>> = BTreeMap::new();
        for (name, used) in &self.0 {
            for used in used {
                users.entry(used).or_default().push(name.clone());
            }
        }
        closure(names, |name| users.get(name).map(Vec::as_slice).unwrap_or_default())
    }
}

/// Returns the components that a schema refers to, at any depth.
pub(crate) fn referred(schema: &mut ReferenceOr<Schema>) -> Vec<String> {
    let mut names = Vec::new();
    each_inside(schema, &mut |child| {
        if let Child::Reference(reference) = child {
            names.extend(component_name::<Schema>(reference).map(str::to_owned));
        }
    });
    names
}

/// Visits a schema or reference, and everything inside it.
pub(crate) fn each_inside(schema: &mut ReferenceOr<Schema>, visit: &mut dyn FnMut(Child<'_>)) {
    child(schema, &mut |child| match child {
        Child::Schema(schema) => descend(schema, visit),
        reference @ Child::Reference(_) => visit(reference),
    });
}

fn closure<'a>(from: impl IntoIterator<Item = String>, next: impl Fn(&str) -> &'a [String]) -> BTreeSet<String> {
    let (mut reached, mut queue) = (BTreeSet::new(), from.into_iter().collect::<Vec<_>>());
    while let Some(name) = queue.pop() {
        if !reached.contains(&name) {
            queue.extend_from_slice(next(&name));
            reached.insert(name);
        }
    }
    reached
}
