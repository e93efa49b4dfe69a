//! Turns operations into commands with their names, inputs and help texts.

use std::collections::HashMap;

use heck::ToKebabCase;

use crate::docs::first_sentence;
use crate::kind::Kind;
use crate::media::Media;
use crate::model::{Body, Command, CommandGroup, CommandInput, Operation, Resource, Schema, Shape};
use crate::naming::Names;

/// Commands of every program.
const COMMANDS: [&str; 6] = ["auth", "completions", "export", "help", "man", "webhooks"];
/// Options of every command.
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

/// The shapes of types, by name.
type Shapes<'a> = HashMap<&'a str, &'a Shape>;

pub(super) fn build(resources: &[Resource], schemas: &[Schema]) -> Vec<CommandGroup> {
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
                    command(operation, name, &shapes)
                })
                .collect(),
        }
    });
    groups.collect()
}

fn command(operation: &Operation, name: String, shapes: &Shapes<'_>) -> Command {
    let mut names = Names::of(OPTIONS);
    let input = |names: &mut Names, wire: &str, otherwise: &str, docs: Option<&str>| CommandInput {
        name: free(names, wire, otherwise),
        help: docs.map(paragraphs).unwrap_or_default(),
    };
    let parameters = operation
        .parameters
        .iter()
        .map(|parameter| input(&mut names, &parameter.wire, "param", parameter.docs.as_deref()));
    let parameters = parameters.collect();
    let object = match operation.body.as_ref().and_then(|body| fields_of(body, shapes)) {
        Some(Shape::Object(object)) => &object.fields[..],
        _ => &[],
    };
    let fields = object.iter().map(|field| {
        let CommandInput { name, help } = input(&mut names, &field.wire, "field", field.docs.as_deref());
        let default = field.default.as_ref().map(|json| format!("[default: {}]", json.trim_matches('"')));
        CommandInput { name, help: [help].into_iter().chain(default).collect::<Vec<_>>().join(" ").trim().to_owned() }
    });
    let fields = fields.collect();
    let description = operation.docs.description.as_deref().map(paragraphs).unwrap_or_default();
    let (about, details) = match &operation.docs.summary {
        Some(summary) => (paragraphs(summary), description),
        None if description.is_empty() => (format!("Calls {}.", operation.id), description),
        None => (first_sentence(&description), description),
    };
    Command { name, about, details, parameters, fields }
}

/// Returns the type whose fields become options, if the body is passed field by field.
fn fields_of<'a>(body: &Body, shapes: &Shapes<'a>) -> Option<&'a Shape> {
    match (&body.media, &body.kind) {
        (Media::Json | Media::Form | Media::Multipart, Kind::Named(name)) => shapes.get(name.as_str()).copied(),
        _ => None,
    }
}

/// Takes an unused name for the command line: in kebab case, prefixed with `otherwise` if the name is taken.
fn free(names: &mut Names, name: &str, otherwise: &str) -> String {
    let kebab = name.to_kebab_case();
    let plain = if kebab.is_empty() || !kebab.is_ascii() { otherwise.to_owned() } else { kebab };
    let free = if names.contains(&plain) && plain != otherwise { format!("{otherwise}-{plain}") } else { plain };
    names.numbered(&free)
}

/// Returns the text with one line per paragraph, so that a terminal can wrap it.
pub(super) fn paragraphs(text: &str) -> String {
    let paragraphs = text.trim().split("\n\n").map(|text| text.split_whitespace().collect::<Vec<_>>().join(" "));
    paragraphs.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n")
}
