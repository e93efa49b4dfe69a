//! Rules that a document keeps before code is made of it: whatever the base library cannot take, or would make a wrong
//! client of. All rules run, and all findings are reported together.

mod composition;
mod config_reference;
mod conformance;
mod envelope;
mod example_invalid;
mod operation_id_duplicate;
mod pagination;
mod path_param;
mod sample_mismatch;
mod sample_missing;
mod sample_unknown;
mod security;
mod server_url;
mod unknown_ref;
mod webhook;

use std::collections::HashMap;

use conformance::Schemas;
use openapiv3::{MediaType, OpenAPI};
use serde_json::{Map, Value};

use crate::Input;
use crate::code::Code;
use crate::config::Config;
use crate::document::{self, Place, WEBHOOKS, is_success, resolve};
use crate::load::{Document, parse};
use crate::samples::{Sample, classify};
use crate::source::{At, Finding, Source, join};

type Rule = fn(&Lint<'_>) -> Vec<Finding>;

/// Rules of the document's structure; the others assume that they are kept.
const STRUCTURE: [Rule; 2] = [unknown_ref::check, composition::check];

const RULES: [Rule; 10] = [
    config_reference::check,
    envelope::check,
    operation_id_duplicate::check,
    pagination::check,
    path_param::check,
    sample_mismatch::check,
    sample_unknown::check,
    security::check,
    server_url::check,
    webhook::check,
];

/// Rules that `lint.strict` in the settings turns on: they ask for what the generator can do without.
const STRICT: [Rule; 2] = [example_invalid::check, sample_missing::check];

/// Runs every rule.
pub(crate) fn lint(input: &Input, document: &Document, config: &Config) -> Vec<Finding> {
    let openapi = &document.openapi;
    let named =
        document::operations(openapi).filter_map(|place| Some((place.operation.operation_id.as_deref()?, place)));
    let mut by_id = HashMap::new();
    for (id, place) in named {
        by_id.entry(id).or_insert(place);
    }
    let bodies = input.samples.iter().map(|source| (source.name.as_str(), parse(source))).collect();
    let samples = input.samples.iter().filter_map(|source| classify(source).ok()).collect();
    let lint = Lint { input, document, config, samples, bodies, schemas: Schemas::new(openapi), by_id };
    let findings: Vec<_> = STRUCTURE.iter().flat_map(|rule| rule(&lint)).collect();
    if !findings.is_empty() {
        return findings;
    }
    let strict = STRICT.iter().filter(|_| config.lint.strict);
    RULES.iter().chain(strict).flat_map(|rule| rule(&lint)).collect()
}

/// What the rules look at.
struct Lint<'a> {
    input: &'a Input,
    document: &'a Document,
    config: &'a Config,
    samples: Vec<Sample<'a>>,
    /// What the sample files hold, by name.
    bodies: HashMap<&'a str, Result<Value, Finding>>,
    schemas: Schemas<'a>,
    /// The operations by name; of several with one name, the first.
    by_id: HashMap<&'a str, Place<'a>>,
}

impl<'a> Lint<'a> {
    fn openapi(&self) -> &'a OpenAPI {
        &self.document.openapi
    }

    fn operations(&self) -> impl Iterator<Item = Place<'a>> {
        document::operations(self.openapi())
    }

    /// The events of the document's webhooks.
    fn events(&self) -> impl Iterator<Item = &'a str> {
        let webhooks = self.document.value.get(WEBHOOKS).and_then(Value::as_object);
        webhooks.into_iter().flat_map(Map::keys).map(String::as_str)
    }

    /// What a sample file holds, if it can be read.
    fn body(&self, sample: &Source) -> Option<&Value> {
        self.bodies.get(sample.name.as_str())?.as_ref().ok()
    }

    fn has_event(&self, event: &str) -> bool {
        self.document.value.get(WEBHOOKS).is_some_and(|webhooks| webhooks.get(event).is_some())
    }

    /// A finding in the document.
    fn finding(&self, code: Code, pointer: &str, message: String, help: &str) -> Finding {
        finding(code, self.input.spec.at(pointer), message, help)
    }

    /// The media types of a request body, each with its pointer.
    fn request_media(&self, place: &Place<'a>) -> Vec<(String, &'a str, &'a MediaType)> {
        let body = place.operation.request_body.as_ref().and_then(|body| resolve(self.openapi(), body));
        let pointer = join(&join(&place.pointer(), "requestBody"), "content");
        body.into_iter()
            .flat_map(|body| &body.content)
            .map(|(name, media)| (join(&pointer, name), name.as_str(), media))
            .collect()
    }

    /// The media types of all responses of success or of failure, each with its pointer.
    fn response_media(&self, place: &Place<'a>, success: bool) -> Vec<(String, &'a str, &'a MediaType)> {
        let responses = join(&place.pointer(), "responses");
        let coded = place.operation.responses.responses.iter().filter(|(status, _)| is_success(status) == success);
        let coded = coded.map(|(status, response)| (status.to_string(), response));
        let has_success = place.operation.responses.responses.keys().any(is_success);
        let default = place.operation.responses.default.iter().filter(|_| !success || !has_success);
        coded
            .chain(default.map(|response| ("default".to_owned(), response)))
            .filter_map(|(status, response)| Some((status, resolve(self.openapi(), response)?)))
            .flat_map(|(status, response)| {
                let pointer = join(&join(&responses, &status), "content");
                response.content.iter().map(move |(name, media)| (join(&pointer, name), name.as_str(), media))
            })
            .collect()
    }
}

fn finding(code: Code, at: At, message: String, help: &str) -> Finding {
    Finding { code, message, at, help: help.to_owned() }
}

fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    essence == "application/json" || essence.ends_with("+json")
}
