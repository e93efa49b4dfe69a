//! Alternating runs of the client and a hand-written peer; each result is a line of JSON on standard output.

use std::process::ExitCode;

use benches::row::Row;

mod calls;
mod decode;
mod overhead;
mod server;
mod streams;

const USAGE: &str = "there are --rows N (for the streams, 1000000 unless set), --rounds N and the names of parts";

/// A part: its name and its measuring function.
type Part = (&'static str, fn(&Scale) -> Vec<Row>);

const PARTS: &[Part] = &[
    ("decode", decode::measure),
    ("calls", calls::measure),
    ("overhead", overhead::measure),
    ("streams", streams::measure),
    ("memory", streams::memory),
];

/// The number of rounds and rows to measure.
struct Scale {
    rounds: usize,
    rows: u64,
}

fn main() -> ExitCode {
    // Cargo passes `--bench` to every benchmark.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    // The server and the measured readers are modes of this program.
    match words[..] {
        ["serve", rows, delay] => return server::serve(rows, delay),
        ["stream", url, rows, prefetch] => return streams::as_a_stream(url, rows, prefetch),
        ["loop", url, rows] => return streams::in_a_loop(url, rows),
        ["read", url, rows] => return streams::read(url, rows),
        _ => {}
    }
    match scale(&words) {
        Ok((scale, parts)) => {
            for (name, measure) in parts {
                eprintln!("measuring: {name}");
                measure(&scale).iter().for_each(Row::print);
            }
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("error: {problem}: {USAGE}");
            ExitCode::FAILURE
        }
    }
}

fn scale(words: &[&str]) -> Result<(Scale, Vec<Part>), String> {
    let mut scale = Scale { rounds: 41, rows: 1_000_000 };
    let mut parts = Vec::new();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        let mut number = || words.next().and_then(|number| number.parse().ok()).ok_or(format!("{word} takes a number"));
        match *word {
            "--rows" => scale.rows = number()?,
            "--rounds" => scale.rounds = usize::try_from(number()?).map_err(|error| error.to_string())?,
            name => parts.push(*PARTS.iter().find(|part| part.0 == name).ok_or(format!("there is no `{name}`"))?),
        }
    }
    let all = parts.is_empty();
    Ok((scale, if all { PARTS.to_vec() } else { parts }))
}
