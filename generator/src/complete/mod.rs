//! What a document may leave out → filled in: names of operations, and one tag for each. Nothing that is written moves.

use openapiv3::OpenAPI;

mod operation_ids;
mod tags;

/// Runs every pass.
pub(crate) fn complete(openapi: &mut OpenAPI) {
    operation_ids::complete(openapi);
    tags::complete(openapi);
}
