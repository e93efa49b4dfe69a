//! What a failed call means on the command line: options in the place of fields, and commands that help on.

use super::exit::Exit;
use super::failure::{Failed, Failure};
use super::inputs::{Given, Inputs};
use super::record::Record;
use super::shell;
use super::surface::{Answer, Input, Place, Resource, Verb};
use clientsmith_runtime::Error;

impl Failed {
    /// The failure of this call.
    pub(crate) fn explained(self, resource: &Resource, verb: &Verb, inputs: &Inputs) -> Failure {
        match self {
            Self::Call(error) => of_call(error, resource, verb, inputs),
            // Nobody reads the output any more, and wants to be told nothing.
            Self::Output(failure) if failure.message.is_empty() => failure,
            Self::Output(failure) => answer_lost(failure, resource, verb, inputs),
            Self::Otherwise(failure) => failure,
        }
    }
}

fn of_call(error: Error, resource: &Resource, verb: &Verb, inputs: &Inputs) -> Failure {
    match &error {
        Error::InvalidRequest { violations, .. } => {
            let problems =
                violations.iter().map(|violation| format!("{} {}", named(verb, &violation.path), violation.rule));
            Failure::new(Exit::Usage, problems.collect::<Vec<_>>().join(";\n       ")).help("nothing was sent")
        }
        Error::Decode { .. } | Error::ResponseTooLarge { .. } => answer_lost(error.into(), resource, verb, inputs),
        Error::OutcomeUnknown { .. } => outcome_unknown(Failure::from(error), resource, verb, inputs),
        _ => error.into(),
    }
}

/// A call that was acted on, but whose answer nobody gets to see. A script must not take that for a call that failed.
fn answer_lost(failure: Failure, resource: &Resource, verb: &Verb, inputs: &Inputs) -> Failure {
    if verb.only_reads() {
        return failure;
    }
    let failure = Failure { exit: Exit::OutcomeUnknown, ..failure }.help("the API has acted on the request");
    outcome_unknown(failure, resource, verb, inputs)
}

/// What to do after a call that may have been acted on.
pub(crate) fn outcome_unknown(failure: Failure, resource: &Resource, verb: &Verb, inputs: &Inputs) -> Failure {
    let failure =
        failure.help(format!("do not repeat `{} {}` before you know: it could do it twice", resource.name, verb.name));
    match finding_out(resource, inputs) {
        Some(command) => failure.help(format!("to find out: {command}")),
        None => failure,
    }
}

/// An input as the user has given it: as an option, or as a field of a document.
fn named(verb: &Verb, path: &str) -> String {
    match verb.inputs.iter().find(|input| input.wire == path) {
        Some(Input { place: Place::Path, name, .. }) => name.to_ascii_uppercase(),
        Some(input) => format!("--{}", input.name),
        None => format!("`{path}`"),
    }
}

/// The command that lists what the call would have made, narrowed down by what it has in common with the list's filters.
fn finding_out(resource: &Resource, inputs: &Inputs) -> Option<String> {
    let list = resource
        .verbs
        .iter()
        .find(|verb| matches!(verb.answer, Answer::Rows { .. }) && verb.inputs.iter().all(|input| !input.required))?;
    let mut words = vec![env!("CARGO_PKG_NAME").to_owned(), resource.name.to_owned(), list.name.to_owned()];
    words.push("--all".to_owned());
    if let Given::Json(body) = &inputs.body {
        let record = Record::parse(body);
        for (field, value) in record.iter().flat_map(Record::iter) {
            let filter = list.inputs.iter().find(|input| input.wire == field);
            if let (Some(filter), Ok(text)) = (filter, serde_json::from_str::<String>(value.get())) {
                words.extend([format!("--{}", filter.name), shell::quoted(&text)]);
            }
        }
    }
    Some(words.join(" "))
}
