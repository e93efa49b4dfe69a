//! Benchmarks of the project's own document.

use std::hint::black_box;

use benches::pair::{in_turns, timed};
use benches::row::{Row, Target};

use crate::{bare, inputs};

pub(crate) fn measure(rounds: usize) -> Vec<Row> {
    let input = inputs::project();
    let without_samples = generator::Input { samples: Vec::new(), config: lenient(&input.config), ..input.clone() };
    let bare = |count| timed(count, || drop(black_box(bare::generate(&input.spec.text))));
    let ours = |input| move |count| timed(count, || drop(black_box(generator::generate(input))));
    let whole = in_turns(rounds, ours(&input), bare).time("this project's document", Target::AtMost(1.5));
    vec![
        of_a_line(&input, &whole),
        whole,
        in_turns(rounds, ours(&without_samples), bare).time("the same without samples", Target::Told),
    ]
}

/// The time per generated line, because progenitor alone writes only a fraction of the lines.
fn of_a_line(input: &generator::Input, whole: &Row) -> Row {
    let share = |time: f64, lines: usize| time / f64::from(u32::try_from(lines).expect("no more lines than that"));
    let ours = share(whole.ours, generator::generate(input).expect("a good document").lines());
    let lines = bare::generate(&input.spec.text).lines().count();
    let theirs = whole.theirs.map(|theirs| share(theirs, lines));
    Row {
        name: "a line of its code".to_owned(),
        ours,
        value: theirs.map_or(0.0, |theirs| ours / theirs),
        theirs,
        target: Target::Told,
        ..whole.clone()
    }
}

/// The settings, without requiring samples.
fn lenient(config: &generator::Source) -> generator::Source {
    generator::Source::new(&*config.name, config.text.replace("strict = true", "strict = false"))
}
