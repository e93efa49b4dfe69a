//! The project's own document.

use std::hint::black_box;

use benches::pair::{in_turns, timed};
use benches::row::{Row, Target};

use crate::{bare, inputs};

pub(crate) fn measure(rounds: usize) -> Vec<Row> {
    let input = inputs::project();
    let without_samples = generator::Input { samples: Vec::new(), config: lenient(&input.config), ..input.clone() };
    let bare = |count| timed(count, || drop(black_box(bare::generate(&input.spec.text))));
    let ours = |input| move |count| timed(count, || drop(black_box(generator::generate(input))));
    vec![
        in_turns(rounds, ours(&input), bare).time("this project's document", Target::AtMost(1.5)),
        in_turns(rounds, ours(&without_samples), bare).time("the same without samples", Target::Told),
    ]
}

/// The settings without the demand for samples.
fn lenient(config: &generator::Source) -> generator::Source {
    generator::Source::new(&*config.name, config.text.replace("strict = true", "strict = false"))
}
