//! Runs the rules before code generation: they find everything that progenitor rejects or would turn into a wrong
//! client. All rules run, and their diagnostics are reported together.

mod body_encoding;
mod composition;
mod config_reference;

mod context;
mod envelope;
mod example_invalid;
mod http_name;
mod operation_id_duplicate;
mod pagination;
mod path_param;
mod sample_mismatch;
mod sample_missing;
mod sample_unknown;
mod security;
mod webhook;

use std::collections::HashMap;

use crate::conformance::Schemas;
use context::Lint;

use crate::config::Config;
use crate::direction::Direction;
use crate::document;
use crate::input::Input;
use crate::load::{Document, parse};
use crate::samples::classify;
use crate::source::Unlocated;

type Check = fn(&Lint<'_>) -> Vec<Unlocated>;

/// Rules of the document's structure; the other rules assume that the document satisfies them.
const STRUCTURE: [Check; 4] = [composition::check, operation_id_duplicate::check, path_param::check, security::check];

const RULES: [Check; 8] = [
    body_encoding::check,
    config_reference::check,
    envelope::check,
    http_name::check,
    pagination::check,
    sample_mismatch::check,
    sample_unknown::check,
    webhook::check,
];

/// Rules that `lint.strict` turns on: they require more than the generator needs.
const STRICT: [Check; 2] = [example_invalid::check, sample_missing::check];

/// Runs every rule.
pub(crate) fn lint(input: &Input, document: &Document, config: &Config) -> Vec<Unlocated> {
    let openapi = &document.openapi;
    let named =
        document::operations(openapi).filter_map(|place| Some((place.operation.operation_id.as_deref()?, place)));
    let mut by_id = HashMap::new();
    for (id, place) in named {
        by_id.entry(id).or_insert(place);
    }
    let bodies = input.samples.iter().map(|source| (source.name.as_str(), parse(source))).collect();
    let samples = input.samples.iter().filter_map(|source| classify(source).ok()).collect();
    let [requests, responses] = [Direction::Sent, Direction::Received].map(|way| Schemas::new(openapi, way));
    let lint = Lint { input, document, config, samples, bodies, requests, responses, by_id };
    let diagnostics: Vec<_> = STRUCTURE.iter().flat_map(|rule| rule(&lint)).collect();
    if !diagnostics.is_empty() {
        return diagnostics;
    }
    let strict = STRICT.iter().filter(|_| config.lint.strict);
    RULES.iter().chain(strict).flat_map(|rule| rule(&lint)).collect()
}
