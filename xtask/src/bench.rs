//! `bench`: runs benchmarks and prints their comparisons. It fails only if a benchmark does not run.

use std::io::Write;

use anyhow::Result;
use clap::ValueEnum;

use crate::Outcome;
use crate::project::Project;

mod client;
mod instructions;
mod programs;
mod row;
mod table;

/// A subject of benchmarks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
#[non_exhaustive]
pub enum Subject {
    /// The client crate, compared with hand-written calls.
    #[default]
    Client,
    /// The generator, compared with progenitor alone.
    Generator,
    /// The command: its startup, and its exports compared with a hand-written loop.
    Command,
}

pub(crate) fn bench(
    project: &Project,
    subject: Subject,
    rows: Option<u64>,
    rounds: Option<u64>,
    out: &mut dyn Write,
) -> Result<Outcome> {
    let measured = match subject {
        Subject::Client => client::measure(project, rows, rounds)?,
        Subject::Command => client::rows(project, "command", &[("--rows", rows), ("--rounds", rounds)])?,
        Subject::Generator => client::rows(project, "generator", &[("--rounds", rounds)])?,
    };
    table::print(&measured, out)?;
    Ok(Outcome::Done)
}
