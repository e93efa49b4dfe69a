//! Operations → commands: what they and their inputs are called, and what their help says.

use std::collections::HashMap;

use heck::ToKebabCase;

use crate::config::Config;
use crate::docs::first_sentence;
use crate::kind::Kind;
use crate::media::Media;
use crate::model::{
    Body, Command, CommandAnswer, CommandBody, CommandGroup, CommandInput, CommandPlace, Operation, Parameter,
    Resource, Response, Schema, Shape,
};
use crate::naming::Names;

/// Commands that there are for every API.
const COMMANDS: [&str; 6] = ["auth", "completions", "export", "help", "man", "webhooks"];
/// Options that every command has.
const OPTIONS: [&str; 21] = [
    "all",
    "allow-http",
    "api-key-file",
    "base-url",
    "body",
    "color",
    "columns",
    "dry-run",
    "help",
    "json",
    "mock",
    "output",
    "part",
    "quiet",
    "rate-limit",
    "retries",
    "time",
    "timeout",
    "verbose",
    "version",
    "yes",
];

/// What the types are, by their names.
type Shapes<'a> = HashMap<&'a str, &'a Shape>;

pub(super) fn build(resources: &[Resource], schemas: &[Schema], config: &Config) -> Vec<CommandGroup> {
    let shapes = schemas.iter().map(|schema| (schema.name.as_str(), &schema.shape)).collect();
    let mut names = Names::of(COMMANDS);
    let groups = resources.iter().map(|resource| {
        let mut commands = Names::of(["help"]);
        CommandGroup {
            name: free(&mut names, &resource.module, "api"),
            about: paragraphs(resource.docs.as_deref().unwrap_or(&resource.tag)),
            commands: resource
                .operations
                .iter()
                .map(|operation| {
                    let name = free(&mut commands, &operation.method, "call");
                    command(operation, name, &shapes, config)
                })
                .collect(),
        }
    });
    groups.collect()
}

fn command(operation: &Operation, name: String, shapes: &Shapes<'_>, config: &Config) -> Command {
    let mut names = Names::of(OPTIONS);
    let mut inputs: Vec<_> = operation.parameters.iter().map(|parameter| of_parameter(parameter, &mut names)).collect();
    if let Some(Shape::Object(object)) = operation.body.as_ref().and_then(|body| fields_of(body, shapes)) {
        inputs.extend(object.fields.iter().map(|field| CommandInput {
            name: free(&mut names, &field.wire, "field"),
            place: CommandPlace::Field,
            kind: field.kind.clone(),
            help: field.docs.as_deref().map(paragraphs).unwrap_or_default(),
            required: field.presence.is_required(),
            rules: field.rules.clone(),
            default: None,
            wire: field.wire.clone(),
        }));
    }
    let description = operation.docs.description.as_deref().map(paragraphs).unwrap_or_default();
    let (about, details) = match &operation.docs.summary {
        Some(summary) => (paragraphs(summary), description),
        None if description.is_empty() => (format!("Calls {}.", operation.id), description),
        None => (first_sentence(&description), description),
    };
    Command {
        answer: answer(operation, &operation.response, config.envelope.as_ref().map(|envelope| envelope.data.as_str())),
        name,
        about,
        details,
        confirmed: config.command.confirm.iter().any(|id| *id.get_ref() == operation.id),
        inputs,
        body: operation.body.as_ref().map_or(CommandBody::None, |body| match body.media {
            Media::Json | Media::Form => CommandBody::Json,
            Media::Multipart => CommandBody::Parts,
            Media::Text(_) | Media::Bytes(_) => CommandBody::File,
        }),
    }
}

/// What is printed of an answer, whose data may be in this property.
fn answer(operation: &Operation, response: &Response, data: Option<&str>) -> CommandAnswer {
    let value = |kind: Option<Kind>, data: Option<&str>| CommandAnswer::Value { data: data.map(str::to_owned), kind };
    match (response, data) {
        (Response::Empty, _) => CommandAnswer::Nothing,
        (Response::Plain(kind), _) => value(Some(kind.clone()), None),
        (Response::Enveloped { data: kind, .. }, data) => value(Some(kind.clone()), data),
        (Response::Page { row, .. }, Some(data)) if operation.paging.is_some() => {
            CommandAnswer::Rows { data: data.to_owned(), row: row.clone() }
        }
        (Response::Page { row, .. }, data) => value(Some(Kind::List(Box::new(row.clone()))), data),
        (Response::Text | Response::Bytes, _) => CommandAnswer::File,
        (Response::Optional(inner), data) => answer(operation, inner, data),
        (Response::Choice { .. }, _) => value(None, None),
    }
}

fn of_parameter(parameter: &Parameter, names: &mut Names) -> CommandInput {
    let in_path = parameter.location.is_path();
    CommandInput {
        name: free(names, &parameter.wire, "param"),
        place: if in_path { CommandPlace::Path } else { CommandPlace::Parameter },
        kind: parameter.kind.clone(),
        help: parameter.docs.as_deref().map(paragraphs).unwrap_or_default(),
        required: parameter.required,
        rules: parameter.rules.clone(),
        default: parameter.default.clone(),
        wire: parameter.wire.clone(),
    }
}

/// The type whose fields a body has, where it is written field by field.
fn fields_of<'a>(body: &Body, shapes: &Shapes<'a>) -> Option<&'a Shape> {
    match (&body.media, &body.kind) {
        (Media::Json | Media::Form, Kind::Named(name)) => shapes.get(name.as_str()).copied(),
        _ => None,
    }
}

/// A name for the command line that is not in use: in kebab case, if need be with a word that says what it is.
fn free(names: &mut Names, name: &str, otherwise: &str) -> String {
    let kebab = name.to_kebab_case();
    let plain = if kebab.is_empty() || !kebab.is_ascii() { otherwise.to_owned() } else { kebab };
    let free = if names.contains(&plain) && plain != otherwise { format!("{otherwise}-{plain}") } else { plain };
    names.numbered(&free)
}

/// Text with a line for each paragraph and no other line ends, so that a terminal can wrap it.
pub(super) fn paragraphs(text: &str) -> String {
    let paragraphs = text.trim().split("\n\n").map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    paragraphs.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n")
}
