//! `body-schema`: every JSON body says what is in it.

use super::{Lint, is_json};
use crate::source::Finding;

pub(super) fn check(lint: &Lint<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for place in lint.operations() {
        for (pointer, name, media) in lint.request_media(&place).into_iter().chain(lint.response_media(&place, true)) {
            if is_json(name) && media.schema.is_none() {
                let message = format!("a JSON body of {} has no schema", place.title());
                findings.push(lint.finding("body-schema", &pointer, message, "add a schema; `{}` allows any JSON"));
            }
            if !media.encoding.is_empty() {
                let message = format!("a body of {} has an `encoding`", place.title());
                findings.push(lint.finding("body-schema", &pointer, message, "leave the encoding out: JSON has none"));
            }
        }
    }
    findings
}
