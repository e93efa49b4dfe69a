//! The API as the generated crate exposes it; `lower` builds it from the document.
//!
//! Each item has a JSON pointer to its place in the document.

use crate::kind::Kind;
use crate::naming::feature;
pub(crate) use crate::security::{Auth, Credential, TokenEndpoint};

mod command;
mod example;
mod mock_server;
mod operation;
mod rule;
mod schema;

pub(crate) use command::{Command, CommandGroup, CommandInput};
pub(crate) use example::{Inputs, Literal};
pub(crate) use mock_server::{Action, Alias, Collection, Pages, Relation};
pub(crate) use operation::{
    Body, Case, Count, Encoding, ErrorResponse, Example, Listing, Location, Next, NextSource, Operation, PageNumber,
    Paging, Parameter, Part, PartHeader, PropertyEncoding, Response, Safety, Stream, Style,
};
pub(crate) use rule::{Bound, Rule};
pub(crate) use schema::{
    Condition, Constant, Enumeration, Field, Home, Member, Newtype, Object, Others, Presence, Schema, Shape, Union,
    Variant, Written,
};

/// The whole API, as the emitters read it.
#[derive(Debug)]
pub(crate) struct Api {
    pub(crate) title: String,
    pub(crate) version: String,
    pub(crate) policy: Policy,
    pub(crate) resources: Vec<Resource>,
    /// The document's description of API keys.
    pub(crate) key_docs: Option<String>,
    /// One command group per resource.
    pub(crate) commands: Vec<CommandGroup>,
    pub(crate) schemas: Vec<Schema>,
    /// Whether each tag is a feature of the crate.
    pub(crate) tag_features: bool,
    /// Whether users put files into values of some schemas.
    pub(crate) has_files: bool,
    /// JSON pointers to components that are only envelopes and have no type.
    pub(crate) envelopes: Vec<String>,
    pub(crate) collections: Vec<Collection>,
    /// The webhooks of the API, if it has any.
    pub(crate) webhooks: Option<Webhooks>,
    /// The common prefix of all paths of the API.
    pub(crate) base_path: String,
    pub(crate) pages: Option<Pages>,
    /// The properties around every success body: the flag and the data.
    pub(crate) envelope: Option<(String, String)>,
    /// The name of a standalone crate.
    pub(crate) crate_name: Option<String>,
    /// The resource and the operation to begin with, by index.
    pub(crate) first_call: Option<(usize, usize)>,
    /// The name of the crate in examples; `None` if there are no examples.
    pub(crate) library: Option<String>,
}

impl Api {
    /// Whether a list has pages without numbers.
    pub(crate) fn has_cursors(&self) -> bool {
        self.operations().filter_map(|operation| operation.paging.as_ref()).any(|paging| paging.page.is_none())
    }

    /// Whether the body of a response can be read piece by piece.
    pub(crate) fn has_downloads(&self) -> bool {
        self.operations().any(|operation| operation.response.is_file())
    }

    /// Whether a response is a stream of events or lines.
    pub(crate) fn has_streams(&self) -> bool {
        let is_stream = |response: &Response| matches!(response, Response::Events(_) | Response::Lines(_));
        self.operations().any(|operation| operation.stream.is_some() || is_stream(&operation.response))
    }

    /// Whether a request body is raw bytes.
    pub(crate) fn has_uploads(&self) -> bool {
        self.operations().filter_map(|operation| operation.body.as_ref()).any(|body| body.kind == Kind::Upload)
    }

    /// Returns the runtime's types for bodies in pieces that the crate exposes, except those with the name of a documented
    /// type.
    pub(crate) fn streaming_types(&self) -> Vec<&'static str> {
        let (downloads, streams) = (self.has_downloads(), self.has_streams());
        let groups: [(bool, &[&str]); 4] = [
            (downloads, &["Download", "Downloading", "Saving"]),
            (streams, &["Event", "Events", "Lines", "Listen", "Listening"]),
            (downloads || streams, &["Streaming"]),
            (self.has_files || self.has_uploads(), &["Upload"]),
        ];
        let names = groups.into_iter().filter(|(is_used, _)| *is_used).flat_map(|(_, names)| names);
        names.copied().filter(|name| !self.schemas.iter().any(|schema| schema.name == *name)).collect()
    }

    /// Returns the features of the tags; none if tags are no features.
    pub(crate) fn tag_features(&self) -> Vec<String> {
        let resources = self.resources.iter().filter(|_| self.tag_features);
        resources.map(|resource| feature(&resource.module)).collect()
    }

    fn operations(&self) -> impl Iterator<Item = &Operation> {
        self.resources.iter().flat_map(|resource| &resource.operations)
    }
}

/// The webhooks of the API.
#[derive(Debug)]
pub(crate) struct Webhooks {
    /// The property of every body that names the event.
    pub(crate) name: String,
    /// The property of every body that holds the payload.
    pub(crate) data: String,
    pub(crate) events: Vec<Webhook>,
}

/// One event.
#[derive(Debug)]
pub(crate) struct Webhook {
    /// The name on the wire.
    pub(crate) event: String,
    /// The name of the variant.
    pub(crate) variant: String,
    pub(crate) pointer: String,
    pub(crate) docs: Docs,
    pub(crate) deprecated: bool,
    /// The type of the payload.
    pub(crate) payload: Kind,
    /// A sample body, as JSON.
    pub(crate) sample: Option<String>,
}

/// The facts about the API that the runtime needs.
#[derive(Debug)]
pub(crate) struct Policy {
    /// Empty if the document names no server.
    pub(crate) base_url: String,
    pub(crate) api_key_variable: String,
    pub(crate) base_url_variable: String,
    pub(crate) auth: Auth,
    /// Where the client fetches tokens, if its key is such a token.
    pub(crate) token_endpoint: Option<TokenEndpoint>,
    /// The headers of every request, with their values.
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) success_flag: String,
    pub(crate) error_message: String,
    pub(crate) error_code: String,
    pub(crate) rate_limit: Option<(u32, u64)>,
}

/// The operations of one tag.
#[derive(Debug)]
pub(crate) struct Resource {
    /// The name of the module, and of the method that returns the resource.
    pub(crate) module: String,
    pub(crate) type_name: String,
    pub(crate) tag: String,
    pub(crate) docs: Option<String>,
    pub(crate) operations: Vec<Operation>,
}

/// A summary line and a longer description.
#[derive(Debug)]
pub(crate) struct Docs {
    pub(crate) summary: Option<String>,
    pub(crate) description: Option<String>,
}
