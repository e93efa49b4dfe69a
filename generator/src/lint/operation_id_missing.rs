//! `operation-id-missing`: every operation has a name.

use super::Lint;
use crate::source::Finding;

pub(super) fn check(lint: &Lint<'_>) -> Vec<Finding> {
    let unnamed =
        lint.operations().filter(|place| place.operation.operation_id.as_deref().unwrap_or_default().is_empty());
    unnamed
        .map(|place| {
            let message = format!("{} has no operationId", place.title());
            lint.finding(
                "operation-id-missing",
                &place.pointer(),
                message,
                "add one, such as: operationId: list_things",
            )
        })
        .collect()
}
