//! Reports a mistake once that recurs in many places, such as an unknown format.

use indexmap::IndexMap;

use crate::source::Unlocated;

/// Keeps the first of equal warnings, with the number of the others.
pub(super) fn fold(warnings: Vec<Unlocated>) -> Vec<Unlocated> {
    let mut found: IndexMap<(String, String), (Unlocated, usize)> = IndexMap::new();
    for warning in warnings {
        let key = (warning.message.clone(), warning.help.clone());
        found.entry(key).and_modify(|(_, others)| *others += 1).or_insert((warning, 0));
    }
    let folded = found.into_values().map(|(warning, others)| {
        let message = warning.message + &elsewhere(others);
        Unlocated { message, ..warning }
    });
    folded.collect()
}

/// Returns the number of other places as the end of a sentence.
pub(super) fn elsewhere(others: usize) -> String {
    match others {
        0 => String::new(),
        1 => " (also in 1 other place)".to_owned(),
        count => format!(" (also in {count} other places)"),
    }
}
