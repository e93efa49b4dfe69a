//! Which schemas progenitor cannot take: each is tried on its own.

use std::collections::{BTreeSet, HashMap};

use openapiv3::{Components, OpenAPI, Operation, Paths, ReferenceOr, Schema};

use super::attempt;
use crate::document::{Child, child, component_name, descend, operations};
use crate::model::Api;
use crate::normalise::inline::each_schema;
use crate::source::join;

/// After so many rejections the rest of the document is not looked at.
const MOST_REJECTIONS: usize = 50;

/// What progenitor says about a part of the document.
pub(crate) struct Rejection {
    /// The first operation that has values of the schema.
    pub(crate) operation: Option<String>,
    /// The pointer of the schema.
    pub(crate) pointer: String,
    pub(crate) problem: String,
}

/// The smallest schemas that fail on their own; if none does, the document as a whole.
pub(super) fn find(openapi: &OpenAPI, api: &Api, problem: String) -> Vec<Rejection> {
    let mut search = Search { openapi, api, uses: uses(openapi), rejections: Vec::new(), found: BTreeSet::new() };
    let mut names: Vec<_> = search.uses.keys().cloned().collect();
    // Small ones first, so that what is found is what fails, and not what refers to it.
    names.sort_by_cached_key(|name| (search.reachable([name.clone()]).len(), name.clone()));
    search.halve(&names);
    match search.rejections {
        none if none.is_empty() => vec![Rejection { operation: None, pointer: String::new(), problem }],
        some => some,
    }
}

struct Search<'a> {
    openapi: &'a OpenAPI,
    api: &'a Api,
    /// The components that each component refers to.
    uses: HashMap<String, Vec<String>>,
    rejections: Vec<Rejection>,
    found: BTreeSet<String>,
}

impl Search<'_> {
    /// Looks for the schemas that fail, in ever smaller parts of those that fail together.
    fn halve(&mut self, names: &[String]) {
        if self.rejections.len() >= MOST_REJECTIONS {
            return;
        }
        let reachable = self.reachable(names.iter().cloned());
        let fails = attempt(&self.with(&reachable), self.api);
        let Err(problem) = fails else { return };
        match names {
            [] => {}
            [name] if reachable.iter().any(|inside| self.found.contains(inside)) => {
                self.found.insert(name.clone());
            }
            [name] => {
                self.found.insert(name.clone());
                let operation = self.operation(name);
                self.rejections.push(Rejection { operation, pointer: join("/components/schemas", name), problem });
            }
            several => {
                let (first, second) = several.split_at(several.len() / 2);
                self.halve(first);
                self.halve(second);
            }
        }
    }

    /// A document with these components and no operation.
    fn with(&self, names: &BTreeSet<String>) -> OpenAPI {
        let all = self.openapi.components.iter().flat_map(|components| &components.schemas);
        let schemas = all.filter(|(name, _)| names.contains(*name));
        let schemas = schemas.map(|(name, schema)| (name.clone(), schema.clone())).collect();
        OpenAPI {
            openapi: self.openapi.openapi.clone(),
            info: self.openapi.info.clone(),
            paths: Paths::default(),
            components: Some(Components { schemas, ..Components::default() }),
            ..OpenAPI::default()
        }
    }

    /// These components and all that they refer to.
    fn reachable(&self, roots: impl IntoIterator<Item = String>) -> BTreeSet<String> {
        let (mut reached, mut queue) = (BTreeSet::new(), roots.into_iter().collect::<Vec<_>>());
        while let Some(name) = queue.pop() {
            if let Some(used) = self.uses.get(&name).filter(|_| !reached.contains(&name)) {
                queue.extend_from_slice(used);
                reached.insert(name);
            }
        }
        reached
    }

    /// The first operation that has values of a schema.
    fn operation(&self, name: &str) -> Option<String> {
        let mut operations = operations(self.openapi).map(|place| place.operation);
        let found = operations.find(|operation| self.reachable(named(operation)).contains(name));
        found.and_then(|operation| operation.operation_id.clone())
    }
}

/// The components that an operation names itself.
fn named(operation: &Operation) -> Vec<String> {
    let mut names = Vec::new();
    each_schema(&mut operation.clone(), &mut |_, schema| {
        child(schema, &mut |schema| references(schema, &mut names));
    });
    names
}

fn uses(openapi: &OpenAPI) -> HashMap<String, Vec<String>> {
    let schemas = openapi.components.iter().flat_map(|components| &components.schemas);
    let uses = schemas.map(|(name, schema): (&String, &ReferenceOr<Schema>)| {
        let mut found = Vec::new();
        child(&mut schema.clone(), &mut |child| references(child, &mut found));
        (name.clone(), found)
    });
    uses.collect()
}

fn references(child: Child<'_>, found: &mut Vec<String>) {
    let mut note = |child: Child<'_>| {
        if let Child::Reference(reference) = child {
            found.extend(component_name::<Schema>(reference).map(str::to_owned));
        }
    };
    match child {
        Child::Schema(schema) => descend(schema, &mut note),
        reference @ Child::Reference(_) => note(reference),
    }
}
