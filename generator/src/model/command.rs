//! Describes the API as a command line: groups, commands and their inputs.

use super::operation::Operation;

/// The commands of one resource.
#[derive(Debug)]
pub(crate) struct CommandGroup {
    pub(crate) name: String,
    pub(crate) about: String,
    /// One command per operation.
    pub(crate) commands: Vec<Command>,
}

/// The command of one operation.
#[derive(Debug)]
pub(crate) struct Command {
    pub(crate) name: String,
    pub(crate) about: String,
    /// Long help below `about`.
    pub(crate) details: String,
    /// One input per parameter.
    pub(crate) parameters: Vec<CommandInput>,
    /// One input per field of the body, if the body is passed field by field.
    pub(crate) fields: Vec<CommandInput>,
}

/// A command-line input for a parameter or a field of the body.
#[derive(Debug)]
pub(crate) struct CommandInput {
    /// The name on the command line.
    pub(crate) name: String,
    pub(crate) help: String,
}

impl CommandGroup {
    /// Returns the commands, each with its operation.
    pub(crate) fn of<'a>(
        &'a self,
        operations: &'a [Operation],
    ) -> impl Iterator<Item = (&'a Command, &'a Operation)> + use<'a> {
        self.commands.iter().zip(operations)
    }
}
