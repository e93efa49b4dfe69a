//! `sample-missing`: every operation has a sample of its response, and of its request if it has one.

use super::Lint;
use crate::samples::SampleKind;
use crate::source::Finding;

pub(super) fn check(lint: &Lint<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for place in lint.operations() {
        let Some(id) = &place.operation.operation_id else { continue };
        let needed = [
            (!lint.response_media(&place, true).is_empty(), SampleKind::Response, "response"),
            (!lint.request_media(&place).is_empty(), SampleKind::Request, "request"),
        ];
        for (needed, kind, name) in needed {
            if needed && !lint.samples.iter().any(|sample| sample.kind == kind && sample.of == id) {
                let message = format!("`{id}` has no {name} sample");
                let help = format!("add one to the samples: {id}/<name>.{name}.json");
                findings.push(lint.finding("sample-missing", &place.pointer(), message, &help));
            }
        }
    }
    findings
}
