//! OpenAPI → the same API written in one way: no references but to schemas, one success response, nothing inline
//! that needs a name. Each pass is idempotent.

use openapiv3::OpenAPI;

pub(crate) mod inline;
mod names;
pub(crate) mod references;
mod responses;

/// Runs every pass.
pub(crate) fn normalise(openapi: &OpenAPI) -> OpenAPI {
    let mut openapi = references::expand(openapi);
    responses::keep_success(&mut openapi);
    names::adapt(&mut openapi);
    inline::hoist(&mut openapi);
    openapi
}
