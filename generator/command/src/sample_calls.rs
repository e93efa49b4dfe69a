//! Example commands for help, composed of the API's own names.

use std::iter;

use clientsmith_runtime::api::{Kind, Rule};

use crate::surface::{Argument, BodyFormat, Group, ResponseBody, Role, Subcommand, Surface};

/// The examples of a group or of the program are at most this many.
const MOST: usize = 3;

/// Returns the section of a help text with these commands.
pub(crate) fn section(examples: &[String]) -> String {
    let lines: Vec<_> = examples.iter().map(|example| format!("\n  {example}")).collect();
    format!("Examples:{}", lines.concat())
}

/// The first example of some commands: of a list, of a call with a body, of an export.
pub(crate) fn of_program(surface: &Surface, has_export: bool) -> Vec<String> {
    let all = || surface.groups.iter().flat_map(|group| group.subcommands.iter().map(move |it| (group, it)));
    let is_list = |it: &&Subcommand| matches!(it.response, ResponseBody::Rows { .. });
    let first = |wanted: &dyn Fn(&&Subcommand) -> bool| {
        let (group, subcommand) = all().find(|(_, it)| wanted(it))?;
        of_subcommand(surface, group, subcommand).into_iter().next()
    };
    let export = has_export.then(|| format!("{} export --out backup --format sqlite", surface.program));
    let (list, body) = (first(&is_list), first(&|it| it.body == BodyFormat::Json));
    [list, body, export].into_iter().flatten().collect()
}

/// The first example of each of the first subcommands.
pub(crate) fn of_group(surface: &Surface, group: &Group) -> Vec<String> {
    let first = |it: &Subcommand| of_subcommand(surface, group, it).into_iter().next();
    group.subcommands.iter().filter_map(first).take(MOST).collect()
}

pub(crate) fn of_subcommand(surface: &Surface, group: &Group, subcommand: &Subcommand) -> Vec<String> {
    let required = subcommand.arguments.iter().filter(|argument| argument.required && argument.role != Role::Field);
    let words = [surface.program, group.name, subcommand.name].map(str::to_owned).into_iter();
    let call = words.chain(required.flat_map(|argument| words_of(surface, argument))).collect::<Vec<_>>().join(" ");
    let body = match subcommand.body {
        BodyFormat::None => "",
        BodyFormat::Json => " --json body.json",
        BodyFormat::File => " --body body.bin",
        BodyFormat::Parts => " --part name=text",
    };
    let options: &[&str] = match (subcommand.body, subcommand.response) {
        (BodyFormat::None, ResponseBody::Rows { .. }) => &["--mock", "--all --output csv"],
        (BodyFormat::None, _) => &["--output json", "--dry-run"],
        _ => &["--dry-run", "--mock"],
    };
    options.iter().map(|options| format!("{call}{body} {options}")).collect()
}

fn words_of(surface: &Surface, argument: &Argument) -> impl Iterator<Item = String> {
    let option = (argument.role != Role::Path).then(|| format!("--{}", argument.name));
    option.into_iter().chain(iter::once(value(surface, argument)))
}

/// Returns a valid value, as far as its type and rules are simple.
fn value(surface: &Surface, argument: &Argument) -> String {
    let mut kind = argument.kind;
    while let Kind::List(inner) | Kind::Nullable(inner) = kind {
        kind = *inner;
    }
    let known = match kind {
        Kind::Named(name) => surface.spec.api.enumeration(name).and_then(|known| known.values.first().copied()),
        _ => None,
    };
    let is_email = argument.rules.iter().any(|rule| matches!(rule, Rule::Email));
    let text = match kind {
        Kind::Uuid => "0a565296-4e53-477d-b118-b89e25e1af62",
        Kind::Integer => "1",
        Kind::Number | Kind::Decimal => "9.80",
        Kind::Timestamp => "2025-06-01T12:00:00Z",
        Kind::Date => "2025-06-01",
        Kind::Boolean => "true",
        Kind::File => "file.bin",
        Kind::Named(_) if known.is_some() => known.unwrap_or_default(),
        Kind::Any | Kind::Map(_) | Kind::Named(_) => "'{}'",
        _ if is_email => "ada@example.com",
        _ => return argument.name.to_ascii_uppercase(),
    };
    text.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::PROGRAM;
    use crate::parser::parser;

    /// Every example in a help text is a valid command line.
    #[test]
    fn examples_are_valid() {
        let surface = Surface::of(&PROGRAM);
        let mut found = 0;
        let mut commands = vec![parser(surface)];
        while let Some(mut command) = commands.pop() {
            let help = command.render_help().to_string();
            let examples = help.split("Examples:\n").nth(1).unwrap_or_default();
            for example in examples.lines().map_while(|line| line.strip_prefix("  ")) {
                let matches = parser(surface).try_get_matches_from(example.split_whitespace());
                assert!(matches.is_ok(), "{example}: {}", matches.unwrap_err());
                found += 1;
            }
            commands.extend(command.get_subcommands().cloned());
        }
        assert!(found > 15, "{found}");
    }
}
