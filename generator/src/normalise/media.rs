//! Reduces bodies to the media type that the client sends or accepts, and replaces missing JSON schemas with any
//! JSON.

use indexmap::IndexMap;
use openapiv3::{MediaType, OpenAPI, Parameter, ParameterSchemaOrContent, ReferenceOr};

use toml::Spanned;

use crate::anything::anything;
use crate::config::Config;
use crate::document::{data_mut, operations_mut};
use crate::media::{Media, is_same, media, preferred};

use super::streams;

pub(super) fn choose(openapi: &mut OpenAPI, config: &Config) {
    let whole = openapi.clone();
    for item in openapi.paths.paths.values_mut() {
        let ReferenceOr::Item(item) = item else { continue };
        for (_, operation) in operations_mut(item) {
            let id = operation.operation_id.as_deref().unwrap_or_default();
            let settings = config.operations.get(id).cloned().unwrap_or_default();
            let [accept, content_type] =
                [settings.accept, settings.content_type].map(|name| name.map(Spanned::into_inner));
            for parameter in &mut operation.parameters {
                if let ReferenceOr::Item(parameter) = parameter {
                    choose_for_parameter(parameter);
                }
            }
            if let Some(ReferenceOr::Item(body)) = &mut operation.request_body {
                choose_for_body(&mut body.content, content_type.as_deref());
            }
            for response in operation.responses.responses.values_mut().chain(&mut operation.responses.default) {
                if let ReferenceOr::Item(response) = response {
                    choose_for_response(&whole, &mut response.content, accept.as_deref());
                }
            }
        }
    }
}

/// A parameter with `content` has a body of its own.
fn choose_for_parameter(parameter: &mut Parameter) {
    let data = data_mut(parameter);
    if let ParameterSchemaOrContent::Content(content) = &mut data.format {
        choose_one(content, None);
        content.values_mut().for_each(forget_parts);
    }
}

/// Only forms and multipart bodies use encodings.
fn choose_for_body(content: &mut IndexMap<String, MediaType>, named: Option<&str>) {
    choose_one(content, named);
    for (name, media_type) in content {
        match media(name) {
            Media::Form | Media::Multipart => continue,
            // A stream in a request is sent unchanged.
            Media::Events | Media::Lines(_) => media_type.schema = None,
            Media::Json | Media::Text(_) | Media::Bytes(_) => {}
        }
        media_type.encoding.clear();
    }
}

/// Also keeps a stream beside the body.
fn choose_for_response(openapi: &OpenAPI, content: &mut IndexMap<String, MediaType>, named: Option<&str>) {
    let mut streams = content.clone();
    streams.retain(|name, _| is_stream(name));
    choose_one(content, named);
    if !content.keys().any(|name| is_stream(name)) {
        content.extend(streams.into_iter().take(1));
    }
    for (name, media_type) in content {
        forget_parts(media_type);
        if is_stream(name) {
            let media = media(name);
            let schema = media_type.schema.take().unwrap_or_else(|| ReferenceOr::Item(anything()));
            media_type.schema = Some(streams::item(openapi, &media, &schema));
        }
    }
}

fn is_stream(name: &str) -> bool {
    matches!(media(name), Media::Events | Media::Lines(_))
}

/// Removes encodings, which only request bodies use.
fn forget_parts(media_type: &mut MediaType) {
    media_type.encoding.clear();
}

/// Keeps the media type from the settings, if the body has it, or else the preferred one.
fn choose_one(content: &mut IndexMap<String, MediaType>, named: Option<&str>) {
    let named = content.keys().find(|name| named.is_some_and(|named| is_same(name, named)));
    let Some(chosen) = named.or_else(|| preferred(content)).cloned() else { return };
    content.retain(|name, _| *name == chosen);
    for media_type in content.values_mut() {
        let has_schema = media_type.schema.is_some();
        match media(&chosen) {
            Media::Json if !has_schema => media_type.schema = Some(ReferenceOr::Item(anything())),
            // Text and bytes are passed through, so their schemas have no effect.
            Media::Text(_) | Media::Bytes(_) => media_type.schema = None,
            Media::Json | Media::Form | Media::Multipart | Media::Events | Media::Lines(_) => {}
        }
    }
}
