//! Checks the samples with an independent validator: responses match their schema, tolerated samples do not.

use anyhow::Result;

use super::Report;
use super::bench::Bench;
use super::bodies::{Bodies, Expected, check};
use crate::project::Project;

const KINDS: &[Bodies] = &[
    Bodies { ending: ".response.json", status: "2XX", expected: Expected::Fit },
    Bodies { ending: ".tolerated.json", status: "2XX", expected: Expected::Mismatch },
    // The samples do not include their status; all error responses have the same schema.
    Bodies { ending: ".error.json", status: "4XX", expected: Expected::Fit },
];

pub(super) fn run(bench: &Bench) -> Result<Report> {
    let directory = bench.project.path(Project::SAMPLES);
    let (mut fitting, mut mismatching) = (0, 0);
    let mut failures = Vec::new();
    for kind in KINDS {
        let checked = check(bench, &directory, kind)?;
        match kind.expected {
            Expected::Fit => fitting += checked.count,
            Expected::Mismatch => mismatching += checked.count,
        }
        failures.extend(checked.failures);
    }
    Ok(Report {
        figures: format!("{fitting} bodies that have to fit, {mismatching} that must not"),
        failures: failures.len(),
        details: failures.join("\n"),
    })
}
