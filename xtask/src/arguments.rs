//! The command line of `cargo xtask`.

use std::path::PathBuf;

use clap::{ColorChoice, Parser, Subcommand};
use generator::program::{ChangeFormat, DiagnosticFormat, Reporting};

use crate::Subject;

/// The project's own commands.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", about, disable_help_subcommand = true)]
pub struct Arguments {
    /// The directory of the project; by default the one that this command was built in.
    #[arg(long, global = true, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// When to use colors: `auto` means on a terminal, unless `NO_COLOR` is set.
    #[arg(long, global = true, value_name = "WHEN", default_value_t)]
    pub color: ColorChoice,
    /// The subcommand.
    #[command(subcommand)]
    pub command: Command,
}

/// A subcommand.
#[derive(Clone, Debug, Subcommand)]
pub enum Command {
    /// Write the generated files of the client crate from spec/, or a standalone crate for another document.
    Generate {
        /// Another document; requires --out and --name.
        #[arg(long, value_name = "FILE", requires_all = ["out", "name"])]
        spec: Option<PathBuf>,
        /// Settings for that document.
        #[arg(long, value_name = "FILE", requires = "spec")]
        config: Option<PathBuf>,
        /// A directory of samples for that document.
        #[arg(long, value_name = "DIR", requires = "spec")]
        samples: Option<PathBuf>,
        /// The directory of that crate.
        #[arg(long, value_name = "DIR", requires = "spec")]
        out: Option<PathBuf>,
        /// The name of that crate.
        #[arg(long, value_name = "NAME", requires = "spec")]
        name: Option<String>,
        /// Write nothing; fail if a file differs from what would be written.
        #[arg(long)]
        check: bool,
        /// How to report the result.
        #[command(flatten)]
        reporting: Reporting,
    },
    /// Report everything in spec/ that stops the generator.
    Lint {
        /// Explain a rule: its reason, a bad and a good example. Without a name, list the rules.
        #[arg(long, value_name = "RULE", conflicts_with = "format")]
        explain: Option<Option<String>>,
        /// How to report diagnostics.
        #[arg(long, value_enum, default_value_t)]
        format: DiagnosticFormat,
    },
    /// Report what changed in spec/ for users of the client crate, and the required version bump.
    ///
    /// Exits with 0 for any change, and with 1 if a document cannot be compared.
    Diff {
        /// The baseline: a git revision of this project, or a file with a document.
        ///
        /// A file uses the generator.toml in its directory, or else the settings of spec/.
        #[arg(value_name = "REVISION|FILE")]
        old: String,
        /// How to report changes.
        #[arg(long, value_enum, default_value_t)]
        format: ChangeFormat,
        /// Write the Markdown form into CHANGELOG.md, replacing the entry of an earlier run.
        #[arg(long)]
        changelog: bool,
    },
    /// Build the documentation site: guide, reference and rustdoc. Needs Node.
    Docs {
        /// The directory to build; `docs-site` in Cargo's target directory by default.
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
        /// Serve it on this machine until Ctrl-C; 0 is a free port.
        #[arg(long, value_name = "PORT")]
        serve: Option<u16>,
        /// Open it in the browser; serves it on a free port unless --serve names one.
        #[arg(long)]
        open: bool,
        /// Test it in Chromium.
        #[arg(long, conflicts_with_all = ["serve", "open"])]
        test: bool,
    },
    /// Test the client, the document and the samples against independent tools.
    Contract,
    /// Measure performance against a baseline, and print a table of ratios.
    Bench {
        /// The subject to measure.
        #[arg(value_enum, default_value_t)]
        subject: Subject,
        /// How many rows the streams read; a million by default.
        #[arg(long, value_name = "N")]
        rows: Option<u64>,
        /// How many rounds to compare each pair; 41 by default.
        #[arg(long, value_name = "N")]
        rounds: Option<u64>,
    },
    /// Run the generator over a directory of documents, and list the result of each.
    Corpus {
        /// The directory.
        #[arg(value_name = "DIR")]
        directory: PathBuf,
        /// Compile the generated crates.
        #[arg(long)]
        compile: bool,
    },
    /// Serve a mock of the API on this machine, until Ctrl-C.
    Mock {
        /// The port to listen on; a free one by default.
        #[arg(long, value_name = "N")]
        port: Option<u16>,
        /// The seed for the IDs of new objects.
        #[arg(long, value_name = "N")]
        seed: Option<u64>,
    },
}
