//! The suite: every case is a trial with a name of its own, so that the list of trials shows what is covered.

mod alike;
mod alone;
mod blocking;
mod calls;
mod cancelled;
mod cases;
mod changes;
mod collector;
mod command;
mod compiled;
mod contract;
mod corpus;
mod diffs;
mod discreet;
mod docs;
mod evolution;
mod exchange;
mod explanations;
mod failures;
mod faults;
mod findings;
mod freshness;
mod goldens;
mod hooks;
mod hostile;
mod leaks;
mod licences;
mod limits;
mod memory;
mod mock;
mod mock_faults;
mod msrv;
mod once;
mod operations;
mod options;
mod package;
mod packages;
mod properties;
mod public_api;
mod queries;
mod reference;
mod refusals;
mod replies;
mod requests;
mod retries;
mod rules;
mod samples;
mod scratch;
mod server;
mod shape;
mod standalone;
mod streams;
mod traces;
mod undocumented;
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
        reference::trials(),
        queries::trials(),
        samples::trials(),
        requests::trials(),
        rules::trials(),
        failures::trials(),
        faults::trials(),
        retries::trials(),
        limits::trials(),
        options::trials(),
        replies::trials(),
        undocumented::trials(),
        hooks::trials(),
        hostile::trials(),
        blocking::trials(),
        traces::trials(),
        leaks::trials(),
        memory::trials(),
        cancelled::trials(),
        streams::trials(),
        once::trials(),
        discreet::trials(),
        mock::trials(),
        mock_faults::trials(),
        webhooks::trials(),
        refusals::trials(),
        explanations::trials(),
        findings::trials(),
        goldens::trials(),
        freshness::trials(),
        standalone::trials(),
        evolution::trials(),
        changes::trials(),
        command::trials(),
        diffs::trials(),
        contract::trials(),
        docs::trials(),
        msrv::trials(),
        licences::trials(),
        package::trials(),
        public_api::trials(),
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
    collector::listen();
    libtest_mimic::run(&Arguments::from_args(), trials()).exit_code()
}
