//! The `clientsmith` program: arguments, disk, clock, processes and the terminal around the library.
//!
//! No other module uses any of these or imports this one.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Result;
use clap::Parser;

use crate::Program;

mod arguments;
mod bundle;
mod changelog;
mod console;
mod corpus;
mod diagnostics;
mod diff;
mod disk;
mod earlier;
mod explain;
mod generate;
mod init;
mod inputs;
mod last_time;
mod libraries;
mod lint;
mod located;
mod manifest;
mod outcome;
mod standalone;
mod style;
mod target;
mod terminal;
mod timings;
mod tree;

use arguments::Job;
pub use arguments::{Arguments, Command, Reporting};
pub use bundle::Bundle;
pub use console::Console;
pub use corpus::{Build, Corpus};
pub use diagnostics::{DiagnosticFormat, NOTHING_WRITTEN, report};
pub use diff::{ChangeFormat, Diff};
pub use disk::{names_below, read};
pub use explain::explain;
pub use generate::Generate;
pub use init::Init;
pub use inputs::Inputs;
pub use libraries::Libraries;
pub use lint::lint;
pub use located::Located;
pub use outcome::Outcome;
pub use target::{Crate, Sources, Target};
pub use terminal::{on_terminal, silence_caught_panics};

/// Runs the program with the arguments of this process.
pub fn main() -> ExitCode {
    let arguments = Arguments::parse();
    on_terminal(arguments.color, |out, err| run(&arguments, out, err))
}

/// Runs a command. Results are written to `out`, errors and progress to `err`.
///
/// The text contains escape sequences for colours, which the streams may strip.
pub fn run(arguments: &Arguments, out: &mut dyn Write, err: &mut dyn Write) -> Result<Outcome> {
    let console = &mut Console { program: Program::Clientsmith, out, err };
    match arguments.command.clone() {
        Command::Generate(arguments) => match arguments.job()? {
            Job::Generate(generate) => generate.run(console),
            Job::Bundle(bundle) => bundle.run(console),
        },
        Command::Lint { explain: Some(rule), .. } => explain(rule.as_deref(), console),
        Command::Lint { documents, config, samples, overlay, suggest_overlay, allow_outside, format, .. } => {
            let overlays: Vec<_> = overlay.into_iter().map(Located::given).collect();
            let of = |path: &PathBuf| {
                let overlays = overlays.clone();
                Ok(Inputs { overlays, allow_outside, ..Inputs::of(path, config.as_deref(), samples.as_deref())? })
            };
            let documents = documents.iter().map(of).collect::<Result<Vec<_>>>()?;
            lint(&documents, suggest_overlay.as_deref(), format, console)
        }
        Command::Init { document, out, overlay, allow_outside } => {
            let overlays = overlay.into_iter().map(Located::given).collect();
            let inputs = Inputs { overlays, allow_outside, ..Inputs::of(&document, None, None)? };
            Init { inputs, out }.run(console)
        }
        Command::Diff { old, new, current, format, changelog } => {
            let new = Inputs::of(&new, None, None)?;
            Diff { old, new, version: current, format, changelog: changelog.map(Located::given) }.run(console)
        }
        Command::Corpus { directory, allow_outside, compile, round_trip, seed } => {
            let compile = compile.then(Build::in_target_directory);
            Corpus { directory, allow_outside, compile, round_trip: round_trip.then_some(seed) }.run(console)
        }
    }
}
