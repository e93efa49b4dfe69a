//! The commands behind `cargo xtask`. Generator commands run clientsmith on the files of this project.

use std::io::Write;

use generator::Program;
use generator::program::{Build, Console, Corpus, Crate, Diff, Generate, Inputs, Libraries, Target, explain, lint};

mod arguments;
mod bench;
mod cargo;
mod command;
mod contract;
mod docs;
mod install;
mod mock;
mod project;
mod tools;
mod version;

pub use arguments::{Arguments, Command};
pub use bench::Subject;
pub use generator::program::{Outcome, silence_caught_panics};
use project::Project;

/// Runs a command; results go to `out`, errors and progress to `err`.
///
/// The output contains escape sequences for colours; the streams keep or remove them.
pub fn run(arguments: &Arguments, out: &mut dyn Write, err: &mut dyn Write) -> anyhow::Result<Outcome> {
    let project = Project::at(arguments.root.clone());
    let console = &mut Console { program: Program::Xtask, out, err };
    match arguments.command.clone() {
        Command::Generate { spec: Some(spec), config, samples, out: Some(out), name: Some(name), check, reporting } => {
            let inputs = Inputs::of(&spec, config.as_deref(), samples.as_deref())?;
            Generate {
                inputs,
                target: Target::Crate(Crate { out, name, libraries: Libraries::inside() }),
                check,
                reporting,
            }
            .run(console)
        }
        Command::Generate { check, reporting, .. } => {
            Generate { inputs: project.inputs(), target: project.sources(), check, reporting }.run(console)
        }
        Command::Lint { explain: Some(rule), .. } => explain(rule.as_deref(), console),
        Command::Lint { explain: None, format } => lint(&[project.inputs()], None, format, console),
        Command::Diff { old, format, changelog } => {
            let changelog = changelog.then(|| project.located(Project::CHANGELOG));
            Diff { old, new: project.inputs(), version: version::current(&project.root), format, changelog }
                .run(console)
        }
        Command::Corpus { directory, compile } => {
            let compile = compile.then(|| build(&project)).transpose()?;
            Corpus { directory, allow_outside: false, compile, round_trip: None }.run(console)
        }
        Command::Docs { out: directory, serve, open, test } => {
            docs::docs(&project, &docs::Order { out: directory, serve, open, test }, console)
        }
        Command::Contract => contract::contract(&project, console.out, console.err),
        Command::Bench { subject, rows, rounds } => bench::bench(&project, subject, rows, rounds, console.out),
        Command::Mock { port, seed } => mock::mock(&project, port, seed),
    }
}

/// Returns the build settings for crates of other documents, with this project's locked dependency versions.
fn build(project: &Project) -> anyhow::Result<Build> {
    let directory = cargo::target_directory(project)?.join("corpus");
    Ok(Build { directory, lock: Some(project.path("Cargo.lock")), check: true })
}
