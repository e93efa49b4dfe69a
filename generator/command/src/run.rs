//! Runs the program, from its arguments to its exit code.

use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::ArgMatches;

use crate::error::CommandError;
use crate::exit::Exit;
use crate::invocation::Invocation;
use crate::options;
use crate::parser::parser;
use crate::program::Program;
use crate::surface::Surface;
use crate::{auth, call, completions, export, logging, manual, terminal, webhooks};

/// Runs a program. The first argument is its name.
pub fn run<A>(described: &'static Program, arguments: A) -> ExitCode
where
    A: IntoIterator<Item: Into<OsString> + Clone>,
{
    let surface = Surface::of(described);
    let matches = match parser(surface).try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => {
            // A write error here cannot be reported anywhere.
            let _ = error.print();
            return u8::try_from(error.exit_code()).map_or(Exit::Usage.into(), ExitCode::from);
        }
    };
    let invocation = Invocation { surface, options: options::read(&matches) };
    logging::init(surface.program, &invocation.options);
    match execute(&invocation, &matches) {
        Ok(()) => Exit::Success.into(),
        Err(error) => {
            print_error(&error);
            error.exit.into()
        }
    }
}

fn execute(invocation: &Invocation, matches: &ArgMatches) -> Result<(), CommandError> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| CommandError::new(Exit::Failed, format!("cannot start: {error}")))?;
    runtime.block_on(dispatch(invocation, matches))
}

async fn dispatch(invocation: &Invocation, matches: &ArgMatches) -> Result<(), CommandError> {
    match path(matches).as_slice() {
        [("auth", _), ("check", _)] => auth::check(invocation).await,
        [("export", matches)] => export::command::run(invocation, matches).await,
        [("completions", matches)] => {
            let shell = matches.get_one("shell").copied().ok_or_else(unknown)?;
            Ok(completions::completions(shell, parser(invocation.surface), &mut terminal::stdout())?)
        }
        [("man", matches)] => match matches.get_one::<PathBuf>("dir") {
            Some(directory) => {
                let pages = manual::pages(parser(invocation.surface), directory)?;
                Ok(writeln!(terminal::stdout(), "{}: {pages} pages", directory.display())?)
            }
            None => Ok(manual::page(parser(invocation.surface), &mut terminal::stdout())?),
        },
        [("webhooks", _), (what, matches)] if invocation.surface.webhooks.is_some() => {
            let webhooks = invocation.surface.webhooks.as_ref().ok_or_else(unknown)?;
            match *what {
                "listen" => webhooks::command::receive(invocation, webhooks, matches).await,
                _ => webhooks::command::post(invocation, webhooks, matches).await,
            }
        }
        [(group, _), (subcommand, matches)] => {
            let group = invocation.surface.groups.iter().find(|known| known.name == *group);
            let found = group
                .and_then(|group| Some((group, group.subcommands.iter().find(|known| known.name == *subcommand)?)));
            match found {
                Some((group, subcommand)) => call::run(invocation, group, subcommand, matches).await,
                None => Err(unknown()),
            }
        }
        _ => Err(unknown()),
    }
}

/// Returns the subcommands in the arguments, the outermost first.
fn path(mut matches: &ArgMatches) -> Vec<(&str, &ArgMatches)> {
    let mut path = Vec::new();
    while let Some((name, inner)) = matches.subcommand() {
        path.push((name, inner));
        matches = inner;
    }
    path
}

/// Returns the error for an unknown command; the parser rejects those earlier.
fn unknown() -> CommandError {
    CommandError::new(Exit::Usage, "unknown command")
}

/// Prints an error on standard error. The text may come from a server, so control characters are removed.
fn print_error(error: &CommandError) {
    if error.message.is_empty() {
        return;
    }
    let text: String = error.to_string().chars().filter(|c| *c == '\n' || !c.is_control()).collect();
    let style = anstyle::AnsiColor::Red.on_default().bold();
    anstream::eprintln!("{style}error:{style:#} {text}");
}
