//! The generator and the base library alone in turns, within one process; each result is a line of JSON on standard output.

use std::process::ExitCode;

use benches::row::Row;
use mimalloc::MiMalloc;

mod bare;
mod growth;
mod inputs;
mod peak;
mod project;

/// That of the command, for both sides.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

const USAGE: &str = "there is --rounds N (41 unless set)";

fn main() -> ExitCode {
    // Cargo says `--bench` to every benchmark.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let rounds = match words[..] {
        // This program is also the one whose memory is looked at.
        ["peak", side, what] => return peak::run(side, what),
        [] => Some(41),
        ["--rounds", number] => number.parse().ok(),
        _ => None,
    };
    let Some(rounds) = rounds else {
        eprintln!("error: {USAGE}");
        return ExitCode::FAILURE;
    };
    for (name, measure) in PARTS {
        eprintln!("measuring: {name}");
        measure(rounds).iter().for_each(Row::print);
    }
    ExitCode::SUCCESS
}

/// A part: its name, and what it measures in so many rounds.
type Part = (&'static str, fn(usize) -> Vec<Row>);

const PARTS: [Part; 3] =
    [("this project's document", project::measure), ("growth", growth::measure), ("memory", peak::measure)];
