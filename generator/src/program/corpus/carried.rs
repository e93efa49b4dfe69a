//! Values → what comes back of them from the program that reads and writes them.

use std::fmt;
use std::io::Write;
use std::iter::Sum;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::round_trip::{RoundTrips, same};

/// How many failures of one type are reported.
const REPORTED: usize = 1;

/// How the values of a document fared.
#[derive(Clone, Default)]
pub(super) struct Carried {
    schemas: usize,
    /// Types that no value is known of.
    pub(super) untried: Vec<String>,
    values: usize,
    /// Schemas some of whose values changed.
    failed: usize,
    pub(super) failures: Vec<String>,
}

/// What the program of a crate is called.
pub(super) fn program(name: &str) -> String {
    format!("{name}_round_trip")
}

/// Where its source is, in the directory of the crate.
pub(super) fn path(name: &str) -> String {
    format!("src/bin/{}.rs", program(name))
}

/// Runs the program with all values.
pub(super) fn run(program: &Path, round_trips: &RoundTrips) -> Result<Carried> {
    let values =
        || round_trips.types.iter().flat_map(|samples| samples.values.iter().map(move |value| (&samples.name, value)));
    let lines: String = values().map(|(name, value)| format!("{name} {value}\n")).collect();
    let mut child = Command::new(program)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .with_context(|| format!("cannot run {}", program.display()))?;
    let mut input = child.stdin.take().context("a program without an input")?;
    let writer = thread::spawn(move || input.write_all(lines.as_bytes()));
    let output = child.wait_with_output()?;
    writer.join().ok().context("the writer of values panicked")??;
    let answers = String::from_utf8(output.stdout)?;
    let mut answers = answers.lines().map(serde_json::from_str::<Value>);
    let mut carried = Carried { schemas: round_trips.types.len(), ..Carried::default() };
    for samples in &round_trips.types {
        carried.untried.extend(samples.values.is_empty().then(|| samples.name.clone()));
        carried.values += samples.values.len();
        let mut failures = Vec::new();
        for value in &samples.values {
            let Some(answer) = answers.next() else { bail!("{} ended too early", program.display()) };
            failures.extend(problem(value, &answer?).map(|problem| format!("{}: {problem}", samples.name)));
        }
        carried.failed += usize::from(!failures.is_empty());
        carried.failures.extend(failures.into_iter().take(REPORTED));
    }
    Ok(carried)
}

/// What became of a value, unless it is the same.
fn problem(value: &Value, answer: &Value) -> Option<String> {
    if let Some(error) = answer["error"].as_str() {
        return Some(format!("{value} is not read: {error}"));
    }
    let violations = answer["violations"].as_array().map(Vec::as_slice).unwrap_or_default();
    if let Some(violation) = violations.first() {
        return Some(format!("{value} is not sent: {violation}"));
    }
    match answer["written"].as_str().map(serde_json::from_str) {
        Some(Ok(written)) => same(value, &written).err(),
        _ => Some(format!("{value} is not written")),
    }
}

impl fmt::Display for Carried {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { schemas, untried, values, failed, .. } = self;
        write!(f, "{schemas} schemas, {values} values, {failed} schemas failed")?;
        if untried.is_empty() { Ok(()) } else { write!(f, ", {} without a value", untried.len()) }
    }
}

impl<'a> Sum<&'a Carried> for Carried {
    fn sum<I: Iterator<Item = &'a Self>>(carried: I) -> Self {
        carried.fold(Self::default(), |sum, one| Self {
            schemas: sum.schemas + one.schemas,
            untried: [sum.untried, one.untried.clone()].concat(),
            values: sum.values + one.values,
            failed: sum.failed + one.failed,
            failures: Vec::new(),
        })
    }
}
