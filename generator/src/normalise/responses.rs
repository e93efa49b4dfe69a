//! Unifies the documented success responses: if all have the same body, one remains for every 2xx status. Error
//! responses stay unchanged. `default` is an error response if the operation documents successes or redirects.

use openapiv3::{OpenAPI, Operation, ReferenceOr, Response, Responses, StatusCode};

use crate::document::{is_redirect, is_success, operations_mut};
use crate::origin;

const ANY_SUCCESS: StatusCode = StatusCode::Range(2);

pub(super) fn unify_successes(openapi: &mut OpenAPI) {
    for item in openapi.paths.paths.values_mut() {
        let ReferenceOr::Item(item) = item else { continue };
        for (_, operation) in operations_mut(item) {
            unify(operation);
        }
    }
}

fn unify(operation: &mut Operation) {
    let Responses { mut default, responses, .. } = std::mem::take(&mut operation.responses);
    let (mut successes, others): (Vec<_>, Vec<_>) = responses.into_iter().partition(|(status, _)| is_success(status));
    if successes.is_empty() {
        let only_redirects = others.iter().any(|(status, _)| is_redirect(status));
        // The response of an operation without documented responses is not read.
        let any = default.take_if(|_| !only_redirects).unwrap_or_else(|| ReferenceOr::Item(Response::default()));
        successes.push((ANY_SUCCESS, any));
    }
    if successes.iter().all(|(_, response)| says_the_same(response, &successes[0].1)) {
        successes.truncate(1);
        successes[0].0 = ANY_SUCCESS;
    }
    operation.responses.default = default;
    operation.responses.responses = successes.into_iter().chain(others).collect();
}

/// Whether two responses have the same body; descriptions and headers do not count.
fn says_the_same(one: &ReferenceOr<Response>, other: &ReferenceOr<Response>) -> bool {
    let body = |response: &ReferenceOr<Response>| {
        let content = response.as_item().map(|response| &response.content).into_iter().flatten();
        content.map(|(name, media)| (name.clone(), media.schema.as_ref().map(origin::without))).collect::<Vec<_>>()
    };
    body(one) == body(other)
}
