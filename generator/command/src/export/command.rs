//! `export`: its arguments, what it prints, and what its failures mean.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};

use super::manifest::{Export, Place};
use super::{Bar, Failure, Format, Lines, Meter, Order, Origin, Silent, Source, export, verify};
use crate::connect::{Connection, connect};
use crate::context::{self, Context};
use crate::curl;
use crate::exit::Exit;
use crate::failure::{self, Failed};
use crate::inputs::{Inputs, Usage};
use crate::interrupt::interrupted;
use crate::surface::{Answer, Resource, Surface, Verb};

/// The arguments; none of it where the API has no lists.
pub(crate) fn command(surface: &'static Surface) -> Option<Command> {
    let lists: Vec<_> = lists(surface).iter().map(|list| list.name).collect();
    let out = Arg::new("out").long("out").value_name("DIR").required(true).value_parser(value_parser!(PathBuf));
    let format = Arg::new("format").long("format").value_name("FORMAT");
    let only = Arg::new("only").long("only").value_name("LISTS").value_delimiter(',');
    let quiet = Arg::new("quiet").long("quiet").short('q').action(ArgAction::SetTrue);
    let verify = Arg::new("verify").long("verify").action(ArgAction::SetTrue);
    let command = Command::new("export")
        .about("Writes all lists into files or a database")
        .long_about(
            "Writes all lists into files or a database\n\n\
             Files have their final names only when they are complete, and manifest.json says what there is. After an \
             interruption of any kind the same command goes on from where it was. Another export into the same folder \
             replaces files, and updates the database: rows by their ids.",
        )
        .arg(out.help("The folder to write into; it is made if it is not there"))
        .arg(
            format
                .value_parser(PossibleValuesParser::new(Format::ALL.map(Format::name)))
                .default_value(Format::Jsonl.name())
                .help("JSON lines, CSV, or one SQLite database"),
        )
        .arg(
            only.value_parser(PossibleValuesParser::new(lists.clone()))
                .help("Only these lists, with commas between them"),
        )
        .arg(quiet.help("Shows no progress"))
        .arg(
            verify
                .conflicts_with_all(["format", "only", "quiet"])
                .help("Exports nothing: compares what is in the folder with what its manifest says"),
        );
    (!lists.is_empty()).then_some(command)
}

/// A list that can be read without saying anything more about it.
struct List {
    name: &'static str,
    verb: &'static Verb,
}

/// The list of each resource, under its name: the first one, should there be several.
fn lists(surface: &'static Surface) -> Vec<List> {
    let of = |resource: &'static Resource| {
        resource.verbs.iter().filter(|verb| {
            matches!(verb.answer, Answer::Rows { .. }) && verb.inputs.iter().all(|input| !input.required)
        })
    };
    let firsts =
        surface.resources.iter().filter_map(|resource| Some(List { name: resource.name, verb: of(resource).next()? }));
    firsts.collect()
}

pub(crate) async fn run(context: &Context, matches: &ArgMatches) -> Result<(), failure::Failure> {
    let Some(folder) = matches.get_one::<PathBuf>("out") else {
        return Err(Usage("a folder is needed".to_owned()).into());
    };
    if matches.get_flag("verify") {
        return report_verified(folder);
    }
    let chosen: Vec<_> = matches.get_many::<String>("only").into_iter().flatten().collect();
    let is_chosen = |list: &List| chosen.is_empty() || chosen.iter().any(|name| *name == list.name);
    let lists: Vec<_> = lists(context.surface).into_iter().filter(is_chosen).collect();
    if context.options.dry_run {
        return show_requests(context, &lists).await;
    }
    let connection = connect(context.surface, &context.options)?;
    let order = Order {
        folder: folder.clone(),
        format: matches.get_one::<String>("format").and_then(|name| Format::named(name)).unwrap_or(Format::Jsonl),
        table: context.surface.mock,
        sources: sources(&connection, &lists)?,
        origin: origin(context.surface, &connection),
    };
    let mut meter: Box<dyn Meter> = match matches.get_flag("quiet") {
        true => Box::new(Silent),
        false if io::stderr().is_terminal() => Box::new(Bar::new()),
        false => Box::new(Lines::new()),
    };
    let report = export(order, meter.as_mut(), interrupted()).await?;
    drop(meter);
    let mut out = context::out();
    describe(folder, &report.export, &mut out)?;
    Ok(out.flush()?)
}

fn sources(connection: &Connection, lists: &[List]) -> Result<Vec<Source>, Usage> {
    let source = |list: &List| {
        let prepared = (list.verb.prepare)(&connection.client, &Inputs::default())?;
        let kind = list.verb.answer.kind();
        Ok(prepared.pages.zip(kind).map(|(listing, kind)| Source { name: list.name, kind, listing }))
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

/// The first request for each list.
async fn show_requests(context: &Context, lists: &[List]) -> Result<(), failure::Failure> {
    let mut out = context::out();
    for list in lists {
        let shown = curl::command(context.surface, &context.options, list.verb, &Inputs::default()).await;
        writeln!(out, "{}", shown.map_err(Failed::plain)?)?;
    }
    Ok(out.flush()?)
}

/// A line for each list: where it is, and how many rows it has.
fn describe(folder: &Path, export: &Export, out: &mut dyn Write) -> io::Result<()> {
    for resource in &export.resources {
        let (place, more) = match (&resource.place, &export.database) {
            (Place::File(contents), _) => (folder.join(&contents.file).display().to_string(), String::new()),
            (Place::Table { table, earlier_rows, .. }, database) => {
                let file = database.as_ref().map_or_else(|| folder.to_owned(), |contents| folder.join(&contents.file));
                let more =
                    if *earlier_rows == 0 { String::new() } else { format!(", and {earlier_rows} of earlier exports") };
                (format!("{}, table {table}", file.display()), more)
            }
        };
        let rows = if resource.rows == 1 { "row" } else { "rows" };
        writeln!(out, "{}: {} {rows}{more}: {place}", resource.name, resource.rows)?;
    }
    Ok(())
}

fn report_verified(folder: &Path) -> Result<(), failure::Failure> {
    let verified = verify(folder)?;
    let mut out = context::out();
    for export in &verified.manifest.exports {
        describe(folder, export, &mut out)?;
    }
    writeln!(out, "counts and hashes are those of the manifest")?;
    Ok(out.flush()?)
}

impl From<Failure> for failure::Failure {
    fn from(failure: Failure) -> Self {
        let message = failure.to_string();
        match failure {
            Failure::Api { source, .. } => Self { message, ..Self::from(*source) },
            Failure::Interrupted { .. } => Self::new(Exit::Interrupted, message),
            Failure::Refused { .. } | Failure::Foreign(_) | Failure::Manifest { .. } => Self::new(Exit::Usage, message),
            Failure::File { .. }
            | Failure::Database { .. }
            | Failure::InUse(_)
            | Failure::Damaged { .. }
            | Failure::Nothing { .. }
            | Failure::Mismatch { .. } => Self::new(Exit::Failed, message),
        }
    }
}
