//! Which operation, and which of its schemas, the base library cannot take: each is tried on its own.

use std::collections::{BTreeSet, HashMap};

use openapiv3::{Components, OpenAPI, PathItem, ReferenceOr, Schema};

use super::attempt;
use crate::document::{Child, Place, child, component_name, descend, operations};
use crate::model::Api;
use crate::normalise::inline::each_root;
use crate::source::join;

/// After so many refusals the rest of the document is not looked at.
const MOST_REFUSALS: usize = 50;
/// An operation with more schemas is not looked into.
const MOST_SCHEMAS: usize = 200;

/// What the base library says about a part of the document.
pub(crate) struct Refusal {
    /// The operation, if it is one alone.
    pub(crate) operation: Option<String>,
    /// The pointer of the operation or schema.
    pub(crate) pointer: String,
    pub(crate) problem: String,
}

/// The operations that fail on their own; if none does, the document as a whole.
pub(super) fn find(openapi: &OpenAPI, api: &Api, problem: String) -> Vec<Refusal> {
    let mut search = Search { openapi, api, uses: uses(openapi), fails: HashMap::new(), refusals: Vec::new() };
    search.halve(&operations(openapi).collect::<Vec<_>>());
    match search.refusals {
        none if none.is_empty() => vec![Refusal { operation: None, pointer: String::new(), problem }],
        some => some,
    }
}

struct Search<'a> {
    openapi: &'a OpenAPI,
    api: &'a Api,
    /// The components that each component refers to.
    uses: HashMap<String, Vec<String>>,
    /// Whether a component failed without any operation, of those that were tried.
    fails: HashMap<String, bool>,
    refusals: Vec<Refusal>,
}

impl<'a> Search<'a> {
    /// Looks for the operations that fail, in ever smaller parts of those that fail together.
    fn halve(&mut self, places: &[Place<'a>]) {
        if self.refusals.len() >= MOST_REFUSALS {
            return;
        }
        let alone = self.alone(places);
        let Err(problem) = attempt(&alone, self.api) else { return };
        match places {
            [] => {}
            [place] => {
                let pointer = self.schema(&alone).unwrap_or_else(|| place.pointer());
                let operation = place.operation.operation_id.clone();
                self.refusals.push(Refusal { operation, pointer, problem });
            }
            several => {
                let (first, second) = several.split_at(several.len() / 2);
                self.halve(first);
                self.halve(second);
            }
        }
    }

    /// A document with some operations and what they refer to.
    fn alone(&self, places: &[Place<'_>]) -> OpenAPI {
        let mut alone = self.with(&BTreeSet::new());
        for place in places {
            let item = alone.paths.paths.entry(place.path.to_owned());
            let item = item.or_insert_with(|| ReferenceOr::Item(PathItem::default()));
            if let ReferenceOr::Item(item) = item {
                *slot(item, place.method) = Some(place.operation.clone());
            }
        }
        let mut roots = Vec::new();
        each_root(&mut alone, &mut |_, root| references(root, &mut roots));
        alone.components = self.with(&self.reachable(roots)).components;
        alone
    }

    /// A document with these components and no operation.
    fn with(&self, names: &BTreeSet<String>) -> OpenAPI {
        let all = self.openapi.components.iter().flat_map(|components| &components.schemas);
        let schemas = all.filter(|(name, _)| names.contains(*name));
        let schemas = schemas.map(|(name, schema)| (name.clone(), schema.clone())).collect();
        OpenAPI {
            openapi: self.openapi.openapi.clone(),
            info: self.openapi.info.clone(),
            components: Some(Components { schemas, ..Components::default() }),
            ..OpenAPI::default()
        }
    }

    /// The smallest of a document's schemas that fails without any operation.
    fn schema(&mut self, alone: &OpenAPI) -> Option<String> {
        let names = &alone.components.as_ref().filter(|components| components.schemas.len() <= MOST_SCHEMAS)?.schemas;
        let reachable = names.keys().map(|name| (self.reachable(vec![name.clone()]), name));
        let mut tried: Vec<_> = reachable.map(|(inside, name)| (inside.len(), name, inside)).collect();
        tried.sort();
        let (_, failing, _) = tried.into_iter().find(|(_, name, inside)| self.fails(name, inside))?;
        Some(join("/components/schemas", failing))
    }

    fn fails(&mut self, name: &str, inside: &BTreeSet<String>) -> bool {
        if let Some(known) = self.fails.get(name) {
            return *known;
        }
        let fails = attempt(&self.with(inside), self.api).is_err();
        self.fails.insert(name.to_owned(), fails);
        fails
    }

    /// These components and all that they refer to.
    fn reachable(&self, roots: Vec<String>) -> BTreeSet<String> {
        let (mut reached, mut queue) = (BTreeSet::new(), roots);
        while let Some(name) = queue.pop() {
            if let Some(used) = self.uses.get(&name).filter(|_| !reached.contains(&name)) {
                queue.extend_from_slice(used);
                reached.insert(name);
            }
        }
        reached
    }
}

fn slot<'i>(item: &'i mut PathItem, method: &str) -> &'i mut Option<openapiv3::Operation> {
    match method {
        "get" => &mut item.get,
        "put" => &mut item.put,
        "post" => &mut item.post,
        "delete" => &mut item.delete,
        "options" => &mut item.options,
        "head" => &mut item.head,
        "patch" => &mut item.patch,
        _ => &mut item.trace,
    }
}

fn uses(openapi: &OpenAPI) -> HashMap<String, Vec<String>> {
    let schemas = openapi.components.iter().flat_map(|components| &components.schemas);
    let uses = schemas.map(|(name, schema)| {
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
