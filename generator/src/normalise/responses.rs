//! The documented successes, each once: of those that say the same one is left, for every 2xx status. Failures are the
//! runtime's business, which reads them by the pointers of the settings, so they are dropped.

use openapiv3::{OpenAPI, Operation, ReferenceOr, Response, Responses, StatusCode};

use crate::document::{is_success, operations_mut};

const ANY_SUCCESS: StatusCode = StatusCode::Range(2);

pub(super) fn keep_success(openapi: &mut OpenAPI) {
    for item in openapi.paths.paths.values_mut() {
        let ReferenceOr::Item(item) = item else { continue };
        for (_, operation) in operations_mut(item) {
            keep(operation);
        }
    }
}

fn keep(operation: &mut Operation) {
    let Responses { default, responses, .. } = std::mem::take(&mut operation.responses);
    let mut kept: Vec<_> = responses.into_iter().filter(|(status, _)| is_success(status)).collect();
    if kept.is_empty() {
        // An operation that documents none answers with nothing that is worth reading.
        kept.push((ANY_SUCCESS, default.unwrap_or_else(|| ReferenceOr::Item(Response::default()))));
    }
    if kept.iter().all(|(_, response)| says_the_same(response, &kept[0].1)) {
        kept.truncate(1);
        kept[0].0 = ANY_SUCCESS;
    }
    operation.responses.responses = kept.into_iter().collect();
}

/// Whether two responses have the same body; what they are about and their headers do not count.
fn says_the_same(one: &ReferenceOr<Response>, other: &ReferenceOr<Response>) -> bool {
    let body = |response: &ReferenceOr<Response>| {
        let content = response.as_item().map(|response| &response.content).into_iter().flatten();
        content.map(|(name, media)| (name.clone(), media.schema.clone())).collect::<Vec<_>>()
    };
    body(one) == body(other)
}
