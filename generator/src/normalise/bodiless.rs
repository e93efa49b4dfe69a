//! Removes bodies of responses that never have one (RFC 9110, sections 6.4.1 and 9.3.2), and of redirects, whose body
//! only describes the target.

use openapiv3::{OpenAPI, ReferenceOr, StatusCode};

use crate::document::{is_redirect, operations_mut};

/// Statuses without a body: No Content, Reset Content, Not Modified.
const STATUSES: [u16; 3] = [204, 205, 304];

/// Removes documented bodies that are impossible or never read.
pub(super) fn empty(openapi: &mut OpenAPI) {
    for item in openapi.paths.paths.values_mut() {
        let ReferenceOr::Item(item) = item else { continue };
        for (method, operation) in operations_mut(item) {
            for (status, response) in &mut operation.responses.responses {
                let has_none = method == "head"
                    || is_redirect(status)
                    || matches!(status, StatusCode::Code(code) if STATUSES.contains(code));
                if let ReferenceOr::Item(response) = response
                    && has_none
                {
                    response.content.clear();
                }
            }
        }
    }
}
