//! Alternating runs of the generator and of progenitor alone, in one process.
//!
//! Each result is a line of JSON on standard output.

use std::process::ExitCode;

use benches::row::Row;
use mimalloc::MiMalloc;

mod bare;
mod growth;
mod inputs;
mod peak;
mod project;

/// The command's allocator, used for both sides.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

const USAGE: &str = "there is --rounds N (41 unless set)";

fn main() -> ExitCode {
    // Cargo passes `--bench` to every benchmark.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let rounds = match words[..] {
        // The process whose memory is measured is a mode of this program.
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

/// A part: its name, and a function that measures it in the given number of rounds.
type Part = (&'static str, fn(usize) -> Vec<Row>);

const PARTS: [Part; 3] =
    [("this project's document", project::measure), ("growth", growth::measure), ("memory", peak::measure)];
