//! `request-media-type`: a request body is JSON and nothing else.

use super::{Lint, is_json};
use crate::source::{Finding, join};

pub(super) fn check(lint: &Lint<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for place in lint.operations() {
        let media = lint.request_media(&place);
        if media.len() > 1 {
            let names: Vec<_> = media.iter().map(|(_, name, _)| format!("`{name}`")).collect();
            let message = format!("the body of {} has several media types: {}", place.title(), names.join(", "));
            let pointer = join(&join(&place.pointer(), "requestBody"), "content");
            findings.push(lint.finding("request-media-type", &pointer, message, "keep `application/json`"));
        } else if let Some((pointer, name, _)) = media.iter().find(|(_, name, _)| !is_json(name)) {
            let message = format!("the body of {} is `{name}`", place.title());
            findings.push(lint.finding("request-media-type", pointer, message, "only `application/json` is supported"));
        }
    }
    findings
}
