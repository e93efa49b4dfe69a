//! Compares the arguments of a function, and detects reordered ones.

use super::change::Verdict;
use super::log::{Draft, Log, Spot};
use super::words;

/// An argument: its name and its type.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Argument {
    pub(super) name: String,
    pub(super) takes: String,
}

/// Reports a changed order. Added, removed and retyped arguments are reported with their own descriptions.
pub(super) fn compare(log: &mut Log<'_>, spot: &Spot, function: &str, old: &[Argument], new: &[Argument]) {
    let same = |part: fn(&Argument) -> &String| old.iter().map(part).eq(new.iter().map(part));
    if same(|argument| &argument.name) {
        return;
    }
    let names = |arguments: &[Argument]| words::list(arguments.iter().map(|argument| argument.name.as_str()));
    let [was, is] = [names(old), names(new)];
    if same(|argument| &argument.takes) {
        let message = format!("takes {is} instead of {was}, with the same types: calls still compile, but swap values");
        log.add(Draft::new(Verdict::Breaking, "arguments-order", function, message).at(spot).silently());
    } else if sorted(old) == sorted(new) {
        let message = format!("takes {is} instead of {was}");
        log.add(Draft::new(Verdict::Breaking, "arguments-order", function, message).at(spot));
    }
}

fn sorted(arguments: &[Argument]) -> Vec<&str> {
    let mut names: Vec<_> = arguments.iter().map(|argument| argument.name.as_str()).collect();
    names.sort_unstable();
    names
}
