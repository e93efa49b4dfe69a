//! The API as a command line offers it.

use super::operation::Operation;
use super::rule::Rule;
use crate::kind::Kind;

/// A resource.
#[derive(Debug)]
pub(crate) struct CommandGroup {
    pub(crate) name: String,
    pub(crate) about: String,
    /// One for each of its operations.
    pub(crate) commands: Vec<Command>,
}

/// An operation.
#[derive(Debug)]
pub(crate) struct Command {
    pub(crate) name: String,
    pub(crate) about: String,
    /// What there is to say beyond that.
    pub(crate) details: String,
    /// Whether it is not done without being asked for twice.
    pub(crate) confirmed: bool,
    /// Parameters, then the fields of the body.
    pub(crate) inputs: Vec<CommandInput>,
    pub(crate) body: CommandBody,
    pub(crate) answer: CommandAnswer,
}

/// A parameter, or a field of the body.
#[derive(Debug)]
pub(crate) struct CommandInput {
    pub(crate) wire: String,
    /// What it is called on the command line.
    pub(crate) name: String,
    pub(crate) place: CommandPlace,
    pub(crate) kind: Kind,
    pub(crate) help: String,
    pub(crate) required: bool,
    pub(crate) rules: Vec<Rule>,
    /// What the API assumes when it is absent, as JSON.
    pub(crate) default: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CommandPlace {
    Path,
    Parameter,
    Field,
}

/// How a body is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum CommandBody {
    None,
    Json,
    File,
    Parts,
}

/// What there is to print of a success.
#[derive(Debug)]
pub(crate) enum CommandAnswer {
    Nothing,
    /// JSON, with the value in the property `data` if that is set.
    Value {
        data: Option<String>,
        kind: Option<Kind>,
    },
    /// A page of a list, all of which can be read, with the rows in the property `data`.
    Rows {
        data: String,
        row: Kind,
    },
    /// Anything else.
    File,
}

impl CommandGroup {
    /// Its commands, each with its operation.
    pub(crate) fn of<'a>(
        &'a self,
        operations: &'a [Operation],
    ) -> impl Iterator<Item = (&'a Command, &'a Operation)> + use<'a> {
        self.commands.iter().zip(operations)
    }
}
