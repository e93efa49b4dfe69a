//! Prepares the inputs of the rules and builds their diagnostics.

use std::collections::HashMap;

use openapiv3::{MediaType, OpenAPI};
use serde_json::{Map, Value};

use crate::code::Code;
use crate::config::Config;
use crate::conformance::Schemas;
use crate::document::{self, Endpoint, WEBHOOKS, is_success, resolve};
use crate::input::Input;
use crate::load::Document;
use crate::samples::Sample;
use crate::source::{At, Source, Unlocated, join};

/// The inputs of the rules.
pub(super) struct Lint<'a> {
    pub(super) input: &'a Input,
    pub(super) document: &'a Document,
    pub(super) config: &'a Config,
    pub(super) samples: Vec<Sample<'a>>,
    /// The parsed sample files, by name.
    pub(super) bodies: HashMap<&'a str, Result<Value, Unlocated>>,
    /// The schemas of requests, and those of responses.
    pub(super) requests: Schemas<'a>,
    pub(super) responses: Schemas<'a>,
    /// The operations by id; the first one of duplicates.
    pub(super) by_id: HashMap<&'a str, Endpoint<'a>>,
}

impl<'a> Lint<'a> {
    pub(super) fn openapi(&self) -> &'a OpenAPI {
        &self.document.openapi
    }

    pub(super) fn operations(&self) -> impl Iterator<Item = Endpoint<'a>> {
        document::operations(self.openapi())
    }

    /// Returns the events of the document's webhooks.
    pub(super) fn events(&self) -> impl Iterator<Item = &'a str> {
        let webhooks = self.document.value.get(WEBHOOKS).and_then(Value::as_object);
        webhooks.into_iter().flat_map(Map::keys).map(String::as_str)
    }

    /// Returns the value of a sample file, if it is valid JSON.
    pub(super) fn body(&self, sample: &Source) -> Option<&Value> {
        self.bodies.get(sample.name.as_str())?.as_ref().ok()
    }

    pub(super) fn has_event(&self, event: &str) -> bool {
        self.document.value.get(WEBHOOKS).is_some_and(|webhooks| webhooks.get(event).is_some())
    }

    /// Returns a diagnostic in the document.
    pub(super) fn diagnostic(&self, code: Code, pointer: &str, message: String, help: &str) -> Unlocated {
        diagnostic(code, self.input.spec.at(self.document.place(pointer)), message, help)
    }

    /// Returns the media types of a request body, each with its pointer.
    pub(super) fn request_media(&self, endpoint: &Endpoint<'a>) -> Vec<(String, &'a str, &'a MediaType)> {
        let body = endpoint.operation.request_body.as_ref().and_then(|body| resolve(self.openapi(), body));
        let pointer = join(&join(&endpoint.pointer(), "requestBody"), "content");
        body.into_iter()
            .flat_map(|body| &body.content)
            .map(|(name, media)| (join(&pointer, name), name.as_str(), media))
            .collect()
    }

    /// Returns the media types of all success or error responses, each with its pointer.
    pub(super) fn response_media(
        &self,
        endpoint: &Endpoint<'a>,
        success: bool,
    ) -> Vec<(String, &'a str, &'a MediaType)> {
        let responses = join(&endpoint.pointer(), "responses");
        let coded = endpoint.operation.responses.responses.iter().filter(|(status, _)| is_success(status) == success);
        let coded = coded.map(|(status, response)| (status.to_string(), response));
        let has_success = endpoint.operation.responses.responses.keys().any(is_success);
        let default = endpoint.operation.responses.default.iter().filter(|_| !success || !has_success);
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

pub(super) fn diagnostic(code: Code, at: At, message: String, help: &str) -> Unlocated {
    Unlocated { code, message, at, help: help.to_owned() }
}

pub(super) fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    essence == "application/json" || essence.ends_with("+json")
}
