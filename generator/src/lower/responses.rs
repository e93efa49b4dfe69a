//! Turns documented successes and redirects into the return type of a call.

use openapiv3::{Operation, ReferenceOr, StatusCode};

use super::bodies::{self, is_plain_json, responses, successes};
use super::context::Context;
use crate::document::{Endpoint, is_redirect, resolve};
use crate::kind::{Kind, element, kind_of};
use crate::media::Media;
use crate::model::{Case, Response, Stream};

/// The property of a body that requests a stream.
const STREAM: &str = "stream";

/// Returns the response of a call; several responses become an enumeration with this name.
pub(super) fn build(context: &Context<'_>, endpoint: &Endpoint<'_>, name: String) -> Response {
    let responses = responses(endpoint.operation).into_iter();
    let responses: Vec<_> = responses.map(|(status, content)| (status, response(context, content))).collect();
    let mut bodies: Vec<&Response> = Vec::new();
    for (_, response) in &responses {
        if *response != Response::Empty && !bodies.contains(&response) {
            bodies.push(response);
        }
    }
    let is_ever_empty = responses.iter().any(|(_, response)| *response == Response::Empty);
    let is_ever_redirect = !redirects(endpoint.operation).is_empty();
    match bodies[..] {
        [] => Response::Empty,
        // Empty text and empty bytes are values, too, so they need no option; a redirect has no value.
        [text @ (Response::Text | Response::Bytes)] if !is_ever_redirect => text.clone(),
        // Neither do streams, which may be empty.
        [stream @ (Response::Events(_) | Response::Lines(_))] if !is_ever_redirect => stream.clone(),
        [body] if is_ever_empty || is_ever_redirect => Response::Optional(Box::new(whole(body.clone()))),
        [body] => body.clone(),
        _ => Response::Choice { name, cases: cases(context, endpoint, responses) },
    }
}

/// Returns the stream that an operation can return in place of its response.
pub(super) fn stream(context: &Context<'_>, operation: &Operation) -> Option<Stream> {
    let (media, kind) = bodies::stream(operation)?;
    let media_type = match &media {
        Media::Lines(name) => name.clone(),
        _ => "text/event-stream".to_owned(),
    };
    let response = response(context, Some((media, kind)));
    let property = requests_stream(context, operation).then_some(STREAM);
    matches!(response, Response::Events(_) | Response::Lines(_)).then_some(Stream { media_type, response, property })
}

/// Whether the body of a request has a flag for a stream, a convention of several APIs.
fn requests_stream(context: &Context<'_>, operation: &Operation) -> bool {
    let body = context.media(operation).filter(|(media, _)| *media == Media::Json);
    let object = body.as_ref().and_then(|(_, kind)| context.object(kind.named()?));
    let property = object.and_then(|object| object.properties.get(STREAM));
    property.is_some_and(|property| kind_of(&property.clone().unbox()).present() == &Kind::Boolean)
}

/// Returns a response whose body is read as a whole: one of several responses is no stream.
fn whole(response: Response) -> Response {
    match response {
        Response::Events(_) => Response::Text,
        Response::Lines(_) => Response::Bytes,
        response => response,
    }
}

/// Returns the statuses of an operation's redirects. A range stands for all that HTTP defines.
pub(super) fn redirects(operation: &Operation) -> Vec<u16> {
    const DEFINED: &[u16] = &[300, 301, 302, 303, 307, 308];
    let documented = operation.responses.responses.keys().filter(|status| is_redirect(status));
    let mut statuses: Vec<u16> = documented
        .flat_map(|status| match status {
            StatusCode::Code(code) => std::slice::from_ref(code),
            StatusCode::Range(_) => DEFINED,
        })
        .copied()
        .collect();
    statuses.sort_unstable();
    statuses.dedup();
    statuses
}

fn cases(context: &Context<'_>, endpoint: &Endpoint<'_>, responses: Vec<(StatusCode, Response)>) -> Vec<Case> {
    let redirects = redirects(endpoint.operation).into_iter().map(StatusCode::Code);
    let mut cases: Vec<_> = responses
        .into_iter()
        .chain(redirects.map(|status| (status, Response::Empty)))
        .map(|(status, response)| {
            let documented = endpoint.operation.responses.responses.get(&status);
            let documented = documented.or_else(|| range_of(endpoint.operation, &status));
            let docs = documented.and_then(|response| resolve(context.openapi, response));
            let variant = variant(&status);
            let status = match status {
                StatusCode::Code(code) => Some(code),
                StatusCode::Range(_) => None,
            };
            Case { status, variant, docs: docs.map(|response| response.description.clone()), response: whole(response) }
        })
        .collect();
    // A range matches last, because it covers statuses without a case.
    cases.sort_by_key(|case| case.status.unwrap_or(u16::MAX));
    cases
}

/// Returns the response of the range `3XX` for a redirect.
fn range_of<'a>(operation: &'a Operation, status: &StatusCode) -> Option<&'a ReferenceOr<openapiv3::Response>> {
    operation.responses.responses.get(&StatusCode::Range(3)).filter(|_| is_redirect(status))
}

/// Returns the standard name of a status.
fn variant(status: &StatusCode) -> String {
    let name = match status {
        StatusCode::Code(200) => "Ok",
        StatusCode::Code(201) => "Created",
        StatusCode::Code(202) => "Accepted",
        StatusCode::Code(203) => "NonAuthoritative",
        StatusCode::Code(204) => "NoContent",
        StatusCode::Code(205) => "ResetContent",
        StatusCode::Code(206) => "PartialContent",
        StatusCode::Code(207) => "MultiStatus",
        StatusCode::Code(208) => "AlreadyReported",
        StatusCode::Code(226) => "ImUsed",
        StatusCode::Code(300) => "MultipleChoices",
        StatusCode::Code(301) => "MovedPermanently",
        StatusCode::Code(302) => "Found",
        StatusCode::Code(303) => "SeeOther",
        StatusCode::Code(307) => "TemporaryRedirect",
        StatusCode::Code(308) => "PermanentRedirect",
        StatusCode::Code(code) => return format!("Status{code}"),
        StatusCode::Range(_) => "Other",
    };
    name.to_owned()
}

/// Returns the response for a body.
fn response(context: &Context<'_>, body: Option<(Media, Kind)>) -> Response {
    let Some((media, kind)) = body else { return Response::Empty };
    match media {
        Media::Json => {}
        Media::Text(_) => return Response::Text,
        Media::Events => return Response::Events(kind),
        // Lines that are described as a string are a file.
        Media::Lines(_) if matches!(kind, Kind::Text | Kind::Upload) => return Response::Bytes,
        Media::Lines(_) => return Response::Lines(kind),
        Media::Form | Media::Multipart | Media::Bytes(_) => return Response::Bytes,
    }
    let wrapping = kind.named().filter(|name| context.internal.contains(*name));
    let Some(envelope) = wrapping.and_then(|name| context.object(name)) else {
        return Response::Plain(kind);
    };
    let data = context.envelope(envelope).map_or(Kind::Json, |data| element(&data.clone().unbox()));
    match data {
        Kind::List(row) if context.has_pagination(envelope) => Response::Page(*row),
        data => Response::Enveloped(data),
    }
}

/// Returns the media types of an operation's successes, unless they are only plain JSON.
pub(super) fn accept(operation: &Operation) -> Option<String> {
    let mut names: Vec<_> = Vec::new();
    for name in successes(operation).filter_map(|(_, response)| response.content.keys().next()) {
        let name = if is_plain_json(name) { "application/json" } else { name };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    (!matches!(names[..], [] | ["application/json"])).then(|| names.join(", "))
}
