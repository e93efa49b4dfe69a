//! OpenAPI → the same API written in one way: no references but to schemas, one success response, nothing inline
//! that needs a name. Each pass is idempotent.

use openapiv3::OpenAPI;

use crate::document::Webhooks;

mod aliases;
mod compositions;
mod discriminators;
pub(crate) mod inline;
mod media;
mod names;
mod references;
mod responses;
mod untyped;
mod webhooks;

/// Runs every pass.
pub(crate) fn normalise(openapi: &OpenAPI, webhooks: &Webhooks) -> (OpenAPI, Webhooks) {
    let mut openapi = references::expand(openapi);
    let mut webhooks = webhooks::name_bodies(&mut openapi, webhooks);
    aliases::follow(&mut openapi, &mut webhooks);
    media::choose(&mut openapi);
    responses::keep_success(&mut openapi);
    untyped::give_types(&mut openapi);
    compositions::merge(&mut openapi);
    discriminators::spell_out(&mut openapi);
    names::adapt(&mut openapi);
    inline::hoist(&mut openapi);
    (openapi, webhooks)
}
