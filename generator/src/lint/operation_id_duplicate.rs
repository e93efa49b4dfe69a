//! Checks `operation-id-duplicate`: no two operations share an id.

use std::collections::BTreeMap;

use super::context::Lint;
use crate::code::Code;
use crate::source::{Unlocated, join};

pub(super) fn check(lint: &Lint<'_>) -> Vec<Unlocated> {
    let mut first: BTreeMap<&String, String> = BTreeMap::new();
    let mut diagnostics = Vec::new();
    for place in lint.operations() {
        let Some(id) = &place.operation.operation_id else { continue };
        let route = format!("{} {}", place.verb(), place.path);
        match first.get(id) {
            None => {
                first.insert(id, route);
            }
            Some(other) => diagnostics.push(lint.diagnostic(
                Code::OperationIdDuplicate,
                &join(&place.pointer(), "operationId"),
                format!("{route} has the same operationId as {other}"),
                "use another operationId for one of them",
            )),
        }
    }
    diagnostics
}
