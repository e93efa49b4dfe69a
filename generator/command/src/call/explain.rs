//! Explains the errors of a call in terms of the command line: options instead of fields, and the command to run next.

use clientsmith_runtime::Error;

use crate::error::{CallError, CommandError};
use crate::exit::Exit;
use crate::inputs::{Inputs, RequestBody};
use crate::json::RawObject;
use crate::shell;
use crate::surface::{Argument, Group, ResponseBody, Role, Subcommand};

/// Explains the errors of one call.
pub(super) struct Explainer<'a> {
    /// The name of the program.
    pub(super) program: &'a str,
    pub(super) group: &'a Group,
    pub(super) subcommand: &'a Subcommand,
    pub(super) inputs: &'a Inputs,
}

impl Explainer<'_> {
    pub(super) fn explain(&self, error: CallError) -> CommandError {
        match error {
            CallError::Client(error) => self.client_error(error),
            // The reader of the output is gone.
            CallError::Output(error) if error.message.is_empty() => error,
            CallError::Output(error) => self.response_lost(error),
            CallError::Other(error) => error,
        }
    }

    /// The error of a call that the user interrupted.
    pub(super) fn interrupted(&self) -> CommandError {
        let error = CommandError::new(Exit::Interrupted, "interrupted");
        if self.subcommand.only_reads() {
            return error;
        }
        self.outcome_unknown(error.help("the request may have been sent, and the API may have processed it"))
    }

    fn client_error(&self, error: Error) -> CommandError {
        match &error {
            Error::InvalidRequest { violations, .. } => {
                let problems =
                    violations.iter().map(|violation| format!("{} {}", self.named(&violation.path), violation.rule));
                CommandError::new(Exit::Usage, problems.collect::<Vec<_>>().join(";\n       ")).help("nothing was sent")
            }
            Error::Decode { .. } | Error::ResponseTooLarge { .. } => self.response_lost(error.into()),
            Error::OutcomeUnknown { .. } => self.outcome_unknown(error.into()),
            _ => error.into(),
        }
    }

    /// The API has processed the call, but its response is lost. A script must not mistake this for a failed call.
    fn response_lost(&self, error: CommandError) -> CommandError {
        if self.subcommand.only_reads() {
            return error;
        }
        let error = CommandError { exit: Exit::OutcomeUnknown, ..error }.help("the API has processed the request");
        self.outcome_unknown(error)
    }

    /// Adds instructions for a call that the API may have processed.
    fn outcome_unknown(&self, error: CommandError) -> CommandError {
        let (group, subcommand) = (self.group.name, self.subcommand.name);
        let error = error
            .help(format!("do not run `{group} {subcommand}` again before you know: it could create the object twice"));
        match self.listing_command() {
            Some(command) => error.help(format!("check with: {command}")),
            None => error,
        }
    }

    /// Returns an argument's name on the command line: an option, or a field of a document.
    fn named(&self, path: &str) -> String {
        match self.subcommand.arguments.iter().find(|argument| argument.wire == path) {
            Some(Argument { role: Role::Path, name, .. }) => name.to_ascii_uppercase(),
            Some(argument) => format!("--{}", argument.name),
            None => format!("`{path}`"),
        }
    }

    /// Returns the command that lists objects the call may have created, filtered by values from the body.
    fn listing_command(&self) -> Option<String> {
        let list = self.group.subcommands.iter().find(|subcommand| {
            matches!(subcommand.response, ResponseBody::Rows { .. })
                && subcommand.arguments.iter().all(|argument| !argument.required)
        })?;
        let mut words = [self.program, self.group.name, list.name, "--all"].map(str::to_owned).to_vec();
        if let RequestBody::Json(body) = &self.inputs.body {
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
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::PROGRAM;
    use crate::surface::Surface;

    #[test]
    fn after_an_interrupted_create_the_list_is_named() {
        let surface = Surface::of(&PROGRAM);
        let [group] = surface.groups else { panic!("one group") };
        let [list, create] = group.subcommands else { panic!("two subcommands") };
        let body = RequestBody::Json(r#"{"email":"ada@example.com","visits":1}"#.to_owned());
        let inputs = Inputs { body, ..Inputs::default() };
        let explainer = |subcommand| Explainer { program: surface.program, group, subcommand, inputs: &inputs };
        assert_eq!(explainer(list).interrupted().to_string(), "interrupted");
        assert_eq!(
            explainer(create).interrupted().to_string(),
            "interrupted\n  the request may have been sent, and the API may have processed it\n  \
             do not run `people create` again before you know: it could create the object twice\n  \
             check with: example people list --all --email 'ada@example.com'"
        );
    }
}
