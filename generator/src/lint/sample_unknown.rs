//! Checks `sample-unknown`: every sample file is JSON, and its name belongs to an operation or event.

use super::context::{Lint, diagnostic};
use crate::code::Code;
use crate::near::perhaps;
use crate::samples::{Sample, SampleKind, classify};
use crate::source::Unlocated;

const CODE: Code = Code::SampleUnknown;

pub(super) fn check(lint: &Lint<'_>) -> Vec<Unlocated> {
    let mut diagnostics = Vec::new();
    for source in &lint.input.samples {
        match classify(source) {
            Err(problem) => {
                let help = "rename the file, or move it out of the samples";
                diagnostics.push(diagnostic(CODE, source.at_line(1, 1), problem.to_owned(), help));
            }
            Ok(sample) => match unknown(lint, &sample) {
                Some((message, help)) => diagnostics.push(diagnostic(CODE, source.at_line(1, 1), message, help)),
                None => diagnostics.extend(lint.bodies.get(source.name.as_str()).and_then(|body| body.clone().err())),
            },
        }
    }
    diagnostics
}

/// Returns the message and the fix for a sample without an operation or event.
fn unknown(lint: &Lint<'_>, sample: &Sample<'_>) -> Option<(String, &'static str)> {
    let is_event = sample.kind == SampleKind::Webhook;
    let is_known = if is_event { lint.has_event(sample.of) } else { lint.by_id.contains_key(sample.of) };
    if is_known {
        return None;
    }
    let (what, names, help): (_, Vec<_>, _) = if is_event {
        ("webhook", lint.events().collect(), "rename the file to its event, or remove it")
    } else {
        let ids = lint.operations().filter_map(|place| place.operation.operation_id.as_deref());
        ("operation", ids.collect(), "rename the directory to the operationId, or remove it")
    };
    Some((format!("the document has no {what} `{}`{}", sample.of, perhaps(sample.of, names)), help))
}
