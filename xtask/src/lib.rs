//! The commands behind `cargo xtask`: arguments, disk and messages around the generator.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{ColorChoice, Parser, Subcommand, ValueEnum};

mod bench;
mod cargo;
mod changelog;
mod command;
mod contract;
mod corpus;
mod diff;
mod docs;
mod earlier;
mod explain;
mod findings;
mod generate;
mod inputs;
mod install;
mod mock;
mod project;
mod standalone;
mod style;
mod timings;
mod tools;
mod tree;
mod version;

pub use bench::Subject;
use project::Project;
use standalone::Order;
pub use style::BAD;

/// The project's own commands.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", about, disable_help_subcommand = true)]
pub struct Arguments {
    /// The folder of the project, if it is not the one this command was built in.
    #[arg(long, global = true, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// When to use colours: `auto` is on a terminal, unless `NO_COLOR` is set.
    #[arg(long, global = true, value_name = "WHEN", default_value_t)]
    pub color: ColorChoice,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// Make the client crate's generated files from spec/, or a crate of its own from another document.
    Generate {
        /// Another document; it needs --out and --name.
        #[arg(long, value_name = "FILE", requires_all = ["out", "name"])]
        spec: Option<PathBuf>,
        /// Settings for that document.
        #[arg(long, value_name = "FILE", requires = "spec")]
        config: Option<PathBuf>,
        /// A folder of samples for that document.
        #[arg(long, value_name = "DIR", requires = "spec")]
        samples: Option<PathBuf>,
        /// The folder of the crate to make.
        #[arg(long, value_name = "DIR", requires = "spec", conflicts_with = "check")]
        out: Option<PathBuf>,
        /// The name of the crate to make.
        #[arg(long, value_name = "NAME", requires = "spec")]
        name: Option<String>,
        /// Write nothing; fail if a file is not what would be written.
        #[arg(long)]
        check: bool,
        /// Show what differs, line by line.
        #[arg(long)]
        verbose: bool,
        /// How to tell what was found.
        #[arg(long, value_enum, default_value_t)]
        format: FindingFormat,
        /// Show how long each stage takes.
        #[arg(long, conflicts_with = "format")]
        timings: bool,
    },
    /// Report everything in spec/ that stops the generator.
    Lint {
        /// Say why there is a rule, what breaks it and what keeps it; without a name, list the rules.
        #[arg(long, value_name = "RULE", conflicts_with = "format")]
        explain: Option<Option<String>>,
        /// How to tell what was found.
        #[arg(long, value_enum, default_value_t)]
        format: FindingFormat,
    },
    /// Tell what changed in spec/ for users of the client crate, and which version that asks for.
    ///
    /// Ends with 0 whatever changed, and with 1 if it cannot tell.
    Diff {
        /// What to compare with: a git revision of this project, or a file with a document.
        ///
        /// A file's settings are the generator.toml beside it, or else those of spec/.
        #[arg(value_name = "REVISION|FILE")]
        old: String,
        /// How to tell it.
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
        /// Put the Markdown form into CHANGELOG.md, in place of what an earlier run put there.
        #[arg(long)]
        changelog: bool,
    },
    /// Make the site of the documentation: guide, reference and rustdoc. Needs Node.
    Docs {
        /// The folder to make; `docs-site` in Cargo's target folder unless given.
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
        /// Serve it on this machine until Ctrl-C; 0 is a free port.
        #[arg(long, value_name = "PORT")]
        serve: Option<u16>,
        /// Show it in the browser; serves it on a free port unless --serve says which.
        #[arg(long)]
        open: bool,
        /// Try it in Chromium.
        #[arg(long, conflicts_with_all = ["serve", "open"])]
        test: bool,
    },
    /// Run the client, the document and the samples against tools that know nothing of this project.
    Contract,
    /// Measure how fast something is beside what it could be, and print a table of ratios.
    Bench {
        /// What to measure.
        #[arg(value_enum, default_value_t)]
        subject: Subject,
        /// How many rows the streams read; a million unless given.
        #[arg(long, value_name = "N")]
        rows: Option<u64>,
        /// How often each pair is compared; 41 times unless given.
        #[arg(long, value_name = "N")]
        rounds: Option<u64>,
    },
    /// Run the generator over a folder of documents, and show what came of each.
    Corpus {
        /// The folder.
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        /// Compile what is generated.
        #[arg(long)]
        compile: bool,
    },
    /// Serve a stand-in for the API on this machine, until Ctrl-C.
    Mock {
        /// The port to listen on; a free one unless given.
        #[arg(long, value_name = "N")]
        port: Option<u16>,
        /// What the ids of new objects are made from.
        #[arg(long, value_name = "N")]
        seed: Option<u64>,
    },
}

/// How changes are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For a terminal.
    Text,
    /// For a changelog.
    Markdown,
    /// For programs; CONTRIBUTING.md explains the fields.
    Json,
}

/// How findings are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum FindingFormat {
    /// For a terminal.
    #[default]
    Text,
    /// For editors and other programs: one object on standard output; CONTRIBUTING.md explains the fields.
    Json,
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Outcome {
    /// As it should.
    Done,
    /// It found something to mend, and said what.
    Refused,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => Self::SUCCESS,
            Outcome::Refused => Self::FAILURE,
        }
    }
}

/// Runs a command; results go to `out`, what is wrong to `err`.
///
/// What is written has escape sequences for colours: whether they get through is for the streams to decide.
pub fn run(arguments: &Arguments, out: &mut dyn Write, err: &mut dyn Write) -> anyhow::Result<Outcome> {
    let project = Project::at(arguments.root.clone());
    match arguments.command.clone() {
        Command::Generate {
            spec: Some(spec),
            config,
            samples,
            out: Some(folder),
            name: Some(name),
            format,
            timings,
            ..
        } => {
            let order = Order { spec, config, samples, out: folder, name };
            standalone::generate(&project, &order, format, timings, out, err)
        }
        Command::Generate { check: true, verbose, format, timings, .. } => {
            generate::check(&project, verbose, format, timings, out, err)
        }
        Command::Generate { check: false, verbose, format, timings, .. } => {
            generate::generate(&project, verbose, format, timings, out, err)
        }
        Command::Lint { explain: Some(rule), .. } => explain::explain(rule.as_deref(), out),
        Command::Lint { explain: None, format } => generate::lint(&project, format, out, err),
        Command::Diff { old, format, changelog } => diff::diff(&project, &old, format, changelog, out, err),
        Command::Corpus { folder, compile } => corpus::corpus(&project, &folder, compile, out),
        Command::Docs { out: folder, serve, open, test } => {
            docs::docs(&project, &docs::Order { out: folder, serve, open, test }, out, err)
        }
        Command::Contract => contract::contract(&project, out, err),
        Command::Bench { subject, rows, rounds } => bench::bench(&project, subject, rows, rounds, out),
        Command::Mock { port, seed } => mock::mock(&project, port, seed),
    }
}

/// A panic inside the base library comes back as a finding; its own message would only be noise.
pub fn silence_caught_panics() {
    let report = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !generator::catches_panics() {
            report(panic);
        }
    }));
}
