//! The command line of `clientsmith`.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, ColorChoice, Parser, Subcommand};

use super::{ChangeFormat, Crate, DiagnosticFormat, Generate, Inputs, Libraries, Target};

/// Turns an OpenAPI 3.0 document into a typed Rust client crate.
#[derive(Debug, Parser)]
#[command(name = "clientsmith", version, about, disable_help_subcommand = true)]
pub struct Arguments {
    /// When to use colors: `auto` is on a terminal, unless `NO_COLOR` is set.
    #[arg(long, global = true, value_name = "WHEN", default_value_t)]
    pub color: ColorChoice,
    /// The subcommand.
    #[command(subcommand)]
    pub command: Command,
}

/// A subcommand.
#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// Write a client crate for a document, or update it.
    ///
    /// Settings are the `generator.toml` beside the document and samples the directory `samples` beside the settings, if they exist.
    Generate(GenerateArguments),
    /// Report everything that stops the generator.
    Lint {
        /// Documents, or directories that hold `openapi.yaml`.
        #[arg(value_name = "FILE", required_unless_present = "explain")]
        documents: Vec<PathBuf>,
        /// Settings instead of the `generator.toml` beside each document.
        #[arg(long, value_name = "FILE")]
        config: Option<PathBuf>,
        /// Samples instead of the directory `samples` beside the settings.
        #[arg(long, value_name = "DIR")]
        samples: Option<PathBuf>,
        /// Explain a rule: why it exists, what breaks it, what keeps it. Without a name, list the rules.
        #[arg(long, value_name = "RULE", conflicts_with_all = ["format", "documents", "config", "samples"])]
        explain: Option<Option<String>>,
        /// How to report diagnostics.
        #[arg(long, value_enum, default_value_t)]
        format: DiagnosticFormat,
    },
    /// Report what changed for users of the client crate, and which version bump that asks for.
    ///
    /// Exits with 0 whatever changed, and with 1 if a document cannot be compared.
    Diff {
        /// A document, a directory that holds `openapi.yaml`, or a git revision of NEW.
        #[arg(value_name = "OLD")]
        old: String,
        /// A document, or a directory that holds `openapi.yaml`.
        #[arg(value_name = "NEW")]
        new: PathBuf,
        /// The present version of the crate, to report the next one as well.
        #[arg(long, value_name = "VERSION")]
        current: Option<String>,
        /// How to report changes.
        #[arg(long, value_enum, default_value_t)]
        format: ChangeFormat,
        /// Write the Markdown form into this changelog, replacing what an earlier run wrote.
        #[arg(long, value_name = "FILE")]
        changelog: Option<PathBuf>,
    },
    /// Run the generator over a directory of documents, and list the result of each.
    Corpus {
        /// The directory.
        #[arg(value_name = "DIR")]
        directory: PathBuf,
        /// Compile what is generated, in `corpus` below Cargo's target directory.
        #[arg(long)]
        compile: bool,
        /// Also read values of every schema as the generated types, write them back, and report what changed.
        #[arg(long, requires = "compile")]
        round_trip: bool,
        /// The seed of the values that are random.
        #[arg(long, value_name = "NUMBER", default_value_t = 1, requires = "round_trip")]
        seed: u64,
    },
}

/// What `generate` takes.
#[derive(Args, Clone, Debug)]
pub struct GenerateArguments {
    /// The document, or a directory that holds `openapi.yaml`.
    #[arg(long, value_name = "FILE")]
    spec: PathBuf,
    /// The directory of the crate.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// The name of the crate.
    #[arg(long, value_name = "NAME")]
    name: String,
    /// Settings for the document.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// A directory of samples for the document.
    #[arg(long, value_name = "DIR")]
    samples: Option<PathBuf>,
    /// The version of clientsmith-runtime and clientsmith-command to take from the registry; without it, both are written
    /// into the directory of the crate.
    #[arg(long, value_name = "VERSION")]
    runtime: Option<String>,
    /// Write nothing; fail if a file differs from what would be written.
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    reporting: Reporting,
}

/// How `generate` reports what it does.
#[derive(Args, Clone, Copy, Debug)]
pub struct Reporting {
    /// Show every difference, line by line.
    #[arg(long)]
    pub verbose: bool,
    /// How to report diagnostics.
    #[arg(long, value_enum, default_value_t)]
    pub format: DiagnosticFormat,
    /// Show how long each stage takes.
    #[arg(long, conflicts_with = "format")]
    pub timings: bool,
}

impl GenerateArguments {
    pub(super) fn job(self) -> Result<Generate> {
        let Self { spec, out, name, config, samples, runtime, check, reporting } = self;
        let libraries = runtime.map_or_else(Libraries::inside, Libraries::Registry);
        let inputs = Inputs::of(&spec, config.as_deref(), samples.as_deref())?;
        Ok(Generate { inputs, target: Target::Crate(Crate { out, name, libraries }), check, reporting })
    }
}
