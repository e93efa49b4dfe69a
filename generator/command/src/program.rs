//! The description of a program by generated code: names, help and calls. Everything else is in the `ApiSpec`.

use clientsmith_runtime::api::{ApiSpec, Kind, Operation};
use clientsmith_runtime::mock::spec::MockSpec;
use clientsmith_runtime::{Client, Error};

use crate::inputs::{Inputs, Usage};
use crate::prepared::Prepared;

/// A command-line program for an API.
#[derive(Debug)]
pub struct Program {
    /// The description of the API.
    pub api: &'static ApiSpec,
    /// The description of the API's mock server.
    pub mock: &'static MockSpec,
    /// The SHA-256 of the document.
    pub spec_hash: &'static str,
    /// The documentation of API keys.
    pub key: &'static str,
    /// The groups of subcommands.
    pub resources: &'static [Resource],
    /// The webhooks, if the API has any.
    pub webhooks: Option<Webhooks>,
}

/// A group of subcommands.
#[derive(Debug)]
pub struct Resource {
    /// The group's name on the command line.
    pub name: &'static str,
    /// The group's help.
    pub about: &'static str,
    /// The group's subcommands.
    pub commands: &'static [Command],
}

/// A subcommand that calls an operation.
#[derive(Debug)]
pub struct Command {
    pub(crate) name: &'static str,
    pub(crate) operation: &'static Operation,
    pub(crate) about: &'static str,
    pub(crate) details: &'static str,
    pub(crate) parameters: &'static [Input],
    pub(crate) fields: &'static [Input],
    pub(crate) prepare: Prepare,
}

/// The name and help of a parameter or a body field.
#[derive(Debug)]
pub struct Input {
    /// The name on the command line: an option, or a positional argument for a path parameter.
    pub name: &'static str,
    /// The help.
    pub help: &'static str,
}

/// The webhooks of the API.
#[derive(Debug)]
pub struct Webhooks {
    /// The property with the event's name.
    pub name: &'static str,
    /// The property with the event's data.
    pub data: &'static str,
    /// The known events, with the type of their data.
    pub payloads: &'static [(&'static str, Kind)],
    /// Returns the name of a body's event; an unknown event is not an error.
    pub read: fn(&[u8]) -> Result<String, Error>,
}

/// Prepares a call of the typed client.
pub type Prepare = fn(&Client, &Inputs) -> Result<Prepared, Usage>;

impl Command {
    /// Returns a subcommand without inputs.
    pub const fn new(name: &'static str, operation: &'static Operation, about: &'static str, prepare: Prepare) -> Self {
        Self { name, operation, about, details: "", parameters: &[], fields: &[], prepare }
    }

    /// Adds more help.
    #[must_use]
    pub const fn details(mut self, details: &'static str) -> Self {
        self.details = details;
        self
    }

    /// Adds an input for each parameter of the operation.
    #[must_use]
    pub const fn parameters(mut self, parameters: &'static [Input]) -> Self {
        self.parameters = parameters;
        self
    }

    /// Adds an input for each field of the operation's body.
    #[must_use]
    pub const fn fields(mut self, fields: &'static [Input]) -> Self {
        self.fields = fields;
        self
    }
}
