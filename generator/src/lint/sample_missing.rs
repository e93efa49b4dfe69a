//! Checks `sample-missing`: every operation has a sample of its response and its request, and every webhook one of
//! its body.

use std::collections::HashSet;

use super::context::Lint;
use crate::code::Code;
use crate::document::WEBHOOKS;
use crate::samples::SampleKind;
use crate::source::{Unlocated, join};

const CODE: Code = Code::SampleMissing;

pub(super) fn check(lint: &Lint<'_>) -> Vec<Unlocated> {
    [operations(lint), webhooks(lint)].concat()
}

fn webhooks(lint: &Lint<'_>) -> Vec<Unlocated> {
    let present = present(lint);
    let missing = lint.events().filter(|event| !present.contains(&(SampleKind::Webhook, *event))).map(|event| {
        let pointer = join(&join("", WEBHOOKS), event);
        let help = format!("add one to the samples: webhooks/{event}.json");
        lint.diagnostic(CODE, &pointer, format!("the webhook `{event}` has no sample"), &help)
    });
    missing.collect()
}

fn present<'a>(lint: &Lint<'a>) -> HashSet<(SampleKind, &'a str)> {
    lint.samples.iter().map(|sample| (sample.kind, sample.of)).collect()
}

fn operations(lint: &Lint<'_>) -> Vec<Unlocated> {
    let present = present(lint);
    let mut diagnostics = Vec::new();
    for place in lint.operations() {
        let Some(id) = &place.operation.operation_id else { continue };
        let needed = [
            (!lint.response_media(&place, true).is_empty(), SampleKind::Response, "response"),
            (!lint.request_media(&place).is_empty(), SampleKind::Request, "request"),
        ];
        for (needed, kind, name) in needed {
            if needed && !present.contains(&(kind, id.as_str())) {
                let message = format!("`{id}` has no {name} sample");
                let help = format!("add one to the samples: {id}/<name>.{name}.json");
                diagnostics.push(lint.diagnostic(CODE, &place.pointer(), message, &help));
            }
        }
    }
    diagnostics
}
