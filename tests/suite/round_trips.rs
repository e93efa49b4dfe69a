//! Round trips: the generated types carry values of every schema in `corpus/accepted`, and reject invalid values.

use generator::Program;
use generator::program::{Build, Console, Corpus, Outcome};
use tests::files::{directory, target_directory};

/// Another seed generates other values.
const SEED: u64 = 7;

#[test]
fn values_are_carried() {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let mut console = Console { program: Program::Clientsmith, out: &mut out, err: &mut err };
    let lock = directory("..").join("Cargo.lock");
    let build = Build { directory: target_directory().join("round-trips"), lock: Some(lock), check: false };
    let corpus = Corpus {
        directory: directory("corpus/accepted"),
        allow_outside: false,
        compile: Some(build),
        round_trip: Some(SEED),
    };
    let outcome = corpus.run(&mut console);
    let table = String::from_utf8_lossy(&out);
    assert!(matches!(outcome, Ok(Outcome::Done)), "{outcome:?}\n{table}");
    let sum = table.lines().last().unwrap_or_default();
    let count = |what: &str| -> usize {
        let words = sum.split(", ").find_map(|part| part.strip_suffix(what)?.trim().parse().ok());
        words.unwrap_or_else(|| panic!("no {what} in {sum}"))
    };
    // Guards the check itself: there must be values to carry.
    assert!(count("schemas") > 100 && count("values") > 1_000 && count("invalid ones") > 300, "{sum}");
}
