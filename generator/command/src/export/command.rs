//! `export`: its arguments, its output, and the exit codes of its errors.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use super::error::ExportError;
use super::format::ExportFormat;
use super::job::{ExportJob, ListSource};
use super::manifest::{Destination, ExportEntry};
use super::origin::Origin;
use super::progress::{NoProgress, Progress, ProgressLines, TerminalBar};
use super::run::export;
use super::verify::verify;
use crate::connect::{Connection, connect};
use crate::curl;
use crate::error::{CallError, CommandError};
use crate::exit::Exit;
use crate::inputs::{Inputs, Usage};
use crate::interrupt::interrupted;
use crate::invocation::Invocation;
use crate::sample_calls;
use crate::surface::{Group, ResponseBody, Subcommand, Surface};
use crate::terminal;

/// Returns the subcommand; `None` if the API has no lists.
pub(crate) fn command(surface: &'static Surface) -> Option<Command> {
    let lists: Vec<_> = lists(surface).iter().map(|list| list.name).collect();
    let out = Arg::new("out").long("out").value_name("DIR").required(true).value_parser(value_parser!(PathBuf));
    let format = Arg::new("format").long("format").value_name("FORMAT");
    let only = Arg::new("only").long("only").value_name("LISTS").value_delimiter(',');
    let quiet = Arg::new("quiet").long("quiet").short('q').action(ArgAction::SetTrue);
    let verify = Arg::new("verify").long("verify").action(ArgAction::SetTrue);
    let command = Command::new("export")
        .about("Exports all lists into files or a database")
        .long_about(
            "Exports all lists into files or a database\n\n\
             Files get their final names when all lists are complete; manifest.json lists them. After an interruption, the \
             same command resumes. Another export into the same directory replaces files, or updates the database.",
        )
        .after_help(sample_calls::section(&[
            format!("{} export --out backup", surface.program),
            format!("{} export --out backup --format sqlite", surface.program),
            format!("{} export --out backup --verify", surface.program),
        ]))
        .arg(out.help("The output directory; created if it does not exist"))
        .arg(
            format
                .value_parser(PossibleValuesParser::new(ExportFormat::ALL.map(ExportFormat::name)))
                .default_value(ExportFormat::Jsonl.name())
                .help("JSON lines, CSV, or one SQLite database"),
        )
        .arg(only.value_parser(PossibleValuesParser::new(lists.clone())).help("Only these lists, separated by commas"))
        .arg(quiet.help("Prints no progress"))
        .arg(
            verify
                .conflicts_with_all(["format", "only", "quiet"])
                .help("Compares the directory with its manifest; exports nothing"),
        );
    (!lists.is_empty()).then_some(command)
}

/// A list without required arguments.
struct ExportableList {
    name: &'static str,
    subcommand: &'static Subcommand,
}

/// Returns the first such list of each group, with the name of the group.
fn lists(surface: &'static Surface) -> Vec<ExportableList> {
    let of = |group: &'static Group| {
        group.subcommands.iter().filter(|subcommand| {
            matches!(subcommand.response, ResponseBody::Rows { .. })
                && subcommand.arguments.iter().all(|argument| !argument.required)
        })
    };
    let firsts = surface
        .groups
        .iter()
        .filter_map(|group| Some(ExportableList { name: group.name, subcommand: of(group).next()? }));
    firsts.collect()
}

pub(crate) async fn run(invocation: &Invocation, matches: &ArgMatches) -> Result<(), CommandError> {
    let Some(directory) = matches.get_one::<PathBuf>("out") else {
        return Err(Usage("a directory is needed".to_owned()).into());
    };
    if matches.get_flag("verify") {
        return print_verified(directory);
    }
    let chosen: Vec<_> = matches.get_many::<String>("only").into_iter().flatten().collect();
    let is_chosen = |list: &ExportableList| chosen.is_empty() || chosen.iter().any(|name| *name == list.name);
    let lists: Vec<_> = lists(invocation.surface).into_iter().filter(is_chosen).collect();
    if invocation.options.dry_run {
        return print_requests(invocation, &lists).await;
    }
    let connection = connect(invocation.surface, &invocation.options)?;
    let job = ExportJob {
        directory: directory.clone(),
        format: matches
            .get_one::<String>("format")
            .and_then(|name| ExportFormat::named(name))
            .unwrap_or(ExportFormat::Jsonl),
        spec: invocation.surface.spec,
        sources: sources(&connection, &lists)?,
        origin: origin(invocation.surface, &connection),
    };
    let mut progress: Box<dyn Progress> = match matches.get_flag("quiet") {
        true => Box::new(NoProgress),
        false if io::stderr().is_terminal() => Box::new(TerminalBar::new()),
        false => Box::new(ProgressLines::new()),
    };
    let export = export(job, progress.as_mut(), interrupted()).await?;
    drop(progress);
    let mut out = terminal::stdout();
    print_lists(directory, &export, &mut out)?;
    Ok(out.flush()?)
}

fn sources(connection: &Connection, lists: &[ExportableList]) -> Result<Vec<ListSource>, Usage> {
    let source = |list: &ExportableList| {
        let prepared = (list.subcommand.prepare)(&connection.client, &Inputs::default())?;
        let kind = list.subcommand.response.kind();
        Ok(prepared.pages.zip(kind).map(|(listing, kind)| ListSource { name: list.name, kind, listing }))
    };
    lists.iter().filter_map(|list| source(list).transpose()).collect()
}

fn origin<'a>(surface: &Surface, connection: &'a Connection) -> Origin<'a> {
    Origin {
        program: surface.program,
        version: surface.program_version,
        api: surface.title,
        api_version: surface.api_version,
        spec_hash: surface.spec_hash,
        base_url: connection.address(),
        key: &connection.key,
    }
}

/// Prints the first request for each list.
async fn print_requests(invocation: &Invocation, lists: &[ExportableList]) -> Result<(), CommandError> {
    let mut out = terminal::stdout();
    for list in lists {
        let command = curl::command(invocation.surface, &invocation.options, list.subcommand, &Inputs::default()).await;
        writeln!(out, "{}", command.map_err(CallError::plain)?)?;
    }
    Ok(out.flush()?)
}

/// Prints a line for each list: its rows and its file or table.
fn print_lists(directory: &Path, export: &ExportEntry, out: &mut dyn Write) -> io::Result<()> {
    for list_entry in &export.lists {
        let (destination, more) = match (&list_entry.destination, &export.database) {
            (Destination::File(entry), _) => (directory.join(&entry.file).display().to_string(), String::new()),
            (Destination::Table { table, earlier_rows, .. }, database) => {
                let file = database.as_ref().map_or_else(|| directory.to_owned(), |entry| directory.join(&entry.file));
                let more =
                    if *earlier_rows == 0 { String::new() } else { format!(", and {earlier_rows} of earlier exports") };
                (format!("{}, table {table}", file.display()), more)
            }
        };
        let rows = if list_entry.rows == 1 { "row" } else { "rows" };
        writeln!(out, "{}: {} {rows}{more}: {destination}", list_entry.name, list_entry.rows)?;
    }
    Ok(())
}

fn print_verified(directory: &Path) -> Result<(), CommandError> {
    let manifest = verify(directory)?;
    let mut out = terminal::stdout();
    for export in &manifest.exports {
        print_lists(directory, export, &mut out)?;
    }
    writeln!(out, "counts and hashes match the manifest")?;
    Ok(out.flush()?)
}

impl From<ExportError> for CommandError {
    fn from(error: ExportError) -> Self {
        let message = error.to_string();
        match error {
            ExportError::Api { source, .. } => Self { message, ..Self::from(*source) },
            ExportError::Interrupted { .. } => Self::new(Exit::Interrupted, message),
            ExportError::Conflict { .. } | ExportError::Foreign(_) | ExportError::Manifest { .. } => {
                Self::new(Exit::Usage, message)
            }
            ExportError::File { .. }
            | ExportError::Database { .. }
            | ExportError::InUse(_)
            | ExportError::Damaged { .. }
            | ExportError::NoExport { .. }
            | ExportError::Mismatch { .. } => Self::new(Exit::Failed, message),
        }
    }
}
