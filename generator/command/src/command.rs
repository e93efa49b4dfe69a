//! What the API offers → the commands of the program, with their help.

use std::iter;

use clap::{Arg, ArgAction, Command};

use super::exit::MEANINGS;
use super::surface::{Answer, Body, Input, Place, Resource, Surface, Verb};
use super::typed::Typed;
use super::{auth, completions, export, manual, options, value, webhooks};
use clientsmith_runtime::api::Kind;
use clientsmith_runtime::api::Rule;
use clientsmith_runtime::mock::spec::MockSpec;

/// The whole program.
pub(crate) fn program(surface: &'static Surface) -> Command {
    let name = surface.program;
    let spec = surface.spec_hash.get(..12).unwrap_or(surface.spec_hash);
    let version = format!("{} ({} {}, spec {spec})", surface.program_version, surface.title, surface.api_version);
    let program = Command::new(name)
        .version(version)
        .about(format!("The {} on the command line", surface.title))
        .after_help(after_help(surface))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .propagate_version(false);
    options::add(program, surface)
        .subcommands(surface.resources.iter().map(|resource| self::resource(surface, resource)))
        .subcommand(auth::command())
        .subcommands(surface.webhooks.map(webhooks::command::command))
        .subcommands(export::command::command(surface))
        .subcommands([completions::command(), manual::command()])
}

fn after_help(surface: &Surface) -> String {
    let api = surface.mock.api;
    let (key, url) = (api.environment.api_key, api.environment.base_url);
    let width = key.len().max(url.len());
    let codes: Vec<_> = MEANINGS.iter().map(|(exit, meaning)| format!("  {:>3}  {meaning}", *exit as u8)).collect();
    format!(
        "Environment:\n  {key:width$}  The API key\n  {url:width$}  Another server to call\n\nExit codes:\n{}",
        codes.join("\n")
    )
}

fn resource(surface: &'static Surface, resource: &'static Resource) -> Command {
    Command::new(resource.name)
        .about(resource.about)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .subcommands(resource.verbs.iter().map(|verb| self::verb(surface, resource, verb)))
}

fn verb(surface: &'static Surface, resource: &Resource, verb: &'static Verb) -> Command {
    let spec = surface.mock;
    let details = [verb.about, verb.details, &verb.route].into_iter().filter(|text| !text.is_empty());
    let mut command = Command::new(verb.name)
        .about(verb.about)
        .long_about(details.collect::<Vec<_>>().join("\n\n"))
        .args(verb.inputs.iter().map(|input| argument(spec, input)));
    if matches!(verb.answer, Answer::Rows { .. }) {
        let all = Arg::new("all").long("all").action(ArgAction::SetTrue);
        command = command.arg(all.help("Reads all pages, from the one that is set or the first"));
    }
    if verb.operation.confirm {
        let yes = Arg::new("yes").long("yes").short('y').action(ArgAction::SetTrue);
        command = command.arg(yes.help("Does it without asking; needed where there is no terminal to ask on"));
    }
    if verb.inputs.iter().any(|input| input.place == Place::Field) {
        command = command.override_usage(usage(surface, resource, verb));
    }
    add_body(command, verb)
}

/// The two ways to give a body: what has to be there of its fields, or a document.
fn usage(surface: &Surface, resource: &Resource, verb: &Verb) -> String {
    let spec = surface.mock;
    let mut words = vec![surface.program.to_owned(), resource.name.to_owned(), verb.name.to_owned()];
    let option = |input: &Input| format!("--{} <{}>", input.name, value::placeholder(spec, input.kind));
    for input in verb.inputs.iter().filter(|input| input.required) {
        match input.place {
            Place::Path => words.push(format!("<{}>", input.name.to_ascii_uppercase())),
            Place::Parameter => words.push(option(input)),
            Place::Field => {}
        }
    }
    let words = words.join(" ");
    let required = verb.inputs.iter().filter(|input| input.required && input.place == Place::Field);
    let fields: Vec<_> = iter::once(words.clone()).chain(required.map(option)).collect();
    format!("{} [OPTIONS]\n       {words} --json <FILE> [OPTIONS]", fields.join(" "))
}

/// What a body can be made from.
fn add_body(command: Command, verb: &Verb) -> Command {
    let fields = || verb.inputs.iter().filter(|input| input.place == Place::Field).map(|input| input.name);
    match verb.body {
        Body::None => command,
        Body::Json => {
            let json = Arg::new("json").long("json").value_name("FILE").conflicts_with_all(fields());
            let (json, help) = if fields().next().is_some() {
                (
                    json,
                    "Takes the body as JSON from a file, or from standard input (-), in place of options for its fields",
                )
            } else {
                (json.required(true), "Takes the body as JSON from a file, or from standard input (-)")
            };
            command.arg(json.help(help))
        }
        Body::File => {
            let file = Arg::new("body").long("body").value_name("FILE").required(true);
            command.arg(file.help("Takes the body from a file, or from standard input (-)"))
        }
        Body::Parts => {
            let part = Arg::new("part").long("part").value_name("NAME=TEXT|NAME=@FILE").required(true);
            command.arg(part.action(ArgAction::Append).help("A part of the body: a text, or a file after @"))
        }
    }
}

fn argument(spec: &'static MockSpec, input: &'static Input) -> Arg {
    // Known values are for completions: the help has them in words of its own.
    let argument = Arg::new(input.name).help(help(spec, input)).hide_possible_values(true);
    let kind = input.kind;
    let parse = Typed { spec, kind };
    if input.place == Place::Path {
        let argument = argument.value_name(input.name.to_ascii_uppercase()).required(true).value_parser(parse);
        // A path has commas between the values of a list anyway.
        return if matches!(kind, Kind::List(_)) { argument.value_delimiter(',') } else { argument };
    }
    let argument = argument.long(input.name).value_name(value::placeholder(spec, kind)).value_parser(parse);
    let argument = match kind {
        Kind::Integer | Kind::Number | Kind::Decimal => argument.allow_negative_numbers(true),
        _ => argument,
    };
    let argument = if matches!(kind, Kind::List(_)) { argument.action(ArgAction::Append) } else { argument };
    let argument = if value::is_divided(spec, kind) { argument.value_delimiter(',') } else { argument };
    match input.place {
        Place::Field if input.required => argument.required_unless_present("json"),
        Place::Parameter => argument.required(input.required),
        _ => argument,
    }
}

/// What the documentation says of an input, which values it has, their range, and what is assumed without it.
fn help(spec: &MockSpec, input: &Input) -> String {
    let mut text = input.help.trim_end_matches('.').to_owned();
    let mut add = |note: String| {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&note);
    };
    let element = if let Kind::List(item) = input.kind { *item } else { input.kind };
    if let Kind::Named(name) = element
        && let Some(known) = spec.api.enumeration(name)
    {
        let label = if known.closed { "values" } else { "known values" };
        add(format!("[{label}: {}]", known.values.join(", ")));
    }
    let ranges: Vec<_> = input.rules.iter().copied().map(range).collect();
    if !ranges.is_empty() {
        add(format!("[{}]", ranges.join(", ")));
    }
    if let Some(default) = input.default {
        add(format!("[default: {}]", default.trim_matches('"')));
    }
    text
}

fn range(rule: Rule) -> String {
    match rule {
        Rule::Minimum(bound) => format!("at least {bound}"),
        Rule::ExclusiveMinimum(bound) => format!("greater than {bound}"),
        Rule::Maximum(bound) => format!("at most {bound}"),
        Rule::ExclusiveMaximum(bound) => format!("less than {bound}"),
        Rule::MultipleOf(bound) => format!("a multiple of {bound}"),
        Rule::MinLength(least) => format!("at least {least} characters"),
        Rule::MaxLength(most) => format!("at most {most} characters"),
        Rule::MinItems(least) => format!("at least {least} values"),
        Rule::MaxItems(most) => format!("at most {most} values"),
        Rule::Email => "an e-mail address".to_owned(),
    }
}
