//! Implements `--timings`: measures the duration of each stage.

use std::io::{self, Write};
use std::time::{Duration, Instant};

use anyhow::Result;

use super::Console;
use crate::{Diagnostic, FileSet, Input, Scope, Stage, generate_watched};

/// The start of each stage.
#[derive(Debug, Default)]
struct Timings {
    begun: Vec<(Stage, Instant)>,
}

/// Runs the generator, and prints the durations if requested, even if the document is rejected.
pub(super) fn generate(
    input: &Input,
    scope: Scope,
    timings: bool,
    console: &mut Console<'_>,
) -> Result<Result<FileSet, Vec<Diagnostic>>> {
    let mut taken = Timings::default();
    let watch = &mut |stage| taken.begun.push((stage, Instant::now()));
    let result = generate_watched(input, console.program, scope, watch);
    if timings {
        print(&taken.until(Instant::now()), console.out)?;
    }
    Ok(result)
}

impl Timings {
    /// Returns the total duration of each stage; the last stage ends now.
    fn until(&self, now: Instant) -> Vec<(Stage, Duration)> {
        let mut stages: Vec<(Stage, Duration)> = Vec::new();
        let ends = self.begun.iter().skip(1).map(|(_, instant)| *instant).chain([now]);
        for ((stage, begun), end) in self.begun.iter().zip(ends) {
            let taken = end.duration_since(*begun);
            match stages.iter_mut().find(|(other, _)| other == stage) {
                Some((_, sum)) => *sum += taken,
                None => stages.push((*stage, taken)),
            }
        }
        stages
    }
}

fn print(stages: &[(Stage, Duration)], out: &mut dyn Write) -> io::Result<()> {
    let total: Duration = stages.iter().map(|(_, taken)| *taken).sum();
    let lines = stages.iter().map(|(stage, taken)| (stage.to_string(), *taken)).chain([("total".to_owned(), total)]);
    for (name, taken) in lines {
        let share = 100.0 * taken.as_secs_f64() / total.as_secs_f64().max(f64::MIN_POSITIVE);
        writeln!(out, "{name:<9}  {:>9.2} ms  {share:>3.0} %", taken.as_secs_f64() * 1e3)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stages_that_come_in_turns_are_one() {
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        let begun = vec![(Stage::Emit, at(0)), (Stage::Format, at(1)), (Stage::Emit, at(3)), (Stage::Format, at(7))];
        let seconds = |(stage, taken): (Stage, Duration)| (stage, taken.as_secs());
        let stages: Vec<_> = Timings { begun }.until(at(15)).into_iter().map(seconds).collect();
        assert_eq!(stages, [(Stage::Emit, 5), (Stage::Format, 10)]);
    }

    #[test]
    fn a_table_of_stages() {
        let stages = [(Stage::Load, Duration::from_micros(2_500)), (Stage::Lint, Duration::from_micros(7_500))];
        let mut out = Vec::new();
        print(&stages, &mut out).unwrap();
        let expected =
            "load            2.50 ms   25 %\nlint            7.50 ms   75 %\ntotal          10.00 ms  100 %\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }
}
