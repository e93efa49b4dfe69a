//! Which schemas progenitor cannot take: each is tried on its own.

use std::collections::BTreeSet;

use openapiv3::{Components, OpenAPI, Operation, Paths};

use super::attempt;
use crate::document::{components, operations};
use crate::model::Api;
use crate::normalise::inline::each_schema;
use crate::source::join;
use crate::uses::{Uses, referred};

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
    let mut search = Search { openapi, api, uses: Uses::of(openapi), rejections: Vec::new(), found: BTreeSet::new() };
    let mut names: Vec<_> = components(openapi).map(|(name, _)| name.clone()).collect();
    // Small ones first, so that what is found is what fails, and not what refers to it.
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
    /// Looks for the schemas that fail, in ever smaller parts of those that fail together.
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

    /// A document with these components and no operation.
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

    /// The first operation that has values of a schema.
    fn operation(&self, name: &str) -> Option<String> {
        let mut operations = operations(self.openapi).map(|place| place.operation);
        let found = operations.find(|operation| self.uses.below(named(operation)).contains(name));
        found.and_then(|operation| operation.operation_id.clone())
    }
}

/// The components that an operation names itself.
fn named(operation: &Operation) -> Vec<String> {
    let mut names = Vec::new();
    each_schema(&mut operation.clone(), &mut |_, schema| names.extend(referred(schema)));
    names
}
