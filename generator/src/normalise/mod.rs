//! OpenAPI → the same API written in one way: no references but to schemas, each success response once, nothing inline
//! that needs a name. Each pass is idempotent.

use openapiv3::OpenAPI;

use crate::document::Webhooks;

mod aliases;
mod compositions;
mod discriminators;
mod failures;
pub(crate) mod inline;
mod media;
mod names;
mod references;
mod responses;
mod untyped;
mod webhooks;

/// Runs every pass.
pub(crate) fn normalise(openapi: &OpenAPI, webhooks: &Webhooks) -> (OpenAPI, Webhooks) {
    let mut openapi = references::expand(&failures::name_bodies(openapi));
    let mut webhooks = webhooks::name_bodies(&mut openapi, webhooks);
    aliases::follow(&mut openapi, &mut webhooks);
    media::choose(&mut openapi);
    responses::unify_successes(&mut openapi);
    untyped::give_types(&mut openapi);
    compositions::merge(&mut openapi);
    discriminators::spell_out(&mut openapi);
    names::adapt(&mut openapi);
    inline::hoist(&mut openapi);
    (openapi, webhooks)
}
