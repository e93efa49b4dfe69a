//! `operation-tag`: every operation belongs to one resource.

use super::Lint;
use crate::source::{Finding, join};

pub(super) fn check(lint: &Lint<'_>) -> Vec<Finding> {
    let several = |count: usize| if count == 0 { "no tag".to_owned() } else { format!("{count} tags") };
    lint.operations()
        .filter(|place| place.operation.tags.len() != 1)
        .map(|place| {
            let count = place.operation.tags.len();
            let pointer = if count == 0 { place.pointer() } else { join(&place.pointer(), "tags") };
            let message = format!("{} has {}", place.title(), several(count));
            lint.finding("operation-tag", &pointer, message, "give it one tag: the resource that its method belongs to")
        })
        .collect()
}
