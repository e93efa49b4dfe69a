//! A program as generated code describes it: names, help and calls. Everything else is in the `ApiSpec`.

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
    /// The description of its mock server.
    pub mock: &'static MockSpec,
    /// The SHA-256 of the document.
    pub spec_hash: &'static str,
    /// What the document says about API keys.
    pub key: &'static str,
    /// The groups of subcommands.
    pub resources: &'static [Resource],
    /// The webhooks, if the API has any.
    pub webhooks: Option<Webhooks>,
}

/// A group of subcommands.
#[derive(Debug)]
pub struct Resource {
    /// Its name on the command line.
    pub name: &'static str,
    /// Its help.
    pub about: &'static str,
    /// Its subcommands.
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

/// The name and help of a parameter or of a field of the body.
#[derive(Debug)]
pub struct Input {
    /// Its name on the command line: of an option, or of a positional argument if it is in the path.
    pub name: &'static str,
    /// Its help.
    pub help: &'static str,
}

/// The webhooks of the API.
#[derive(Debug)]
pub struct Webhooks {
    /// The property of a body that names the event.
    pub name: &'static str,
    /// The property that holds the data of the event.
    pub data: &'static str,
    /// The known events, and the type of the data of each.
    pub payloads: &'static [(&'static str, Kind)],
    /// Returns the name of a body's event; an unknown event is no error.
    pub read: fn(&[u8]) -> Result<String, Error>,
}

/// Prepares a call of the typed client.
pub type Prepare = fn(&Client, &Inputs) -> Result<Prepared, Usage>;

impl Command {
    /// A subcommand without inputs.
    pub const fn new(name: &'static str, operation: &'static Operation, about: &'static str, prepare: Prepare) -> Self {
        Self { name, operation, about, details: "", parameters: &[], fields: &[], prepare }
    }

    /// The same subcommand with more help.
    #[must_use]
    pub const fn details(mut self, details: &'static str) -> Self {
        self.details = details;
        self
    }

    /// The same subcommand with an input for each parameter of its operation.
    #[must_use]
    pub const fn parameters(mut self, parameters: &'static [Input]) -> Self {
        self.parameters = parameters;
        self
    }

    /// The same subcommand with an input for each field of its operation's body.
    #[must_use]
    pub const fn fields(mut self, fields: &'static [Input]) -> Self {
        self.fields = fields;
        self
    }
}
