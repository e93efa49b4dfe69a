//! Puts the model together.

use openapiv3::OpenAPI;

use super::context::{Context, components};
use super::{Api, Policy, Resource, files, operations, schemas};
use crate::config::Config;
use crate::document::resolve;
use crate::naming::upper_camel;
use crate::source::join;

/// A normalised document and settings → the model.
pub(crate) fn model(openapi: &OpenAPI, config: &Config) -> Api {
    let context = Context::new(openapi, config);
    let homes = files::homes(&context);
    let schemas = components(openapi)
        .filter_map(|(name, schema)| Some((name, schema, homes.get(name)?.clone())))
        .filter_map(|(name, schema, home)| Some(schemas::build(&context, name, resolve(openapi, schema)?, home)))
        .collect();
    Api {
        title: openapi.info.title.clone(),
        version: openapi.info.version.clone(),
        policy: policy(openapi, config),
        resources: resources(&context),
        schemas,
    }
}

fn policy(openapi: &OpenAPI, config: &Config) -> Policy {
    let server = openapi.servers.first().map(|server| server.url.trim_end_matches('/').to_owned());
    Policy {
        base_url: server.unwrap_or_default(),
        api_key_variable: config.environment.api_key.clone(),
        base_url_variable: config.environment.base_url.clone(),
        failure_flag: config.envelope.as_ref().map(|envelope| join("", &envelope.success)).unwrap_or_default(),
        failure_message: config.failure.message.clone(),
        failure_code: config.failure.code.clone(),
        rate_limit: config.rate_limit.map(|limit| (limit.requests, limit.window_seconds)),
    }
}

fn resources(context: &Context<'_>) -> Vec<Resource> {
    context
        .by_tag
        .iter()
        .map(|(module, places)| {
            let tag = places.first().and_then(|place| place.operation.tags.first()).cloned().unwrap_or_default();
            Resource {
                module: module.clone(),
                type_name: upper_camel(&tag),
                docs: context
                    .openapi
                    .tags
                    .iter()
                    .find(|other| other.name == tag)
                    .and_then(|tag| tag.description.clone()),
                operations: places.iter().map(|place| operations::build(context, place, &tag)).collect(),
                tag,
            }
        })
        .collect()
}
