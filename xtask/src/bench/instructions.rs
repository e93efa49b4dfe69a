//! Instruction counts by gungraun, if valgrind is installed.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};
use serde_json::Value;

use super::programs::{bench, lines};
use super::row::{Kind, Row, Target};
use crate::project::Project;
use crate::{cargo, command};

/// The rows: a name, our benchmark, its peer, the kind of comparison, and the target.
const ROWS: &[(&str, &str, &str, Kind, Target)] = &[
    ("decode a page of 100, beside exact structs", "decode_client", "decode_exact", Kind::Ratio, Target::AtMost(1.10)),
    ("decode a page of 100, beside floats and texts", "decode_client", "decode_cheap", Kind::Ratio, Target::Told),
    ("a call, beside its request alone", "call_client", "call_by_hand", Kind::Difference, Target::Told),
    ("with a limiter, beside none", "call_client", "call_free", Kind::Difference, Target::Told),
];

/// Returns no rows without valgrind.
pub(super) fn count(project: &Project) -> Result<Vec<Row>> {
    if command::output(Command::new("valgrind").arg("--version")).is_err() {
        eprintln!("instructions are not counted: valgrind is not installed");
        return Ok(Vec::new());
    }
    let runner = runner(project)?;
    let mut counting = bench(project, "instructions");
    counting.env("GUNGRAUN_RUNNER", runner).args(["--", "--output-format=json"]);
    let text = lines(&mut counting).context("the benchmark `instructions` failed")?;
    let counts = text.lines().map(serde_json::from_str).collect::<Result<Vec<Value>, _>>()?;
    ROWS.iter().map(|row| compared(row, &counts)).collect()
}

/// Returns gungraun's runner in the same version as the library; builds it on first use.
fn runner(project: &Project) -> Result<PathBuf> {
    let version = cargo::version(project, "gungraun")?;
    let directory = cargo::target_directory(project)?.join("bench").join(format!("gungraun-runner-{version}"));
    let program = directory.join("bin").join("gungraun-runner");
    if !program.exists() {
        eprintln!("building gungraun-runner {version}");
        let mut install = cargo::command(project);
        install.args(["install", "gungraun-runner", "--quiet", "--locked", "--version", &version]);
        command::output(install.arg("--root").arg(directory))?;
    }
    Ok(program)
}

fn compared(&(name, ours, theirs, kind, target): &(&str, &str, &str, Kind, Target), counts: &[Value]) -> Result<Row> {
    let count = |function: &str| {
        let found = counts.iter().find(|count| count["function_name"] == function);
        let count = found.and_then(|found| found.pointer("/profiles/0/data/total/metrics/Ir/values/new"));
        count.and_then(Value::as_f64).with_context(|| format!("nothing was counted for {function}"))
    };
    let (ours, theirs) = (count(ours)?, count(theirs)?);
    let value = if kind == Kind::Ratio { ours / theirs } else { ours - theirs };
    let (name, unit) = (name.to_owned(), "instructions".to_owned());
    Ok(Row { name, ours, theirs: Some(theirs), unit, value, kind, spread: None, target })
}
