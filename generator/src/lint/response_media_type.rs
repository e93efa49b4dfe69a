//! `response-media-type`: a success response is JSON.

use super::{Lint, is_json};
use crate::source::Finding;

pub(super) fn check(lint: &Lint<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for place in lint.operations() {
        for (pointer, name, _) in lint.response_media(&place, true) {
            if !is_json(name) {
                let message = format!("{} answers with `{name}`", place.title());
                findings.push(lint.finding(
                    "response-media-type",
                    &pointer,
                    message,
                    "only `application/json` is supported",
                ));
            }
        }
    }
    findings
}
