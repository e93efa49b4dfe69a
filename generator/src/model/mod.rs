//! The API as the generated crate shows it. `lower` decides what is in it.
//!
//! Each item knows where it stands in the text of the document, by a JSON pointer.

use crate::kind::Kind;
pub(crate) use crate::security::{Auth, Credential};

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
    Body, Case, Count, Encoding, ErrorResponse, Example, Location, Operation, Paging, Parameter, Part, PartHeader,
    PropertyEncoding, Response, Safety, Style,
};
pub(crate) use rule::{Bound, Rule};
pub(crate) use schema::{
    Condition, Constant, Enumeration, Field, Home, Member, Newtype, Object, Others, Presence, Schema, Shape, Union,
    Variant, Written,
};

/// Everything that the emitters need.
#[derive(Debug)]
pub(crate) struct Api {
    pub(crate) title: String,
    pub(crate) version: String,
    pub(crate) policy: Policy,
    pub(crate) resources: Vec<Resource>,
    /// What the document says about API keys.
    pub(crate) key_docs: Option<String>,
    /// One for each resource.
    pub(crate) commands: Vec<CommandGroup>,
    pub(crate) schemas: Vec<Schema>,
    /// Whether users put files into some of them.
    pub(crate) has_files: bool,
    /// Where the components stand that are nothing but envelopes, which have no type.
    pub(crate) envelopes: Vec<String>,
    pub(crate) collections: Vec<Collection>,
    /// What the API sends by itself, if anything.
    pub(crate) webhooks: Option<Webhooks>,
    /// Where every path of the API begins.
    pub(crate) base_path: String,
    pub(crate) pages: Option<Pages>,
    /// The properties around every success body: the flag and the data.
    pub(crate) envelope: Option<(String, String)>,
    /// What examples call the crate, if there are to be any.
    pub(crate) library: Option<String>,
}

/// What the API sends by itself.
#[derive(Debug)]
pub(crate) struct Webhooks {
    /// The property of every body that names the event.
    pub(crate) name: String,
    /// The one that holds what the event is about.
    pub(crate) data: String,
    pub(crate) events: Vec<Webhook>,
}

/// One event.
#[derive(Debug)]
pub(crate) struct Webhook {
    /// Its name on the wire.
    pub(crate) event: String,
    /// Its variant.
    pub(crate) variant: String,
    pub(crate) pointer: String,
    pub(crate) docs: Docs,
    pub(crate) deprecated: bool,
    /// What it is about.
    pub(crate) payload: Kind,
    /// A body, as JSON.
    pub(crate) sample: Option<String>,
}

/// What the runtime knows about the API.
#[derive(Debug)]
pub(crate) struct Policy {
    /// Empty if the document names no server.
    pub(crate) base_url: String,
    pub(crate) api_key_variable: String,
    pub(crate) base_url_variable: String,
    pub(crate) auth: Auth,
    pub(crate) success_flag: String,
    pub(crate) error_message: String,
    pub(crate) error_code: String,
    pub(crate) rate_limit: Option<(u32, u64)>,
}

/// The operations of one tag.
#[derive(Debug)]
pub(crate) struct Resource {
    /// The name of its module, and of the method that leads to it.
    pub(crate) module: String,
    pub(crate) type_name: String,
    pub(crate) tag: String,
    pub(crate) docs: Option<String>,
    pub(crate) operations: Vec<Operation>,
}

/// A summary line and what follows it.
#[derive(Debug)]
pub(crate) struct Docs {
    pub(crate) summary: Option<String>,
    pub(crate) description: Option<String>,
}
