//! What the command offers, as data: resources, their verbs, and what each of these takes and gives.

use super::inputs::{Inputs, Usage};
use super::prepared::Prepared;
use crate::runtime::check::Rule;
use crate::runtime::mock::table::{Kind, Table};
use crate::runtime::{Client, Error};

/// Everything that is particular to an API.
pub(crate) struct Surface {
    /// What the API is called.
    pub(crate) title: &'static str,
    pub(crate) api_version: &'static str,
    pub(crate) spec_hash: &'static str,
    /// What the documentation says about API keys.
    pub(crate) key: &'static str,
    /// The objects and lists of the API.
    pub(crate) table: &'static Table,
    pub(crate) resources: &'static [Resource],
    pub(crate) webhooks: Option<Webhooks>,
}

/// The bodies that the API sends by itself.
pub(crate) struct Webhooks {
    /// The property of a body that names the event.
    pub(crate) name: &'static str,
    /// The property that holds what the event is about.
    pub(crate) data: &'static str,
    /// The events that are known, and what each is about.
    pub(crate) payloads: &'static [(&'static str, Kind)],
    /// Says which event a body is; one that is not known is no error.
    pub(crate) read: fn(&[u8]) -> Result<String, Error>,
}

pub(crate) struct Resource {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    pub(crate) verbs: &'static [Verb],
}

/// An operation.
pub(crate) struct Verb {
    pub(crate) name: &'static str,
    /// The operation as the API's documentation names it.
    pub(crate) operation: &'static str,
    /// `GET /things`
    pub(crate) route: &'static str,
    pub(crate) about: &'static str,
    pub(crate) details: &'static str,
    /// Whether it is not done without being asked for twice.
    pub(crate) confirmed: bool,
    /// Parameters in the order of the documentation, then the fields of the body.
    pub(crate) inputs: &'static [Input],
    pub(crate) body: Body,
    pub(crate) answer: Answer,
    pub(crate) prepare: Prepare,
}

/// A parameter, or a field of the body.
pub(crate) struct Input {
    /// Its name in requests.
    pub(crate) wire: &'static str,
    /// Its name on the command line: of an option, or of an argument if it is part of the path.
    pub(crate) name: &'static str,
    pub(crate) place: Place,
    pub(crate) kind: Kind,
    pub(crate) help: &'static str,
    pub(crate) required: bool,
    pub(crate) rules: &'static [Rule],
    /// What is assumed when it is absent, as JSON.
    pub(crate) default: Option<&'static str>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Path,
    Parameter,
    Field,
}

/// How the body of a request is given.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Body {
    None,
    /// A JSON document, or an option for each field of it.
    Json,
    /// A file of whatever kind.
    File,
    /// Texts and files.
    Parts,
}

/// What the body of a success is.
#[derive(Clone, Copy)]
pub(crate) enum Answer {
    Nothing,
    /// JSON, with the value in the property `data` if that is set.
    Value {
        data: Option<&'static str>,
        kind: Option<Kind>,
    },
    /// A page of rows, which stand in the property `data`.
    Rows {
        data: &'static str,
        row: Kind,
    },
    /// Anything else.
    File,
}

/// Makes the call of the typed client.
type Prepare = fn(&Client, &Inputs) -> Result<Prepared, Usage>;

impl Verb {
    /// A verb that takes nothing.
    pub(crate) const fn new(
        name: &'static str,
        operation: &'static str,
        route: &'static str,
        about: &'static str,
        answer: Answer,
        prepare: Prepare,
    ) -> Self {
        Self {
            name,
            operation,
            route,
            about,
            details: "",
            confirmed: false,
            inputs: &[],
            body: Body::None,
            answer,
            prepare,
        }
    }

    /// Whether it changes nothing.
    pub(crate) fn only_reads(&self) -> bool {
        self.route.starts_with("GET ")
    }

    pub(crate) const fn details(mut self, details: &'static str) -> Self {
        self.details = details;
        self
    }

    pub(crate) const fn confirmed(mut self) -> Self {
        self.confirmed = true;
        self
    }

    pub(crate) const fn inputs(mut self, inputs: &'static [Input]) -> Self {
        self.inputs = inputs;
        self
    }

    pub(crate) const fn body(mut self, body: Body) -> Self {
        self.body = body;
        self
    }
}

impl Answer {
    /// The type of the value, or of a row.
    pub(crate) fn kind(self) -> Option<Kind> {
        match self {
            Self::Value { kind, .. } => kind,
            Self::Rows { row, .. } => Some(row),
            Self::Nothing | Self::File => None,
        }
    }
}

impl Input {
    pub(crate) const fn new(wire: &'static str, name: &'static str, place: Place, kind: Kind) -> Self {
        Self { wire, name, place, kind, help: "", required: false, rules: &[], default: None }
    }

    pub(crate) const fn help(mut self, help: &'static str) -> Self {
        self.help = help;
        self
    }

    pub(crate) const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    pub(crate) const fn rules(mut self, rules: &'static [Rule]) -> Self {
        self.rules = rules;
        self
    }

    pub(crate) const fn default(mut self, default: &'static str) -> Self {
        self.default = Some(default);
        self
    }
}
