//! Turns the normalised document and the settings into the model. Every decision is made here.

use openapiv3::OpenAPI;

use crate::config::{Config, Pagination};
use crate::document::{Webhooks, components, resolve};
use crate::kind::Kind;
use crate::model::{Api, Pages, Policy, Resource, Schema, Shape};
use crate::naming::{Names, type_name};
use crate::origin;
use crate::samples::Samples;
use crate::security;
use crate::servers;
use crate::source::join;
use context::Context;

mod bodies;
mod boxes;
mod checks;
mod collections;
mod commands;
mod constants;
mod context;
mod conversions;
mod error_responses;
mod examples;
mod field_names;
mod files;
mod literals;
mod operations;
mod paging;
mod properties;
mod responses;
mod schemas;
mod unions;
mod variants;
mod webhooks;

/// Builds the model.
pub(crate) fn lower(openapi: &OpenAPI, webhooks: &Webhooks, config: &Config, samples: &Samples) -> Api {
    let context = Context::new(openapi, webhooks, config);
    let homes = files::homes(&context);
    let schemas: Vec<Schema> = components(openapi)
        .filter_map(|(name, schema)| Some((name, schema, homes.get(name)?.clone())))
        .filter_map(|(name, schema, home)| Some(schemas::build(&context, name, resolve(openapi, schema)?, home)))
        .collect();
    let mut resources = resources(&context);
    let collections = collections::build(&mut resources, &schemas, config, samples);
    examples::choose(&mut resources, &schemas, config, samples);
    Api {
        key_docs: security::description(openapi).map(|text| commands::paragraphs(&text)),
        commands: commands::build(&resources, &schemas),
        collections,
        webhooks: webhooks::build(&context, samples),
        base_path: base_path(openapi),
        pages: config.pagination.as_ref().map(pages),
        envelope: config.envelope.as_ref().map(|envelope| (envelope.success.clone(), envelope.data.clone())),
        crate_name: config.crate_name.clone(),
        first_call: examples::first(&resources),
        library: config.examples.as_ref().map(|examples| examples.library.clone()),
        title: openapi.info.title.clone(),
        version: openapi.info.version.clone(),
        policy: policy(openapi, config),
        tag_features: config.tag_features,
        has_files: schemas.iter().any(has_files),
        resources,
        schemas,
        envelopes: envelopes(&context),
    }
}

/// Whether users put files into values of a type.
fn has_files(schema: &Schema) -> bool {
    let Shape::Object(object) = &schema.shape else { return false };
    object.fields.iter().any(|field| match &field.kind {
        Kind::List(item) => **item == Kind::File,
        kind => *kind == Kind::File,
    })
}

/// Returns the pointers of the envelopes in the document.
fn envelopes(context: &Context<'_>) -> Vec<String> {
    let envelopes = components(context.openapi).filter(|(name, _)| context.internal.contains(*name));
    envelopes.filter_map(|(_, schema)| Some(origin::of(schema.as_item()?).to_owned())).collect()
}

/// Returns the path of the base URL, without a trailing slash.
fn base_path(openapi: &OpenAPI) -> String {
    let Some(url) = servers::base_url(openapi) else { return servers::relative_path(openapi).unwrap_or_default() };
    let after_scheme = url.split_once("://").map_or("", |(_, rest)| rest);
    after_scheme.find('/').map_or("", |at| &after_scheme[at..]).to_owned()
}

fn pages(pagination: &Pagination) -> Pages {
    let fields = pagination.fields.clone();
    Pages {
        page_parameter: pagination.page_parameter.clone(),
        limit_parameter: pagination.limit_parameter.clone(),
        property: pagination.property.clone(),
        page: fields.page,
        limit: fields.limit,
        total_count: fields.total_count,
        total_pages: fields.total_pages,
        has_more: fields.has_more,
    }
}

fn policy(openapi: &OpenAPI, config: &Config) -> Policy {
    Policy {
        base_url: servers::base_url(openapi).unwrap_or_default(),
        api_key_variable: config.environment.api_key().to_owned(),
        base_url_variable: config.environment.base_url().to_owned(),
        auth: security::auth(openapi, config.environment.api_key()),
        token_endpoint: security::token_endpoint(openapi, config),
        headers: config.headers.iter().map(|(name, value)| (name.get_ref().clone(), value.get_ref().clone())).collect(),
        success_flag: config.envelope.as_ref().map(|envelope| join("", &envelope.success)).unwrap_or_default(),
        error_message: config.error.message.clone(),
        error_code: config.error.code.clone(),
        rate_limit: config.rate_limit.map(|limit| (limit.requests, limit.window_seconds)),
    }
}

fn resources(context: &Context<'_>) -> Vec<Resource> {
    let mut types = Names::default();
    let resources = context.by_tag.iter().map(|(module, endpoints)| {
        let tag = endpoints.first().and_then(|endpoint| endpoint.operation.tags.first()).cloned().unwrap_or_default();
        let type_name = types.unused(&type_name(&tag));
        let documented = context.openapi.tags.iter().find(|other| other.name == tag);
        Resource {
            module: module.clone(),
            docs: documented.and_then(|tag| tag.description.clone()),
            operations: operations::of_resource(context, endpoints, &tag, &type_name),
            type_name,
            tag,
        }
    });
    resources.collect()
}
