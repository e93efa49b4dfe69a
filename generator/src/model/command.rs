//! The API as a command line offers it.

use super::operation::Operation;

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
    /// One for each parameter.
    pub(crate) parameters: Vec<CommandInput>,
    /// One for each field of the body, if it is given field by field.
    pub(crate) fields: Vec<CommandInput>,
}

/// A parameter, or a field of the body.
#[derive(Debug)]
pub(crate) struct CommandInput {
    /// What it is called on the command line.
    pub(crate) name: String,
    pub(crate) help: String,
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
