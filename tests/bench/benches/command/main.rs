//! Benchmarks of the installed command, each run in its own process; every result is a line of JSON on standard output.

use std::path::PathBuf;
use std::process::{Command, ExitCode};

use benches::row::{Row, Target};

mod by_hand;
mod export;
mod start;

const USAGE: &str = "there are --rounds N (5 unless set) and --rows N (100,000 unless set)";

fn main() -> ExitCode {
    // Cargo passes `--bench` to every benchmark.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let (mut rounds, mut rows) = (5, 100_000);
    let mut words = arguments.iter().map(String::as_str);
    while let Some(word) = words.next() {
        let number = words.next();
        match (word, number.and_then(|number| number.parse().ok())) {
            // The hand-written loop is a mode of this program.
            ("by-hand", _) => return by_hand::run(number, words.next(), words.next()),
            ("--rounds", Some(number)) => rounds = number,
            ("--rows", Some(number)) => rows = number,
            _ => {
                eprintln!("error: {USAGE}");
                return ExitCode::FAILURE;
            }
        }
    }
    let Some(command) = build() else { return ExitCode::FAILURE };
    eprintln!("measuring: start");
    start::measure(&command, rounds * 20).print();
    size(&command).iter().for_each(Row::print);
    eprintln!("measuring: export");
    export::measure(&command, rounds, rows).iter().for_each(Row::print);
    ExitCode::SUCCESS
}

/// Builds the command in release mode; `None` if the build fails.
fn build() -> Option<PathBuf> {
    let arguments =
        ["build", "--quiet", "--release", "--package", "promotekit", "--features", "cli", "--bin", "promotekit"];
    let ended = Command::new(env!("CARGO")).args(arguments).current_dir(env!("CARGO_MANIFEST_DIR")).status();
    if !ended.is_ok_and(|status| status.success()) {
        eprintln!("error: the command cannot be built");
        return None;
    }
    // The command is one directory above this program.
    let program = std::env::current_exe().ok()?;
    Some(program.parent()?.parent()?.join(format!("promotekit{}", std::env::consts::EXE_SUFFIX)))
}

#[allow(clippy::cast_precision_loss, reason = "no program has so many bytes")]
fn size(command: &PathBuf) -> Option<Row> {
    let bytes = std::fs::metadata(command).ok()?.len();
    Some(Row::figure("size of the command", bytes as f64 / 1e6, "MB", Target::Told))
}
