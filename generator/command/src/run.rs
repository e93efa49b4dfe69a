//! The program, from its arguments to its exit code.

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
use crate::{auth, call, completions, export, manual, terminal, webhooks};

/// Does what the arguments say. The first is the name of the program.
pub fn run<A>(described: &'static Program, arguments: A) -> ExitCode
where
    A: IntoIterator<Item: Into<OsString> + Clone>,
{
    let surface = Surface::of(described);
    let matches = match parser(surface).try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => {
            // Nobody is left to tell if this cannot be printed.
            let _ = error.print();
            return u8::try_from(error.exit_code()).map_or(Exit::Usage.into(), ExitCode::from);
        }
    };
    let invocation = Invocation { surface, options: options::read(&matches) };
    trace(&invocation);
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

/// The commands that were given, from the outermost.
fn path(mut matches: &ArgMatches) -> Vec<(&str, &ArgMatches)> {
    let mut path = Vec::new();
    while let Some((name, inner)) = matches.subcommand() {
        path.push((name, inner));
        matches = inner;
    }
    path
}

/// clap lets only known commands through.
fn unknown() -> CommandError {
    CommandError::new(Exit::Usage, "there is no such command")
}

/// Says on standard error what went wrong. A server may have had a hand in the text.
fn print_error(error: &CommandError) {
    if error.message.is_empty() {
        return;
    }
    let text: String = error.to_string().chars().filter(|c| *c == '\n' || !c.is_control()).collect();
    let style = anstyle::AnsiColor::Red.on_default().bold();
    anstream::eprintln!("{style}error:{style:#} {text}");
}

/// Lets the client tell of its calls on standard error.
fn trace(invocation: &Invocation) {
    let options = &invocation.options;
    use tracing_subscriber::filter::{LevelFilter, Targets};
    use tracing_subscriber::layer::SubscriberExt;
    use tracing_subscriber::util::SubscriberInitExt;

    let ours = |level| Targets::new().with_target(invocation.surface.program, level);
    let targets = match options.verbose {
        0 => return,
        1 => ours(LevelFilter::DEBUG),
        _ => ours(LevelFilter::TRACE).with_default(LevelFilter::DEBUG),
    };
    let layer = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_ansi(options.colour == "always");
    tracing_subscriber::registry().with(targets).with(layer).init();
}
