//! Any documented success → one response for every 2xx status. Failures are the runtime's business, which reads them
//! by the pointers of the settings, so they are dropped.

use openapiv3::{OpenAPI, ReferenceOr, Response, Responses, StatusCode};

use crate::document::{is_success, operations_mut};

pub(super) fn keep_success(openapi: &mut OpenAPI) {
    for item in openapi.paths.paths.values_mut() {
        let ReferenceOr::Item(item) = item else { continue };
        for (_, operation) in operations_mut(item) {
            // An operation that documents none answers with nothing that is worth reading.
            let nothing = || ReferenceOr::Item(Response::default());
            let success = success(&operation.responses).cloned().unwrap_or_else(nothing);
            operation.responses.default = None;
            operation.responses.responses = [(StatusCode::Range(2), success)].into_iter().collect();
        }
    }
}

/// The success response with a body if there is one, else any, else the default.
fn success(responses: &Responses) -> Option<&ReferenceOr<Response>> {
    let all = || responses.responses.iter().filter(|(status, _)| is_success(status)).map(|(_, response)| response);
    all()
        .find(|response| response.as_item().is_some_and(|response| !response.content.is_empty()))
        .or_else(|| all().next())
        .or(responses.default.as_ref())
}
