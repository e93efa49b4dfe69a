//! Runs the round trip of a crate, and collects the values that change.

use std::fmt;
use std::io::Write;
use std::iter::Sum;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread;

use anyhow::{Context, Result, bail};
use serde_json::Value;

use crate::round_trip::{Neighbour, RoundTrips, Samples, same};

/// The maximum number of reported problems per type.
const REPORTED: usize = 1;

/// The results of the round trips of a document.
#[derive(Clone, Default)]
pub(super) struct Carried {
    schemas: usize,
    /// Types without any generated value.
    pub(super) untried: Vec<String>,
    values: usize,
    neighbours: usize,
    /// Schemas with at least one changed value.
    failed: usize,
    pub(super) failures: Vec<String>,
}

/// Returns the name of a crate's round-trip program.
pub(super) fn program(name: &str) -> String {
    format!("{name}_round_trip")
}

/// Returns the path of its source in the directory of the crate.
pub(super) fn path(name: &str) -> String {
    format!("src/bin/{}.rs", program(name))
}

/// Runs the program with all values.
pub(super) fn run(program: &Path, round_trips: &RoundTrips) -> Result<Carried> {
    let lines: String = round_trips.types.iter().flat_map(lines).collect();
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
        carried.neighbours += samples.neighbours.len();
        for neighbour in &samples.neighbours {
            let Some(answer) = answers.next() else { bail!("{} ended too early", program.display()) };
            failures.extend(tolerated(neighbour, &answer?).map(|problem| format!("{}: {problem}", samples.name)));
        }
        carried.failed += usize::from(!failures.is_empty());
        carried.failures.extend(failures.into_iter().take(REPORTED));
    }
    Ok(carried)
}

/// Returns the input lines of the program for a type.
fn lines(samples: &Samples) -> impl Iterator<Item = String> {
    let neighbours = samples.neighbours.iter().map(|neighbour| &neighbour.value);
    samples.values.iter().chain(neighbours).map(|value| format!("{} {value}\n", samples.name))
}

/// Returns the problem with a value, unless it came back unchanged.
fn problem(value: &Value, answer: &Value) -> Option<String> {
    if let Some(path) = answer["mismatch"].as_str() {
        return Some(format!("{value} is rejected at `{path}`"));
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

/// Returns the problem if a value that violates its schema is not rejected correctly.
fn tolerated(neighbour: &Neighbour, answer: &Value) -> Option<String> {
    let Neighbour { value, keyword, pointer } = neighbour;
    if let Some(path) = answer["mismatch"].as_str() {
        let expected = json_path(value, pointer);
        let is_right = !neighbour.is_malformed() || path == expected;
        return (!is_right)
            .then(|| format!("{value} is rejected at `{path}`; its `{keyword}` is broken at `{expected}`"));
    }
    let is_violation = answer["violations"].as_array().is_some_and(|violations| !violations.is_empty());
    let is_rejected = is_violation && !neighbour.is_malformed();
    (!is_rejected).then(|| format!("{value} violates `{keyword}` at `{}`, but is accepted", json_path(value, pointer)))
}

/// Returns a JSON pointer into a value in the form used by decode errors.
fn json_path(mut value: &Value, pointer: &str) -> String {
    let mut path = String::new();
    for step in pointer.split('/').skip(1) {
        let is_item = value.is_array();
        value = value.pointer(&format!("/{step}")).unwrap_or(&Value::Null);
        if is_item {
            path.extend(["[", step, "]"]);
            continue;
        }
        if !path.is_empty() {
            path.push('.');
        }
        path.push_str(if is_plain(step) { step } else { "?" });
    }
    if path.is_empty() { ".".to_owned() } else { path }
}

/// Whether decode errors display a key.
fn is_plain(key: &str) -> bool {
    (1..=64).contains(&key.len())
        && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'))
}

impl fmt::Display for Carried {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { schemas, untried, values, neighbours, failed, .. } = self;
        write!(f, "{schemas} schemas, {values} values, {neighbours} invalid ones, {failed} schemas failed")?;
        if untried.is_empty() { Ok(()) } else { write!(f, ", {} without a value", untried.len()) }
    }
}

impl<'a> Sum<&'a Carried> for Carried {
    fn sum<I: Iterator<Item = &'a Self>>(carried: I) -> Self {
        carried.fold(Self::default(), |sum, one| Self {
            schemas: sum.schemas + one.schemas,
            untried: [sum.untried, one.untried.clone()].concat(),
            values: sum.values + one.values,
            neighbours: sum.neighbours + one.neighbours,
            failed: sum.failed + one.failed,
            failures: Vec::new(),
        })
    }
}
