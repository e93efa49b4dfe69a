//! The API as a command line offers it.

use super::{Operation, Rule};
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

impl CommandGroup {
    /// Its commands, each with its operation.
    pub(crate) fn of<'a>(
        &'a self,
        operations: &'a [Operation],
    ) -> impl Iterator<Item = (&'a Command, &'a Operation)> + use<'a> {
        self.commands.iter().zip(operations)
    }
}
