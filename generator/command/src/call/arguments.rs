//! Converts operations to subcommands with arguments and help.

use std::iter;

use clap::{Arg, ArgAction, Command};
use clientsmith_runtime::api::{Kind, Rule};
use clientsmith_runtime::mock::spec::MockSpec;

use super::value;
use super::value_parser::KindParser;
use crate::sample_calls;
use crate::surface::{Argument, BodyFormat, Group, ResponseBody, Role, Subcommand, Surface};

/// Returns the command of a group, with its subcommands.
pub(crate) fn group(surface: &'static Surface, group: &'static Group) -> Command {
    Command::new(group.name)
        .about(group.about)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .after_help(sample_calls::section(&sample_calls::of_group(surface, group)))
        .subcommands(group.subcommands.iter().map(|subcommand| self::subcommand(surface, group, subcommand)))
}

fn subcommand(surface: &'static Surface, group: &Group, subcommand: &'static Subcommand) -> Command {
    let spec = surface.spec;
    let details = [subcommand.about, subcommand.details, &subcommand.route].into_iter().filter(|text| !text.is_empty());
    let mut command = Command::new(subcommand.name)
        .about(subcommand.about)
        .long_about(details.collect::<Vec<_>>().join("\n\n"))
        .after_help(sample_calls::section(&sample_calls::of_subcommand(surface, group, subcommand)))
        .args(subcommand.arguments.iter().map(|argument| clap_argument(spec, argument)));
    if matches!(subcommand.response, ResponseBody::Rows { .. }) {
        let all = Arg::new("all").long("all").action(ArgAction::SetTrue);
        command = command.arg(all.help("Reads all pages, starting with --page"));
    }
    if subcommand.operation.confirm {
        let yes = Arg::new("yes").long("yes").short('y').action(ArgAction::SetTrue);
        command = command.arg(yes.help("Skips the confirmation; required without a terminal"));
    }
    if subcommand.arguments.iter().any(|argument| argument.role == Role::Field) {
        command = command.override_usage(usage(surface, group, subcommand));
    }
    add_body(command, subcommand)
}

/// The usage line of a subcommand with a body: options for its required fields, or a document.
fn usage(surface: &Surface, group: &Group, subcommand: &Subcommand) -> String {
    let spec = surface.spec;
    let mut words = vec![surface.program.to_owned(), group.name.to_owned(), subcommand.name.to_owned()];
    let option = |argument: &Argument| format!("--{} <{}>", argument.name, placeholder(spec, argument));
    for argument in subcommand.arguments.iter().filter(|argument| argument.required) {
        match argument.role {
            Role::Path => words.push(format!("<{}>", argument.name.to_ascii_uppercase())),
            Role::Parameter => words.push(option(argument)),
            Role::Field => {}
        }
    }
    let words = words.join(" ");
    let required = subcommand.arguments.iter().filter(|argument| argument.required && argument.role == Role::Field);
    let fields: Vec<_> = iter::once(words.clone()).chain(required.map(option)).collect();
    format!("{} [OPTIONS]\n       {words} --json <FILE> [OPTIONS]", fields.join(" "))
}

/// Adds the options for a body.
fn add_body(command: Command, subcommand: &Subcommand) -> Command {
    let fields =
        || subcommand.arguments.iter().filter(|argument| argument.role == Role::Field).map(|argument| argument.name);
    let is_required = subcommand.operation.body.is_some_and(|body| body.required);
    match subcommand.body {
        BodyFormat::None => command,
        BodyFormat::Json => {
            let json = Arg::new("json").long("json").value_name("FILE").conflicts_with_all(fields());
            let (json, help) = if fields().next().is_some() {
                (json, "Reads the body as JSON from a file or standard input (-), instead of options for its fields")
            } else {
                (json.required(is_required), "Reads the body as JSON from a file or standard input (-)")
            };
            command.arg(json.help(help))
        }
        BodyFormat::File => {
            let file = Arg::new("body").long("body").value_name("FILE").required(is_required);
            command.arg(file.help("Reads the body from a file or standard input (-)"))
        }
        BodyFormat::Parts => {
            let part = Arg::new("part").long("part").value_name("NAME=TEXT|NAME=@FILE").required(is_required);
            command.arg(part.action(ArgAction::Append).help("A part of the body: text, or a file after @"))
        }
    }
}

fn clap_argument(spec: &'static MockSpec, argument: &'static Argument) -> Arg {
    // Completions use the known values; the help text already lists them.
    let arg = Arg::new(argument.name).help(help(spec, argument)).hide_possible_values(true);
    let kind = argument.kind;
    let parse = KindParser { spec, kind };
    if argument.role == Role::Path {
        let arg = arg.value_name(argument.name.to_ascii_uppercase()).required(true).value_parser(parse);
        // A list in a path is comma-separated anyway.
        return if matches!(kind, Kind::List(_)) { arg.value_delimiter(',') } else { arg };
    }
    let arg = arg.long(argument.name).value_name(placeholder(spec, argument)).value_parser(parse);
    let arg = match kind {
        Kind::Integer | Kind::Number | Kind::Decimal => arg.allow_negative_numbers(true),
        _ => arg,
    };
    let arg = if matches!(kind, Kind::List(_)) { arg.action(ArgAction::Append) } else { arg };
    let arg = if value::is_comma_separated(spec, kind) { arg.value_delimiter(',') } else { arg };
    match argument.role {
        Role::Field if argument.required => arg.required_unless_present("json"),
        Role::Parameter => arg.required(argument.required),
        _ => arg,
    }
}

/// The placeholder of the value; an e-mail address is a string with a rule.
fn placeholder(spec: &MockSpec, argument: &Argument) -> &'static str {
    let is_email = argument.rules.iter().any(|rule| matches!(rule, Rule::Email));
    if is_email { "EMAIL" } else { value::placeholder(spec, argument.kind) }
}

/// The help of an argument: its documentation, known values, rules and default.
fn help(spec: &MockSpec, argument: &Argument) -> String {
    let mut text = argument.help.trim_end_matches('.').to_owned();
    let mut add = |note: String| {
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&note);
    };
    let element = if let Kind::List(item) = argument.kind { *item } else { argument.kind };
    if let Kind::Named(name) = element
        && let Some(known) = spec.api.enumeration(name)
    {
        let label = if known.closed { "values" } else { "known values" };
        add(format!("[{label}: {}]", known.values.join(", ")));
    }
    let ranges: Vec<_> =
        argument.rules.iter().copied().filter(|rule| !matches!(rule, Rule::Email)).map(range).collect();
    if !ranges.is_empty() {
        add(format!("[{}]", ranges.join(", ")));
    }
    if let Some(default) = argument.default {
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
        Rule::Values(values) => values.join(" or "),
        Rule::Items(rules) => {
            format!("each {}", rules.iter().copied().map(range).collect::<Vec<_>>().join(" and "))
        }
    }
}
