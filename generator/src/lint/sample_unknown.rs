//! `sample-unknown`: every sample file is JSON, and its name says which operation it is a sample of.

use super::{Lint, finding};
use crate::samples::{SampleKind, classify};
use crate::source::Finding;

const CODE: &str = "sample-unknown";

pub(super) fn check(lint: &Lint<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in &lint.input.samples {
        match classify(source) {
            Err(problem) => findings.push(finding(CODE, source.at_line(1, 1), problem.to_owned(), "rename the file")),
            Ok(sample) if !is_known(lint, sample.kind, sample.of) => {
                let what = if sample.kind == SampleKind::Webhook { "webhook" } else { "operation" };
                let message = format!("the document has no {what} `{}`", sample.of);
                findings.push(finding(CODE, source.at_line(1, 1), message, "rename the file's folder, or remove it"));
            }
            Ok(_) => findings.extend(lint.bodies.get(source.name.as_str()).and_then(|body| body.clone().err())),
        }
    }
    findings
}

fn is_known(lint: &Lint<'_>, kind: SampleKind, of: &str) -> bool {
    match kind {
        SampleKind::Webhook => lint.has_event(of),
        _ => lint.by_id.contains_key(of),
    }
}
