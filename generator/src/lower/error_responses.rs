//! Turns documented error responses into the types of their bodies.

use openapiv3::Operation;

use super::bodies::json;
use super::context::Context;
use crate::document::{error_responses, resolve};
use crate::model::ErrorResponse;
use crate::origin;
use crate::source::join;

pub(super) fn build(context: &Context<'_>, operation: &Operation) -> Vec<ErrorResponse> {
    let responses = join(origin::of(operation), "responses");
    let documented = error_responses(&operation.responses).filter_map(|(status, response)| {
        let response = resolve(context.openapi, response)?;
        let status = status.map_or("default".to_owned(), ToString::to_string);
        Some(ErrorResponse {
            pointer: join(&responses, &status),
            response: origin::of(response).to_owned(),
            status,
            docs: Some(response.description.clone()).filter(|text| !text.trim().is_empty()),
            kind: json(response).filter(|kind| kind.named().is_none_or(|name| context.is_shown(name))),
        })
    });
    documented.collect()
}
