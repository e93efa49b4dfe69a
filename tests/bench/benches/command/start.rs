//! The time that the command takes to print its version, compared with a minimal clap program.

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use benches::row::{Kind, Row, Target};

const HELLO: &str = env!("CARGO_BIN_EXE_hello");

pub(crate) fn measure(command: &Path, rounds: usize) -> Row {
    let (mut ours, mut theirs, mut more) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..rounds {
        let pair = (milliseconds(command), milliseconds(Path::new(HELLO)));
        ours.push(pair.0);
        theirs.push(pair.1);
        more.push(pair.0 - pair.1);
    }
    let (value, spread) = (median(&mut more), None);
    let (ours, theirs) = (median(&mut ours), Some(median(&mut theirs)));
    let name = "--version".to_owned();
    Row { name, ours, theirs, unit: "ms", value, kind: Kind::Difference, spread, target: Target::AtMost(20.0) }
}

fn milliseconds(program: &Path) -> f64 {
    let begun = Instant::now();
    let ended = Command::new(program).arg("--version").stdout(Stdio::null()).status();
    assert!(ended.is_ok_and(|status| status.success()), "{} does not run", program.display());
    begun.elapsed().as_secs_f64() * 1e3
}

pub(crate) fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or_default()
}
