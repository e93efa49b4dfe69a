//! Two implementations timed in alternating turns, so that other load on the machine affects both.

use std::time::{Duration, Instant};

use crate::row::{Kind, Row, Target};

/// The approximate length of one turn.
const TURN: Duration = Duration::from_millis(25);

/// The times of both sides, one pair per round.
#[derive(Debug, Default)]
pub struct Times {
    ours: Vec<f64>,
    theirs: Vec<f64>,
}

/// Runs both sides in turns of about the same length. Each receives the number of iterations and returns their time.
pub fn in_turns(
    rounds: usize,
    mut ours: impl FnMut(usize) -> Duration,
    mut theirs: impl FnMut(usize) -> Duration,
) -> Times {
    let count = count(&mut ours).min(count(&mut theirs));
    let mut times = Times::default();
    for round in 0..rounds {
        // The second side finds warmer caches, so the order alternates.
        let (one, other) = if round % 2 == 0 {
            let one = ours(count);
            (one, theirs(count))
        } else {
            let other = theirs(count);
            (ours(count), other)
        };
        times.push(one, other, count);
    }
    times
}

/// Returns the time that `count` iterations take.
pub fn timed(count: usize, mut work: impl FnMut()) -> Duration {
    let start = Instant::now();
    (0..count).for_each(|_| work());
    start.elapsed()
}

/// Returns the number of iterations that fill one turn; running them also warms up the code.
fn count(work: &mut impl FnMut(usize) -> Duration) -> usize {
    let mut count = 1;
    while work(count) < TURN {
        count *= 2;
    }
    count
}

impl Times {
    /// Adds the times of one round.
    pub fn push(&mut self, ours: Duration, theirs: Duration, count: usize) {
        #[allow(clippy::cast_precision_loss, reason = "counts are small")]
        let each = |time: Duration| time.as_secs_f64() / count as f64;
        self.ours.push(each(ours));
        self.theirs.push(each(theirs));
    }

    /// The ratio of the times, displayed in microseconds.
    pub fn time(&self, name: &str, target: Target) -> Row {
        let shown = |times: &[f64]| median(times) * 1e6;
        self.compared(name, "µs", Kind::Ratio, target, |ours, theirs| ours / theirs, shown)
    }

    /// The ratio of the rates, where each iteration processes this many `things`.
    pub fn rate(&self, name: &str, things: f64, unit: &'static str, target: Target) -> Row {
        let shown = move |times: &[f64]| things / median(times);
        self.compared(name, unit, Kind::Ratio, target, |ours, theirs| theirs / ours, shown)
    }

    /// The time that ours takes longer, in microseconds.
    pub fn difference(&self, name: &str, target: Target) -> Row {
        let shown = |times: &[f64]| median(times) * 1e6;
        self.compared(name, "µs", Kind::Difference, target, |ours, theirs| (ours - theirs) * 1e6, shown)
    }

    fn compared(
        &self,
        name: &str,
        unit: &'static str,
        kind: Kind,
        target: Target,
        compare: impl Fn(f64, f64) -> f64,
        shown: impl Fn(&[f64]) -> f64,
    ) -> Row {
        let each: Vec<f64> = self.ours.iter().zip(&self.theirs).map(|(ours, theirs)| compare(*ours, *theirs)).collect();
        let value = median(&each);
        let spread = (quantile(&each, 3, 4) - quantile(&each, 1, 4)) / value.abs();
        let (ours, theirs) = (shown(&self.ours), Some(shown(&self.theirs)));
        Row { name: name.to_owned(), ours, theirs, unit, value, kind, spread: Some(spread), target }
    }
}

fn median(values: &[f64]) -> f64 {
    quantile(values, 1, 2)
}

/// The quantile at `part` / `of`.
fn quantile(values: &[f64], part: usize, of: usize) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted.get(sorted.len() * part / of).copied().unwrap_or(f64::NAN)
}
