//! Checks `http-name`: names of headers and cookies are HTTP tokens, and media types are valid.

use openapiv3::Parameter;

use super::context::Lint;
use crate::code::Code;
use crate::document::{Endpoint, resolve};
use crate::media::{is_media_type, is_token, preferred};
use crate::source::{Unlocated, join};

const HELP: &str = "use only letters, digits and !#$%&'*+-.^_`|~, at least one character";
const MEDIA_HELP: &str = "use type/subtype, for example application/json";

pub(super) fn check(lint: &Lint<'_>) -> Vec<Unlocated> {
    lint.operations()
        .flat_map(|endpoint| {
            let parameters = parameters(lint, &endpoint);
            parameters.into_iter().chain(body(lint, &endpoint)).chain(responses(lint, &endpoint))
        })
        .collect()
}

fn parameters(lint: &Lint<'_>, endpoint: &Endpoint<'_>) -> Vec<Unlocated> {
    let own = (endpoint.pointer(), &endpoint.operation.parameters);
    let shared = (join("/paths", endpoint.path), &endpoint.item.parameters);
    // Parameters of a path are checked once.
    let first = endpoint.item.iter().next();
    let is_first = first.is_some_and(|(_, operation)| std::ptr::eq(operation, endpoint.operation));
    let lists = is_first.then_some(shared).into_iter().chain([own]);
    let all = lists.flat_map(|(owner, list)| {
        let pointer = join(&owner, "parameters");
        list.iter().enumerate().map(move |(index, parameter)| (join(&pointer, &index.to_string()), parameter))
    });
    let named = all.filter_map(|(pointer, parameter)| {
        let (what, data) = match resolve(lint.openapi(), parameter)? {
            Parameter::Header { parameter_data, .. } => ("header", parameter_data),
            Parameter::Cookie { parameter_data, .. } => ("cookie", parameter_data),
            Parameter::Path { .. } | Parameter::Query { .. } => return None,
        };
        (!is_token(&data.name)).then(|| {
            let message = format!("`{}` is not a valid name of a {what}", data.name.escape_debug());
            lint.diagnostic(Code::HttpName, &pointer, message, HELP)
        })
    });
    named.collect()
}

/// Checks the media type that the client sends, and the headers of its parts.
fn body(lint: &Lint<'_>, endpoint: &Endpoint<'_>) -> Vec<Unlocated> {
    let body = endpoint.operation.request_body.as_ref().and_then(|body| resolve(lint.openapi(), body));
    let sent = body.and_then(|body| preferred(&body.content));
    let mut diagnostics = Vec::new();
    for (pointer, name, media_type) in lint.request_media(endpoint) {
        if Some(name) == sent.map(String::as_str) && !is_media_type(name) {
            let message = format!("`{}` is not a valid media type of a body", name.escape_debug());
            diagnostics.push(lint.diagnostic(Code::HttpName, &pointer, message, MEDIA_HELP));
        }
        for (part, encoding) in &media_type.encoding {
            let here = join(&join(&pointer, "encoding"), part);
            for header in encoding.headers.keys().filter(|header| !is_token(header)) {
                let message = format!("`{}` is not a valid name of a header", header.escape_debug());
                let pointer = join(&join(&here, "headers"), header);
                diagnostics.push(lint.diagnostic(Code::HttpName, &pointer, message, HELP));
            }
            let listed = encoding.content_type.iter().flat_map(|names| names.split(','));
            for name in listed.filter(|name| !is_media_type(name.trim())) {
                let message = format!("`{}` is not a valid media type of a part", name.trim().escape_debug());
                let pointer = join(&here, "contentType");
                diagnostics.push(lint.diagnostic(Code::HttpName, &pointer, message, MEDIA_HELP));
            }
        }
    }
    diagnostics
}

/// Checks the media types of responses, which the `Accept` header lists.
fn responses(lint: &Lint<'_>, endpoint: &Endpoint<'_>) -> Vec<Unlocated> {
    let media = lint.response_media(endpoint, true).into_iter();
    let unfit = media.filter(|(_, name, _)| !name.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic()));
    unfit
        .map(|(pointer, name, _)| {
            let message = format!("`{}` is not a valid media type to request", name.escape_debug());
            lint.diagnostic(Code::HttpName, &pointer, message, MEDIA_HELP)
        })
        .collect()
}
