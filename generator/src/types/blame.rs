//! Finds the schemas that progenitor rejects, by trying subsets of the document.

use std::collections::BTreeSet;

use openapiv3::{Components, OpenAPI, Operation, Paths};

use super::attempt;
use crate::document::{components, operations};
use crate::model::Api;
use crate::normalise::inline::each_schema;
use crate::source::join;
use crate::uses::{Uses, referred};

/// The search stops after this number of rejections.
const MOST_REJECTIONS: usize = 50;

/// An error of progenitor about a part of the document.
pub(crate) struct Rejection {
    /// The first operation that uses the schema.
    pub(crate) operation: Option<String>,
    /// The pointer of the schema.
    pub(crate) pointer: String,
    pub(crate) problem: String,
}

/// Returns the smallest schemas that progenitor rejects on their own, or else the document as a whole.
pub(super) fn find(openapi: &OpenAPI, api: &Api, problem: String) -> Vec<Rejection> {
    let mut search = Search { openapi, api, uses: Uses::of(openapi), rejections: Vec::new(), found: BTreeSet::new() };
    let mut names: Vec<_> = components(openapi).map(|(name, _)| name.clone()).collect();
    // Small schemas come first, so that the search finds the rejected schema and not one that refers to it.
    names.sort_by_cached_key(|name| (search.uses.below([name.clone()]).len(), name.clone()));
    search.halve(&names);
    match search.rejections {
        none if none.is_empty() => vec![Rejection { operation: None, pointer: String::new(), problem }],
        some => some,
    }
}

struct Search<'a> {
    openapi: &'a OpenAPI,
    api: &'a Api,
    uses: Uses,
    rejections: Vec<Rejection>,
    found: BTreeSet<String>,
}

impl Search<'_> {
    /// Splits rejected schemas until it finds the ones that fail on their own.
    fn halve(&mut self, names: &[String]) {
        if self.rejections.len() >= MOST_REJECTIONS {
            return;
        }
        let reachable = self.uses.below(names.iter().cloned());
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

    /// Returns a document with these components and no operations.
    fn with(&self, names: &BTreeSet<String>) -> OpenAPI {
        let schemas = components(self.openapi).filter(|(name, _)| names.contains(*name));
        let schemas = schemas.map(|(name, schema)| (name.clone(), schema.clone())).collect();
        OpenAPI {
            openapi: self.openapi.openapi.clone(),
            info: self.openapi.info.clone(),
            paths: Paths::default(),
            components: Some(Components { schemas, ..Components::default() }),
            ..OpenAPI::default()
        }
    }

    /// Returns the first operation that uses a schema.
    fn operation(&self, name: &str) -> Option<String> {
        let mut operations = operations(self.openapi).map(|place| place.operation);
        let found = operations.find(|operation| self.uses.below(named(operation)).contains(name));
        found.and_then(|operation| operation.operation_id.clone())
    }
}

/// Returns the components that an operation refers to directly.
fn named(operation: &Operation) -> Vec<String> {
    let mut names = Vec::new();
    each_schema(&mut operation.clone(), &mut |_, schema| names.extend(referred(schema)));
    names
}
