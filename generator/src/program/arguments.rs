//! Parses the command line of `clientsmith`.

use std::path::PathBuf;

use anyhow::Result;
use clap::{Args, ColorChoice, Parser, Subcommand};

use super::{Bundle, ChangeFormat, Crate, DiagnosticFormat, Generate, Inputs, Libraries, Located, Target};

/// Turns an OpenAPI document into a typed Rust client crate.
#[derive(Debug, Parser)]
#[command(name = "clientsmith", version, about, disable_help_subcommand = true)]
pub struct Arguments {
    /// When to use colors: `auto` uses them on a terminal, unless `NO_COLOR` is set.
    #[arg(long, global = true, value_name = "WHEN", default_value_t)]
    pub color: ColorChoice,
    /// The subcommand.
    #[command(subcommand)]
    pub command: Command,
}

/// A subcommand.
#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// Propose settings for a document, as a first `generator.toml` with comments.
    Init {
        /// The document, or a directory that contains `openapi.yaml`.
        #[arg(value_name = "FILE")]
        document: PathBuf,
        /// Where to write the settings; by default next to the document. `-` is standard output.
        #[arg(long, value_name = "FILE")]
        out: Option<PathBuf>,
        /// An OpenAPI Overlay to apply to the document first; several are applied in order.
        #[arg(long, value_name = "FILE")]
        overlay: Vec<PathBuf>,
        /// Allow references to files outside the directory of the document.
        #[arg(long)]
        allow_outside: bool,
    },
    /// Write a client crate for a document, or update it.
    ///
    /// Without options, reads `generator.toml` next to the document and the directory `samples` next to the settings,
    /// if they exist.
    Generate(GenerateArguments),
    /// Report every problem that stops the generator.
    Lint {
        /// Documents, or directories that contain `openapi.yaml`.
        #[arg(value_name = "FILE", required_unless_present = "explain")]
        documents: Vec<PathBuf>,
        /// Settings to use instead of the `generator.toml` next to each document.
        #[arg(long, value_name = "FILE")]
        config: Option<PathBuf>,
        /// Samples to use instead of the directory `samples` next to the settings.
        #[arg(long, value_name = "DIR")]
        samples: Option<PathBuf>,
        /// An OpenAPI Overlay to apply to the documents first; several are applied in order.
        #[arg(long, value_name = "FILE")]
        overlay: Vec<PathBuf>,
        /// Write an overlay that removes the parts with errors from the only document.
        #[arg(long, value_name = "FILE")]
        suggest_overlay: Option<PathBuf>,
        /// Allow references to files outside the directory of a document.
        #[arg(long)]
        allow_outside: bool,
        /// Explain why a rule exists, with a bad and a good example. Without a name, list all rules.
        #[arg(long, value_name = "RULE", conflicts_with_all = ["format", "documents", "config", "samples"])]
        explain: Option<Option<String>>,
        /// How to report diagnostics.
        #[arg(long, value_enum, default_value_t)]
        format: DiagnosticFormat,
    },
    /// Report changes for users of the client crate, and the version bump that they require.
    ///
    /// Exits with 0 whether or not there are changes, and with 1 if a document cannot be compared.
    Diff {
        /// A document, a directory that contains `openapi.yaml`, or a git revision of NEW.
        #[arg(value_name = "OLD")]
        old: String,
        /// A document, or a directory that contains `openapi.yaml`.
        #[arg(value_name = "NEW")]
        new: PathBuf,
        /// The current version of the crate, to report the next one.
        #[arg(long, value_name = "VERSION")]
        current: Option<String>,
        /// How to report changes.
        #[arg(long, value_enum, default_value_t)]
        format: ChangeFormat,
        /// Write the changes as Markdown into this changelog, replacing those of an earlier run.
        #[arg(long, value_name = "FILE")]
        changelog: Option<PathBuf>,
    },
    /// Run the generator on every document in a directory, and list the results.
    Corpus {
        /// The directory.
        #[arg(value_name = "DIR")]
        directory: PathBuf,
        /// Allow references to files outside the directory of a document.
        #[arg(long)]
        allow_outside: bool,
        /// Compile the generated crates, in `corpus` below Cargo's target directory.
        #[arg(long)]
        compile: bool,
        /// Also deserialize values of every schema into the generated types, serialize them again, and report
        /// differences.
        #[arg(long, requires = "compile")]
        round_trip: bool,
        /// The seed for random values.
        #[arg(long, value_name = "NUMBER", default_value_t = 1, requires = "round_trip")]
        seed: u64,
    },
}

/// The arguments of `generate`.
#[derive(Args, Clone, Debug)]
pub struct GenerateArguments {
    /// The document, or a directory that contains `openapi.yaml`.
    #[arg(long, value_name = "FILE")]
    spec: PathBuf,
    /// The directory of the crate.
    #[arg(long, value_name = "DIR", required_unless_present = "bundle")]
    out: Option<PathBuf>,
    /// The name of the crate.
    #[arg(long, value_name = "NAME", required_unless_present = "bundle")]
    name: Option<String>,
    /// Write the document as one OpenAPI 3.0 file instead of a crate: with all files and overlays, as JSON if the name
    /// ends with `.json`, and as YAML otherwise.
    #[arg(long, value_name = "FILE", conflicts_with_all = ["out", "name", "runtime", "check", "verbose", "timings"])]
    bundle: Option<PathBuf>,
    /// Settings for the document.
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// A directory of samples for the document.
    #[arg(long, value_name = "DIR")]
    samples: Option<PathBuf>,
    /// An OpenAPI Overlay to apply to the document first; several are applied in order.
    #[arg(long, value_name = "FILE")]
    overlay: Vec<PathBuf>,
    /// Allow references to files outside the directory of the document.
    #[arg(long)]
    allow_outside: bool,
    /// Leave out operations with errors, list them, and generate the others.
    #[arg(long)]
    keep_going: bool,
    /// Generate the operations of these tags only, with the types that they need. Overrides `only` in the settings.
    #[arg(long, value_name = "TAG", value_delimiter = ',')]
    only: Vec<String>,
    /// The registry version of clientsmith-runtime and clientsmith-command; by default, both are written into the
    /// directory of the crate.
    #[arg(long, value_name = "VERSION")]
    runtime: Option<String>,
    /// Write nothing, and fail if a file is out of date.
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    reporting: Reporting,
}

/// The report of `generate`.
#[derive(Args, Clone, Copy, Debug)]
pub struct Reporting {
    /// Print every difference, line by line.
    #[arg(long)]
    pub verbose: bool,
    /// How to report diagnostics.
    #[arg(long, value_enum, default_value_t)]
    pub format: DiagnosticFormat,
    /// Print the duration of each stage.
    #[arg(long, conflicts_with = "format")]
    pub timings: bool,
}

/// The job of `generate`.
pub(super) enum Job {
    Generate(Generate),
    Bundle(Bundle),
}

impl GenerateArguments {
    pub(super) fn job(self) -> Result<Job> {
        let Self { spec, out, name, bundle, config, samples, overlay, allow_outside, keep_going, only, .. } = self;
        let overlays = overlay.into_iter().map(Located::given).collect();
        let inputs = Inputs::of(&spec, config.as_deref(), samples.as_deref())?;
        let inputs = Inputs { overlays, allow_outside, keep_going, only, ..inputs };
        let (Some(out), Some(name)) = (out, name) else {
            let out = bundle.unwrap_or_default();
            return Ok(Job::Bundle(Bundle { inputs, out, format: self.reporting.format }));
        };
        let libraries = self.runtime.map_or_else(Libraries::inside, Libraries::Registry);
        let target = Target::Crate(Crate { out, name, libraries });
        Ok(Job::Generate(Generate { inputs, target, check: self.check, reporting: self.reporting }))
    }
}
