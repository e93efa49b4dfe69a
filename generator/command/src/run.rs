//! The program, from its arguments to its exit code.

use std::ffi::OsString;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::ArgMatches;

use super::command::program;
use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::options;
use super::program::Program;
use super::surface::Surface;
use super::{auth, completions, context, export, manual, verbs, webhooks};

/// Does what the arguments say. The first is the name of the program.
pub fn run<A>(described: &'static Program, arguments: A) -> ExitCode
where
    A: IntoIterator<Item: Into<OsString> + Clone>,
{
    let surface = Surface::of(described);
    let matches = match program(surface).try_get_matches_from(arguments) {
        Ok(matches) => matches,
        Err(error) => {
            // Nobody is left to tell if this cannot be printed.
            let _ = error.print();
            return u8::try_from(error.exit_code()).map_or(Exit::Usage.into(), ExitCode::from);
        }
    };
    let context = Context { surface, options: options::read(&matches) };
    trace(&context);
    match carry_out(&context, &matches) {
        Ok(()) => Exit::Done.into(),
        Err(failure) => {
            tell(&failure);
            failure.exit.into()
        }
    }
}

fn carry_out(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Failure::new(Exit::Failed, format!("cannot start: {error}")))?;
    runtime.block_on(dispatch(context, matches))
}

async fn dispatch(context: &Context, matches: &ArgMatches) -> Result<(), Failure> {
    match path(matches).as_slice() {
        [("auth", _), ("check", _)] => auth::check(context).await,
        [("export", matches)] => export::command::run(context, matches).await,
        [("completions", matches)] => {
            let shell = matches.get_one("shell").copied().ok_or_else(unknown)?;
            Ok(completions::completions(shell, program(context.surface), &mut context::out())?)
        }
        [("man", matches)] => match matches.get_one::<PathBuf>("dir") {
            Some(folder) => {
                let pages = manual::pages(program(context.surface), folder)?;
                Ok(writeln!(context::out(), "{}: {pages} pages", folder.display())?)
            }
            None => Ok(manual::page(program(context.surface), &mut context::out())?),
        },
        [("webhooks", _), (what, matches)] if context.surface.webhooks.is_some() => {
            let webhooks = context.surface.webhooks.as_ref().ok_or_else(unknown)?;
            match *what {
                "listen" => webhooks::command::receive(context, webhooks, matches).await,
                _ => webhooks::command::post(context, webhooks, matches).await,
            }
        }
        [(resource, _), (verb, matches)] => {
            let resource = context.surface.resources.iter().find(|known| known.name == *resource);
            let found = resource
                .and_then(|resource| Some((resource, resource.verbs.iter().find(|known| known.name == *verb)?)));
            match found {
                Some((resource, verb)) => verbs::run(context, resource, verb, matches).await,
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
fn unknown() -> Failure {
    Failure::new(Exit::Usage, "there is no such command")
}

/// Says on standard error what went wrong. A server may have had a hand in the text.
fn tell(failure: &Failure) {
    if failure.message.is_empty() {
        return;
    }
    let text: String = failure.to_string().chars().filter(|c| *c == '\n' || !c.is_control()).collect();
    let style = anstyle::AnsiColor::Red.on_default().bold();
    anstream::eprintln!("{style}error:{style:#} {text}");
}

/// Lets the client tell of its calls on standard error.
fn trace(context: &Context) {
    let options = &context.options;
    use tracing_subscriber::filter::{LevelFilter, Targets};
    use tracing_subscriber::layer::SubscriberExt;
    use tracing_subscriber::util::SubscriberInitExt;

    let ours = |level| Targets::new().with_target(context.surface.program, level);
    let targets = match options.verbose {
        0 => return,
        1 => ours(LevelFilter::DEBUG),
        _ => ours(LevelFilter::TRACE).with_default(LevelFilter::DEBUG),
    };
    let layer = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_ansi(options.colour == "always");
    tracing_subscriber::registry().with(targets).with(layer).init();
}
