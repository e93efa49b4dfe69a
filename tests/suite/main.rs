//! The suite: every case is a trial with a name of its own, so that the list of trials shows what is covered.

mod alike;
mod calls;
mod cases;
mod changes;
mod compiled;
mod contract;
mod corpus;
mod diffs;
mod discreet;
mod evolution;
mod exchange;
mod failures;
mod faults;
mod freshness;
mod goldens;
mod limits;
mod mock;
mod mock_faults;
mod once;
mod operations;
mod properties;
mod queries;
mod refusals;
mod requests;
mod retries;
mod rules;
mod samples;
mod scratch;
mod server;
mod shape;
mod streams;
mod virtual_time;
mod webhooks;
mod wire;

use std::process::ExitCode;

use libtest_mimic::{Arguments, Trial};

/// The groups of trials, one line each.
fn trials() -> Vec<Trial> {
    [
        corpus::trials(),
        operations::trials(),
        queries::trials(),
        samples::trials(),
        requests::trials(),
        rules::trials(),
        failures::trials(),
        faults::trials(),
        retries::trials(),
        limits::trials(),
        streams::trials(),
        once::trials(),
        discreet::trials(),
        mock::trials(),
        mock_faults::trials(),
        webhooks::trials(),
        refusals::trials(),
        goldens::trials(),
        freshness::trials(),
        evolution::trials(),
        changes::trials(),
        diffs::trials(),
        contract::trials(),
        properties::trials(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A trial that fails by panicking.
fn trial(name: impl Into<String>, run: impl FnOnce() + Send + 'static) -> Trial {
    Trial::test(name, || {
        run();
        Ok(())
    })
}

fn main() -> ExitCode {
    xtask::silence_caught_panics();
    libtest_mimic::run(&Arguments::from_args(), trials()).exit_code()
}
