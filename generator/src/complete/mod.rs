//! Fills in optional parts of a document: operation ids, one tag per operation, and the API key. Existing parts stay
//! in place.

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
