//! Documented successes → what a call gives.

use openapiv3::{Operation, StatusCode};

use super::bodies::{is_plain_json, responses, successes};
use super::context::Context;
use crate::document::{Endpoint, resolve};
use crate::kind::{Kind, element};
use crate::media::Media;
use crate::model::{Case, Response};

/// What a call gives; if that is one of several, as an enumeration of that name.
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
    match bodies[..] {
        [] => Response::Empty,
        // Of these nothing is a value, too.
        [text @ (Response::Text | Response::Bytes)] => text.clone(),
        [body] if is_ever_empty => Response::Optional(Box::new(body.clone())),
        [body] => body.clone(),
        _ => Response::Choice { name, cases: cases(context, endpoint, responses) },
    }
}

fn cases(context: &Context<'_>, endpoint: &Endpoint<'_>, responses: Vec<(StatusCode, Response)>) -> Vec<Case> {
    let mut cases: Vec<_> = responses
        .into_iter()
        .map(|(status, response)| {
            let documented = endpoint.operation.responses.responses.get(&status);
            let docs = documented.and_then(|response| resolve(context.openapi, response));
            let variant = variant(&status);
            let status = match status {
                StatusCode::Code(code) => Some(code),
                StatusCode::Range(_) => None,
            };
            Case { status, variant, docs: docs.map(|response| response.description.clone()), response }
        })
        .collect();
    // A range is for what no case before it is for.
    cases.sort_by_key(|case| case.status.unwrap_or(u16::MAX));
    cases
}

/// A status by its standard name.
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
        StatusCode::Code(code) => return format!("Status{code}"),
        StatusCode::Range(_) => "Other",
    };
    name.to_owned()
}

/// What a body gives.
fn response(context: &Context<'_>, body: Option<(Media, Kind)>) -> Response {
    let Some((media, kind)) = body else { return Response::Empty };
    match media {
        Media::Json => {}
        Media::Text(_) => return Response::Text,
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

/// The media types that an operation's successes have, if they are not just plain JSON.
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
