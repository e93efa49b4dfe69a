//! What a document may leave out → filled in: names of operations, one tag for each, and how the API key is sent. Nothing that
//! is written moves.

use openapiv3::OpenAPI;

use crate::config::Config;

mod operation_ids;
mod security;
mod tags;

/// Runs every pass.
pub(crate) fn complete(openapi: &mut OpenAPI, config: &Config) {
    security::complete(openapi, config);
    operation_ids::complete(openapi);
    tags::complete(openapi);
}
