//! Normalises an OpenAPI document: only references to schemas, one response per success, and no inline schema that
//! needs a name. Each pass is idempotent.

use openapiv3::OpenAPI;

use crate::config::Config;
use crate::document::Webhooks;
use crate::load::Document;

mod aliases;
mod alternatives;
mod bodiless;
mod compositions;
pub(crate) mod directions;
mod discriminators;
mod error_responses;
pub(crate) mod inline;
mod intersections;
mod media;
mod names;
mod nulls;
pub(crate) mod parts;
mod references;
mod responses;
mod streams;
mod untyped;
mod webhooks;
mod wholes;

/// Runs every pass.
pub(crate) fn normalise(document: &Document, config: &Config) -> (OpenAPI, Webhooks) {
    let (mut openapi, mut webhooks) = (document.openapi.clone(), document.webhooks.clone());
    error_responses::name_bodies(&mut openapi);
    references::expand(&mut openapi, config);
    bodiless::empty(&mut openapi);
    webhooks::name_bodies(&mut openapi, &mut webhooks);
    aliases::follow(&mut openapi, &mut webhooks);
    media::choose(&mut openapi, config);
    responses::unify_successes(&mut openapi);
    intersections::merge(&mut openapi);
    untyped::give_types(&mut openapi);
    compositions::merge(&mut openapi);
    discriminators::spell_out(&mut openapi);
    parts::describe(&mut openapi);
    names::adapt(&mut openapi, &config.rename);
    inline::hoist(&mut openapi, &config.rename);
    directions::split(&mut openapi, &mut webhooks);
    nulls::lift(&mut openapi);
    (openapi, webhooks)
}
