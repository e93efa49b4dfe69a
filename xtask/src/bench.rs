//! `bench`: measures, and prints how what was measured compares; it judges nothing but whether everything ran.

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

/// What can be measured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
#[non_exhaustive]
pub enum Subject {
    /// The client crate, beside the same calls written by hand.
    #[default]
    Client,
    /// The generator, beside the base library alone.
    Generator,
    /// The command: its start, and its exports beside a loop written by hand.
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
