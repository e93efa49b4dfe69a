//! The peak memory of each side, in its own process.

use std::hint::black_box;
use std::process::{Command, ExitCode};

use benches::memory;
use benches::row::{Kind, Row, Target};

use crate::{bare, inputs};

const OURS: &str = "ours";
const THEIRS: &str = "theirs";
const PROJECT: &str = "project";

pub(crate) fn measure(_rounds: usize) -> Vec<Row> {
    [
        (PROJECT, "this project's document, peak memory", Target::AtMost(1.5)),
        ("5000", "5000 operations, peak memory", Target::Told),
    ]
    .into_iter()
    .filter_map(|(what, name, target)| {
        let (ours, theirs) = (of_process(OURS, what)?, of_process(THEIRS, what)?);
        let (name, value) = (name.to_owned(), ours / theirs);
        Some(Row { name, ours, theirs: Some(theirs), unit: "MB", value, kind: Kind::Ratio, spread: None, target })
    })
    .collect()
}

/// The peak memory of one side in a process of its own; `None` if the system does not report it.
fn of_process(side: &str, what: &str) -> Option<f64> {
    let output = Command::new(std::env::current_exe().ok()?).args(["peak", side, what]).output().ok()?;
    String::from_utf8_lossy(&output.stdout).trim().parse().ok()
}

/// Runs one side once and prints its peak memory.
pub(crate) fn run(side: &str, what: &str) -> ExitCode {
    let input = what.parse().map_or_else(|_| inputs::project(), inputs::made_up);
    if side == OURS {
        black_box(generator::generate(&input).expect("a good document"));
    } else {
        black_box(bare::generate(&input.spec.text));
    }
    if let Some(peak) = memory::peak() {
        println!("{peak}");
    }
    ExitCode::SUCCESS
}
