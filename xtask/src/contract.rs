//! `contract`: the client, the document and the samples before tools that know nothing of this project.

use std::io::Write;

use anyhow::{Context, Result};

use crate::project::Project;
use crate::{Outcome, command};

mod bench;
mod bodies;
mod mock_server;
mod prism;
mod responses;
mod samples;
mod schemathesis;
mod server;

use bench::Bench;

/// What a part found.
struct Report {
    /// What it looked at, with numbers.
    figures: String,
    failures: usize,
    /// Everything that helps to fix the failures; empty if there are none.
    details: String,
}

/// A part, which has a file of its own.
type Part = fn(&Bench) -> Result<Report>;

/// The parts by name, in the order in which they run.
const PARTS: &[(&str, Part)] = &[
    ("prism", prism::run),
    ("schemathesis", schemathesis::run),
    ("samples", samples::run),
    ("responses", responses::run),
];

pub(crate) fn contract(project: &Project, out: &mut dyn Write, err: &mut dyn Write) -> Result<Outcome> {
    let bench = Bench::at(project)?;
    let mut outcome = Outcome::Done;
    for (name, run) in PARTS {
        let report = run(&bench).with_context(|| format!("{name} could not be run"))?;
        if report.failures > 0 {
            outcome = Outcome::Rejected;
            writeln!(err, "{}", report.details.trim_end())?;
        }
        let plural = if report.failures == 1 { "" } else { "s" };
        writeln!(out, "{name}: {}, {} failure{plural}", report.figures, report.failures)?;
    }
    Ok(outcome)
}
