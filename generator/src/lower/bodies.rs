//! Turns documented bodies into encodings and types.

use indexmap::IndexMap;
use openapiv3::{MediaType, Operation, Response, StatusCode};

use crate::document::{error_responses, is_success};
use crate::kind::{Kind, element, kind_of};
use crate::media::{Media, media};

/// Whether a media type is JSON by its usual name, or a range.
pub(super) fn is_plain_json(media_type: &str) -> bool {
    media(media_type) == Media::Json
        && (media_type.contains('*') || media_type.trim().to_ascii_lowercase().starts_with("application/json"))
}

/// Returns the encoding and the type of a body.
pub(super) fn content(content: &IndexMap<String, MediaType>) -> Option<(Media, Kind)> {
    content_of(content.first()?)
}

fn content_of((name, media_type): (&String, &MediaType)) -> Option<(Media, Kind)> {
    let media = media(name);
    let kind = match media {
        Media::Json => element(media_type.schema.as_ref()?),
        Media::Form => media_type.schema.as_ref().map_or(Kind::JsonObject, kind_of),
        Media::Multipart => media_type.schema.as_ref().map_or(Kind::Multipart, kind_of),
        Media::Text(_) => Kind::Text,
        Media::Bytes(_) => Kind::Upload,
        // A request has no schema for a stream.
        Media::Events => media_type.schema.as_ref().map_or(Kind::Text, element),
        Media::Lines(_) => media_type.schema.as_ref().map_or(Kind::Upload, element),
    };
    Some((media, kind))
}

/// Returns the types of an operation's success bodies.
pub(super) fn success_kinds(operation: &Operation) -> Vec<Kind> {
    let values = responses(operation).into_iter().filter_map(|(_, content)| content);
    values.chain(stream(operation)).map(|(_, kind)| kind).collect()
}

/// Returns the stream that an operation returns beside its usual response.
pub(super) fn stream(operation: &Operation) -> Option<(Media, Kind)> {
    successes(operation).find_map(|(_, response)| content_of(response.content.get_index(1)?))
}

/// Returns the success statuses of an operation, with the encoding and the type of each body.
pub(super) fn responses(operation: &Operation) -> Vec<(StatusCode, Option<(Media, Kind)>)> {
    successes(operation).map(|(status, response)| (status.clone(), content(&response.content))).collect()
}

/// Returns the success responses of an operation, which `normalise` has inlined.
pub(super) fn successes(operation: &Operation) -> impl Iterator<Item = (&StatusCode, &Response)> {
    let responses = operation.responses.responses.iter().filter(|(status, _)| is_success(status));
    responses.filter_map(|(status, response)| Some((status, response.as_item()?)))
}

/// Returns the types of an operation's error bodies.
pub(super) fn failure_kinds(operation: &Operation) -> Vec<Kind> {
    error_responses(&operation.responses).filter_map(|(_, response)| json(response.as_item()?)).collect()
}

/// Returns the type of a body, if the body is typed JSON.
pub(super) fn json(response: &Response) -> Option<Kind> {
    let (media, kind) = content(&response.content)?;
    (media == Media::Json && kind != Kind::Json).then_some(kind)
}
