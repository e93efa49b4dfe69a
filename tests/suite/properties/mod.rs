//! Property tests: invariants, checked with random inputs.
//!
//! Every run uses new inputs. A failing input is shrunk and printed; turn it into an ordinary test.

mod connection;
mod decode;
mod enums;
mod json;
mod money;
mod queries;
mod redact;
mod texts;
mod times;

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, TestRunner};

/// Checks this many inputs, or as many as `PROPTEST_CASES` sets.
#[track_caller]
fn check<S: Strategy>(cases: u32, inputs: &S, holds: impl Fn(S::Value)) {
    let default = Config::default();
    let cases = if std::env::var_os("PROPTEST_CASES").is_some() { default.cases } else { cases };
    let config = Config { cases, failure_persistence: None, ..default };
    let result = TestRunner::new(config).run(inputs, |input| {
        holds(input);
        Ok(())
    });
    result.unwrap_or_else(|error| panic!("{error}"));
}
