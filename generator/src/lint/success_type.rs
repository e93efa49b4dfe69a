//! `success-type`: every success of an operation has the same type.

use super::Lint;
use crate::code::Code;
use crate::document::{is_success, resolve};
use crate::source::{Finding, join};

pub(super) fn check(lint: &Lint<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for place in lint.operations() {
        let responses = place.operation.responses.responses.iter().filter(|(status, _)| is_success(status));
        let schemas: Vec<_> = responses
            .filter_map(|(status, response)| Some((status, resolve(lint.openapi(), response)?)))
            .map(|(status, response)| (status, response.content.first().and_then(|(_, media)| media.schema.as_ref())))
            .collect();
        if let Some((status, _)) = schemas.iter().find(|(_, schema)| *schema != schemas[0].1) {
            let message = format!("{} gives different types for {} and {status}", place.title(), schemas[0].0);
            let pointer = join(&join(&place.pointer(), "responses"), &status.to_string());
            findings.push(lint.finding(
                Code::SuccessType,
                &pointer,
                message,
                "let every 2xx response refer to the same schema",
            ));
        }
    }
    findings
}
