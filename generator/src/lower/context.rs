//! Collects the facts behind the decisions of the model: tags, reachable components and envelopes.

use std::collections::{BTreeSet, HashSet};

use indexmap::IndexMap;
use openapiv3::{ObjectType, OpenAPI, Operation, ReferenceOr, Schema, SchemaKind, Type};

use super::bodies::{content, failure_kinds, is_plain_json, success_kinds};
use super::boxes::Boxes;
use super::constants::Constants;
use crate::config::Config;
use crate::document::{Endpoint, Webhooks, operations, resolve, schema_of};
use crate::kind::{Kind, enumeration, is_scalar, kind_of};
use crate::media::Media;
use crate::naming::{snake, unused};
use crate::uses::Uses;
use crate::{docs, security, servers};

/// The facts behind the decisions of the model.
pub(super) struct Context<'a> {
    pub(super) openapi: &'a OpenAPI,
    pub(super) config: &'a Config,
    pub(super) webhooks: &'a Webhooks,
    /// The module of each tag with its operations, in the order of the document's tags.
    pub(super) by_tag: Vec<(String, Vec<Endpoint<'a>>)>,
    /// The paths above those of single objects, which end with a parameter.
    pub(super) parents: HashSet<&'a str>,
    /// The references between components.
    pub(super) uses: Uses,
    /// The recursive types.
    pub(super) boxes: Boxes<'a>,
    /// The properties with a single possible value.
    pub(super) constants: Constants<'a>,
    /// The base URL of all calls.
    pub(super) base_url: Option<String>,
    /// The security schemes of the client's keys.
    pub(super) schemes: Vec<&'a str>,
    /// The components reachable from request bodies and parameters.
    pub(super) requests: BTreeSet<String>,
    /// The components reachable from responses and webhooks, and the public ones reachable from error responses.
    pub(super) responses: BTreeSet<String>,
    /// The components that parameters and parts of bodies refer to.
    pub(super) parameters: BTreeSet<String>,
    /// The components that are only envelopes.
    pub(super) internal: BTreeSet<String>,
    /// The component of the pagination object.
    pub(super) pagination: Option<String>,
}

impl<'a> Context<'a> {
    pub(super) fn new(openapi: &'a OpenAPI, webhooks: &'a Webhooks, config: &'a Config) -> Self {
        let mut context = Self {
            openapi,
            config,
            webhooks,
            by_tag: by_tag(openapi),
            parents: parents(openapi),
            uses: Uses::of(openapi),
            boxes: Boxes::of(openapi),
            constants: Constants::of(openapi, &config.rename),
            base_url: servers::base_url(openapi),
            schemes: security::schemes(openapi),
            requests: BTreeSet::new(),
            responses: BTreeSet::new(),
            parameters: BTreeSet::new(),
            internal: BTreeSet::new(),
            pagination: None,
        };
        let bodies = operations(openapi).filter_map(|endpoint| context.body(endpoint.operation));
        let successes = operations(openapi).flat_map(|endpoint| success_kinds(endpoint.operation));
        let payloads = webhooks.values().filter_map(|operation| context.payload(operation));
        let parts = operations(openapi).flat_map(|endpoint| context.parts(endpoint.operation));
        let parameters = operations(openapi).flat_map(|endpoint| parameters(endpoint.operation));
        let parameters: BTreeSet<_> = parameters.chain(parts).collect();
        // Users create values of the types in parameters, too.
        let requests = context.uses.below(names(bodies).chain(parameters.iter().cloned()));
        let responses = context.uses.below(names(successes.chain(payloads)));
        (context.requests, context.responses, context.parameters) = (requests, responses, parameters);
        context.wrapping();
        context.error_responses();
        context
    }

    /// Finds the envelopes, and the pagination object in them.
    fn wrapping(&mut self) {
        let inside: BTreeSet<_> =
            self.requests.iter().chain(&self.responses).flat_map(|name| self.uses.by(name)).cloned().collect();
        let payloads = self.webhooks.values().filter_map(|operation| self.payload(operation));
        let payloads: BTreeSet<_> = names(payloads).collect();
        for endpoint in operations(self.openapi) {
            for response in success_kinds(endpoint.operation) {
                let Kind::Named(name) = response else { continue };
                let Some(object) = self.object(&name).filter(|object| self.envelope(object).is_some()) else {
                    continue;
                };
                if [&self.requests, &inside, &payloads].iter().any(|names| names.contains(&name)) {
                    continue;
                }
                let pagination =
                    self.config.pagination.as_ref().and_then(|config| object.properties.get(&config.property));
                if let Some(Kind::Named(pagination)) = pagination.map(|property| kind_of(&property.clone().unbox())) {
                    self.internal.insert(pagination.clone());
                    self.pagination = Some(pagination);
                }
                self.internal.insert(name);
            }
        }
    }

    /// Adds components reachable from error responses. An error body that contains an envelope has no type, because
    /// envelopes are internal.
    fn error_responses(&mut self) {
        let bodies = operations(self.openapi).flat_map(|endpoint| failure_kinds(endpoint.operation));
        let holders = self.uses.above(self.internal.iter().cloned());
        let named: BTreeSet<_> = names(bodies).filter(|name| !holders.contains(name)).collect();
        let reached = self.uses.below(named);
        self.responses.extend(reached);
    }

    /// Whether a type of responses or error responses is public.
    pub(super) fn is_shown(&self, name: &str) -> bool {
        self.responses.contains(name) && !self.internal.contains(name)
    }

    /// Whether values of a type may contain values of a component.
    pub(super) fn reaches(&self, kind: &Kind, name: &str) -> bool {
        self.uses.below(kind.named().map(str::to_owned)).contains(name)
    }

    /// Returns the types that an operation refers to directly: parameters, body, and the data of its response.
    pub(super) fn direct(&self, endpoint: &Endpoint<'_>) -> Vec<String> {
        let opened = |kind: Kind| match kind.named().and_then(|name| self.object(name)) {
            Some(object) => self.envelope(object).map_or(kind, |data| kind_of(&data.clone().unbox())),
            None => kind,
        };
        let responses = success_kinds(endpoint.operation).into_iter().map(opened);
        let bodies = self.body(endpoint.operation).into_iter().chain(responses);
        bodies.filter_map(|kind| kind.named().map(str::to_owned)).chain(parameters(endpoint.operation)).collect()
    }

    /// Returns the type of an operation's request body.
    pub(super) fn body(&self, operation: &Operation) -> Option<Kind> {
        self.media(operation).map(|(_, kind)| kind)
    }

    /// Returns the types that the parts of an operation's body refer to.
    fn parts(&self, operation: &Operation) -> Vec<String> {
        let object = match self.media(operation) {
            Some((Media::Multipart, Kind::Named(name))) => self.object(&name),
            _ => None,
        };
        let properties = object.iter().flat_map(|object| object.properties.values());
        names(properties.map(|property| kind_of(&property.clone().unbox()))).collect()
    }

    /// Returns the type of an event's payload.
    pub(super) fn payload(&self, operation: &Operation) -> Option<Kind> {
        let config = self.config.webhooks.as_ref()?;
        let body = self.object(self.body(operation)?.named()?)?;
        Some(kind_of(&body.properties.get(&config.data)?.clone().unbox()))
    }

    /// Returns the encoding and the type of an operation's request body.
    pub(super) fn media(&self, operation: &Operation) -> Option<(Media, Kind)> {
        let (media, kind) = content(&resolve(self.openapi, operation.request_body.as_ref()?)?.content)?;
        // A request does not send null: it has no body instead.
        Some((media, kind.present().clone()))
    }

    /// Returns the `Content-Type` of an operation's request body.
    pub(super) fn media_type(&self, operation: &Operation, media: &Media) -> String {
        let name = match media {
            Media::Form => "application/x-www-form-urlencoded",
            Media::Multipart => "multipart/form-data",
            // A range is not a valid content type.
            Media::Text(name) if name.contains('*') => "text/plain",
            Media::Bytes(name) if name.contains('*') => "application/octet-stream",
            Media::Text(name) | Media::Bytes(name) | Media::Lines(name) => name,
            Media::Events => "text/event-stream",
            Media::Json => {
                let body = operation.request_body.as_ref().and_then(|body| resolve(self.openapi, body));
                let name = body.and_then(|body| body.content.keys().next()).filter(|name| !is_plain_json(name));
                name.map_or("application/json", String::as_str)
            }
        };
        name.to_owned()
    }

    /// Returns the data of an envelope; `None` if the object is not an envelope.
    pub(super) fn envelope<'o>(&self, object: &'o ObjectType) -> Option<&'o ReferenceOr<Box<Schema>>> {
        object.properties.get(&self.config.envelope.as_ref()?.data)
    }

    pub(super) fn has_pagination(&self, object: &ObjectType) -> bool {
        self.config.pagination.as_ref().is_some_and(|config| object.properties.contains_key(&config.property))
    }

    /// Whether a type in a request checks its own values.
    pub(super) fn knows_rules(&self, kind: &Kind) -> bool {
        kind.named().is_some_and(|name| !self.is_enumeration(name))
    }

    fn is_enumeration(&self, name: &str) -> bool {
        let schema = self.openapi.components.as_ref().and_then(|components| components.schemas.get(name));
        schema.and_then(ReferenceOr::as_item).is_some_and(|schema| enumeration(schema).is_some())
    }

    /// Whether a value cannot be written as a single string.
    pub(super) fn is_structured(&self, kind: &Kind) -> bool {
        match kind {
            Kind::List(_) | Kind::Map(_) | Kind::Json | Kind::JsonObject => true,
            Kind::Named(name) => {
                let schema = self.openapi.components.as_ref().and_then(|components| components.schemas.get(name));
                !schema.and_then(|schema| resolve(self.openapi, schema)).is_some_and(is_scalar)
            }
            _ => false,
        }
    }

    /// Whether a response is a list, or an object around a single one.
    pub(super) fn is_list(&self, kind: &Kind) -> bool {
        let object = match kind.present() {
            Kind::Named(name) => self.object(name),
            kind => return matches!(kind, Kind::List(_)),
        };
        let Some(object) = object else { return false };
        let lists = object
            .properties
            .values()
            .filter(|property| matches!(kind_of(&(*property).clone().unbox()).present(), Kind::List(_)));
        lists.count() == 1
    }

    /// Returns the first sentence of a named type's description.
    pub(super) fn first_sentence(&self, kind: &Kind) -> Option<String> {
        let schema = self.openapi.components.as_ref()?.schemas.get(kind.named()?)?;
        let description = resolve(self.openapi, schema)?.schema_data.description.as_deref()?;
        Some(docs::first_sentence(description))
    }

    /// Returns the component with this name, if it has fields.
    pub(super) fn object(&self, name: &str) -> Option<&'a ObjectType> {
        let schema = self.openapi.components.as_ref()?.schemas.get(name)?;
        match &resolve(self.openapi, schema)?.schema_kind {
            SchemaKind::Type(Type::Object(object)) if !object.properties.is_empty() => Some(object),
            _ => None,
        }
    }
}

/// Returns the types that an operation's parameters refer to.
fn parameters(operation: &Operation) -> impl Iterator<Item = String> {
    operation.parameters.iter().filter_map(ReferenceOr::as_item).filter_map(|parameter| {
        let schema = schema_of(parameter.parameter_data_ref())?;
        kind_of(schema).named().map(str::to_owned)
    })
}

/// Modules that are not resources, and methods of a client that do not return resources.
const TAKEN: [&str; 25] = [
    "bodies",
    "common",
    "error",
    "types",
    "from_env",
    "with_client_credentials",
    "new",
    "builder",
    "base_url",
    "clone",
    "request",
    // Methods of every value, which would be called in place of a method that borrows it.
    "into",
    "try_into",
    // Crates that generated files refer to by name.
    "rt",
    "clientsmith_runtime",
    "clientsmith_command",
    "std",
    "core",
    "alloc",
    "serde",
    "serde_json",
    "bytes",
    "jiff",
    "rust_decimal",
    "uuid",
];

/// Returns the module of a tag.
fn module(tag: &str) -> String {
    unused(snake(tag), &TAKEN)
}

fn parents(openapi: &OpenAPI) -> HashSet<&str> {
    let split = openapi.paths.paths.keys().filter_map(|path| path.trim_end_matches('/').rsplit_once('/'));
    split.filter(|(_, last)| last.starts_with('{') && last.ends_with('}')).map(|(parent, _)| parent).collect()
}

fn by_tag(openapi: &OpenAPI) -> Vec<(String, Vec<Endpoint<'_>>)> {
    let mut by_tag: IndexMap<String, Vec<Endpoint<'_>>> =
        openapi.tags.iter().map(|tag| (module(&tag.name), Vec::new())).collect();
    for endpoint in operations(openapi) {
        let module = module(endpoint.operation.tags.first().map(String::as_str).unwrap_or_default());
        by_tag.entry(module).or_default().push(endpoint);
    }
    by_tag.into_iter().filter(|(_, endpoints)| !endpoints.is_empty()).collect()
}

/// Returns the innermost named types.
fn names(kinds: impl Iterator<Item = Kind>) -> impl Iterator<Item = String> {
    kinds.filter_map(|kind| kind.named().map(str::to_owned))
}
