//! Moves bodies of shared error responses to schemas of the same names, so that a shared response has one type.

use std::collections::HashMap;

use openapiv3::{OpenAPI, ReferenceOr, Response};

use super::inline::needs_name;
use crate::document::{LONGEST_CHAIN, component_name, error_responses, operations, schema_reference};
use crate::media::{Media, media, preferred};
use crate::naming::Names;

pub(super) fn name_bodies(openapi: &mut OpenAPI) {
    let nameless = nameless(openapi);
    if let Some(components) = &mut openapi.components {
        let mut names = Names::of(components.schemas.keys());
        for (name, response) in &mut components.responses {
            let (Some(media_type), ReferenceOr::Item(response)) = (nameless.get(name), response) else { continue };
            let body = response.content.get_mut(media_type).and_then(|body| body.schema.as_mut());
            let Some(body) = body else { continue };
            let name = names.numbered(name);
            let reference = ReferenceOr::Reference { reference: schema_reference(&name) };
            components.schemas.insert(name, std::mem::replace(body, reference));
        }
    }
}

/// Returns the components of error responses whose bodies need names, with the media types of the bodies.
fn nameless(openapi: &OpenAPI) -> HashMap<String, String> {
    let error_responses = operations(openapi).flat_map(|place| error_responses(&place.operation.responses));
    let nameless = error_responses.filter_map(|(_, response)| {
        let (name, response) = target(openapi, response)?;
        Some((name.to_owned(), inline_body(response)?.to_owned()))
    });
    nameless.collect()
}

/// Returns the final target of a reference.
fn target<'a>(openapi: &'a OpenAPI, response: &'a ReferenceOr<Response>) -> Option<(&'a str, &'a Response)> {
    let (mut found, mut current) = (None, response);
    for _ in 0..=LONGEST_CHAIN {
        match current {
            ReferenceOr::Item(response) => return Some((found?, response)),
            ReferenceOr::Reference { reference } => {
                let name = component_name::<Response>(reference)?;
                (found, current) = (Some(name), openapi.components.as_ref()?.responses.get(name)?);
            }
        }
    }
    None
}

/// Returns the media type of a JSON body that needs a name.
fn inline_body(response: &Response) -> Option<&str> {
    let name = preferred(&response.content).filter(|name| media(name) == Media::Json)?;
    let schema = response.content.get(name)?.schema.as_ref()?;
    schema.as_item().is_some_and(needs_name).then_some(name)
}
