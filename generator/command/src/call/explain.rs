//! What a failed call means on the command line: options in the place of fields, and commands that help on.

use clientsmith_runtime::Error;

use crate::error::{CallError, CommandError};
use crate::exit::Exit;
use crate::inputs::{Inputs, RequestBody};
use crate::json::RawObject;
use crate::shell;
use crate::surface::{Argument, Group, ResponseBody, Role, Subcommand};

impl CallError {
    /// The failure of this call.
    pub(crate) fn explain(self, group: &Group, subcommand: &Subcommand, inputs: &Inputs) -> CommandError {
        match self {
            Self::Call(error) => of_call(error, group, subcommand, inputs),
            // Nobody reads the output any more, and wants to be told nothing.
            Self::Output(error) if error.message.is_empty() => error,
            Self::Output(error) => response_lost(error, group, subcommand, inputs),
            Self::Otherwise(error) => error,
        }
    }
}

fn of_call(error: Error, group: &Group, subcommand: &Subcommand, inputs: &Inputs) -> CommandError {
    match &error {
        Error::InvalidRequest { violations, .. } => {
            let problems =
                violations.iter().map(|violation| format!("{} {}", named(subcommand, &violation.path), violation.rule));
            CommandError::new(Exit::Usage, problems.collect::<Vec<_>>().join(";\n       ")).help("nothing was sent")
        }
        Error::Decode { .. } | Error::ResponseTooLarge { .. } => response_lost(error.into(), group, subcommand, inputs),
        Error::OutcomeUnknown { .. } => outcome_unknown(CommandError::from(error), group, subcommand, inputs),
        _ => error.into(),
    }
}

/// A call that was acted on, but whose answer nobody gets to see. A script must not take that for a call that failed.
fn response_lost(error: CommandError, group: &Group, subcommand: &Subcommand, inputs: &Inputs) -> CommandError {
    if subcommand.only_reads() {
        return error;
    }
    let error = CommandError { exit: Exit::OutcomeUnknown, ..error }.help("the API has acted on the request");
    outcome_unknown(error, group, subcommand, inputs)
}

/// What to do after a call that may have been acted on.
pub(crate) fn outcome_unknown(
    error: CommandError,
    group: &Group,
    subcommand: &Subcommand,
    inputs: &Inputs,
) -> CommandError {
    let error =
        error.help(format!("do not repeat `{} {}` before you know: it could do it twice", group.name, subcommand.name));
    match listing_command(group, inputs) {
        Some(command) => error.help(format!("to find out: {command}")),
        None => error,
    }
}

/// An argument as the user has given it: as an option, or as a field of a document.
fn named(subcommand: &Subcommand, path: &str) -> String {
    match subcommand.arguments.iter().find(|argument| argument.wire == path) {
        Some(Argument { role: Role::Path, name, .. }) => name.to_ascii_uppercase(),
        Some(argument) => format!("--{}", argument.name),
        None => format!("`{path}`"),
    }
}

/// The command that lists what the call would have made, narrowed down by what it has in common with the list's filters.
fn listing_command(group: &Group, inputs: &Inputs) -> Option<String> {
    let list = group.subcommands.iter().find(|subcommand| {
        matches!(subcommand.response, ResponseBody::Rows { .. })
            && subcommand.arguments.iter().all(|argument| !argument.required)
    })?;
    let mut words = vec![env!("CARGO_PKG_NAME").to_owned(), group.name.to_owned(), list.name.to_owned()];
    words.push("--all".to_owned());
    if let RequestBody::Json(body) = &inputs.body {
        let object = RawObject::parse(body);
        for (field, value) in object.iter().flat_map(RawObject::iter) {
            let filter = list.arguments.iter().find(|argument| argument.wire == field);
            if let (Some(filter), Ok(text)) = (filter, serde_json::from_str::<String>(value.get())) {
                words.extend([format!("--{}", filter.name), shell::quoted(&text)]);
            }
        }
    }
    Some(words.join(" "))
}
