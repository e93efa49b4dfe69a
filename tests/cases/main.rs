//! Data-driven tests: each file, sample, operation or table row is a test with its own name.

mod changes;
mod command;
mod compiled;
mod contract;
mod evolution;
mod exchange;
mod explanations;
mod failures;
mod faults;
mod goldens;
mod hooks;
mod hostile;
mod leaks;
mod left_out;
mod mistakes;
mod mock_faults;
mod names;
mod operations;
mod options;
mod overlays;
mod queries;
mod rejections;
mod reported;
mod requests;
mod retries;
mod rules;
mod samples;
mod traces;
mod undocumented;
mod versions;
mod webhooks;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};

/// The groups of cases, one line each.
fn cases() -> Vec<Trial> {
    [
        operations::cases(),
        queries::cases(),
        samples::cases(),
        requests::cases(),
        rules::cases(),
        failures::cases(),
        faults::cases(),
        retries::cases(),
        options::cases(),
        undocumented::cases(),
        hooks::cases(),
        traces::cases(),
        leaks::cases(),
        mock_faults::cases(),
        webhooks::cases(),
        command::cases(),
        hostile::cases(),
        rejections::cases(),
        explanations::cases(),
        goldens::cases(),
        evolution::cases(),
        changes::cases(),
        reported::cases(),
        versions::cases(),
        left_out::cases(),
        overlays::cases(),
        mistakes::cases(),
        names::cases(),
        contract::cases(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Returns a test that fails by panicking.
fn case(name: impl Into<String>, run: impl FnOnce() + Send + 'static) -> Trial {
    Trial::test(name, || {
        run();
        Ok(())
    })
}

fn main() -> ExitCode {
    tests::documents::silence_caught_panics();
    libtest_mimic::run(&Arguments::from_args(), cases()).exit_code()
}
