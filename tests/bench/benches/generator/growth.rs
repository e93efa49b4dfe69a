//! Benchmarks of documents with a growing number of operations.

use std::hint::black_box;
use std::time::Duration;

use benches::pair::{Times, timed};
use benches::row::{Row, Target};

use crate::{bare, inputs};

/// Pairs of the number of operations and the number of runs per round.
const SIZES: [(u32, usize); 4] = [(10, 20), (100, 5), (1_000, 1), (5_000, 1)];
/// Fewer rounds, because the largest document takes seconds.
const MOST_ROUNDS: usize = 5;

pub(crate) fn measure(rounds: usize) -> Vec<Row> {
    let inputs = SIZES.map(|(operations, _)| inputs::made_up(operations as usize));
    let (mut beside, mut growth) = (SIZES.map(|_| Times::default()), SIZES.map(|_| Times::default()));
    for _ in 0..rounds.min(MOST_ROUNDS) {
        let mut smaller = None;
        for (index, (operations, count)) in SIZES.into_iter().enumerate() {
            let input = &inputs[index];
            let ours = timed(count, || drop(black_box(generator::generate(input).expect("a good document"))));
            let theirs = timed(count, || drop(black_box(bare::generate(&input.spec.text))));
            beside[index].push(ours, theirs, count);
            let each = of_operation(ours, operations, count);
            growth[index].push(each, smaller.replace(each).unwrap_or(each), 1);
        }
    }
    let beside = SIZES
        .iter()
        .zip(beside)
        .map(|((operations, _), times)| times.time(&format!("{operations} operations"), Target::Told));
    let growth = SIZES.windows(2).zip(growth.iter().skip(1)).map(|(sizes, times)| {
        let [(fewer, _), (more, _)] = sizes else { unreachable!("windows of two") };
        times.time(&format!("an operation of {more}, beside one of {fewer}"), Target::AtMost(1.2))
    });
    beside.chain(growth).collect()
}

/// The time per operation.
fn of_operation(time: Duration, operations: u32, count: usize) -> Duration {
    time / operations / u32::try_from(count).unwrap_or(1)
}
