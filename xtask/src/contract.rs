//! `contract`: checks the client, the document and the samples with independent tools.

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

/// The result of a part.
struct Report {
    /// A summary of the checks, with numbers.
    figures: String,
    failures: usize,
    /// Details for fixing the failed checks; empty if there are none.
    details: String,
}

/// A part, which has its own file.
type Part = fn(&Bench) -> Result<Report>;

/// The parts by name, in order of execution.
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
