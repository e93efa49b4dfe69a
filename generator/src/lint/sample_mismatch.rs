//! Checks `sample-mismatch`: samples conform to their schemas, and `rejected` samples do not.

use openapiv3::{ReferenceOr, Schema};
use serde_json::Value;

use super::context::{Lint, diagnostic};
use crate::code::Code;
use crate::document::{Endpoint, resolve, schema_reference};
use crate::samples::{Sample, SampleKind};
use crate::source::Unlocated;

const CODE: Code = Code::SampleMismatch;

pub(super) fn check(lint: &Lint<'_>) -> Vec<Unlocated> {
    lint.samples.iter().flat_map(|sample| check_sample(lint, sample)).collect()
}

fn check_sample(lint: &Lint<'_>, sample: &Sample<'_>) -> Vec<Unlocated> {
    let Some(value) = lint.body(sample.source) else { return Vec::new() };
    let report =
        |pointer: &str, message: String, help: &str| diagnostic(CODE, sample.source.at(pointer), message, help);
    let Some(candidates) = candidates(lint, sample) else { return Vec::new() };
    if candidates.is_empty() {
        return vec![report(
            "",
            format!("`{}` has no body of this kind", sample.of),
            "remove the file, or describe the body in the document",
        )];
    }
    // An error may conform to any documented error response; other samples have one schema.
    let schemas = match sample.kind {
        SampleKind::Request | SampleKind::Rejected => &lint.requests,
        _ => &lint.responses,
    };
    let mut mismatches =
        candidates.iter().map(|schema| schemas.mismatches(schema, value)).min_by_key(Vec::len).unwrap_or_default();
    match sample.kind {
        SampleKind::Tolerated if mismatches.is_empty() => {
            let message = "this sample matches its schema, so there is nothing to tolerate".to_owned();
            vec![report("", message, "make it differ from the schema, or name it <name>.response.json")]
        }
        SampleKind::Rejected if mismatches.is_empty() && !breaks_condition(lint, &candidates, value) => {
            let message = "this sample violates no documented rule, so there is nothing to reject".to_owned();
            vec![report("", message, "make it violate a rule, or name it <name>.request.json")]
        }
        SampleKind::Tolerated | SampleKind::Rejected => Vec::new(),
        SampleKind::Request if mismatches.is_empty() && breaks_condition(lint, &candidates, value) => {
            let message = "this sample violates [[required_when]] in generator.toml".to_owned();
            vec![report("", message, "add the property, or name it <name>.rejected.json")]
        }
        _ => mismatches
            .drain(..)
            .map(|mismatch| (mismatch.pointer, format!("the sample does not match its schema: {}", mismatch.message)))
            .map(|(pointer, message)| report(&pointer, message, "fix the sample, or the schema"))
            .collect(),
    }
}

/// Returns the schemas that a sample may conform to; `None` if the operation is unknown.
fn candidates(lint: &Lint<'_>, sample: &Sample<'_>) -> Option<Vec<ReferenceOr<Schema>>> {
    let media = match sample.kind {
        SampleKind::Webhook => return webhook(lint, sample.of),
        SampleKind::Response | SampleKind::Tolerated => lint.response_media(&endpoint(lint, sample)?, true),
        SampleKind::Request | SampleKind::Rejected => lint.request_media(&endpoint(lint, sample)?),
        SampleKind::Error => lint.response_media(&endpoint(lint, sample)?, false),
    };
    Some(media.into_iter().filter_map(|(_, _, media)| media.schema.clone()).collect())
}

fn endpoint<'a>(lint: &Lint<'a>, sample: &Sample<'_>) -> Option<Endpoint<'a>> {
    lint.by_id.get(sample.of).copied()
}

fn webhook(lint: &Lint<'_>, event: &str) -> Option<Vec<ReferenceOr<Schema>>> {
    let body = lint.document.webhooks.get(event)?.request_body.as_ref()?;
    let media = resolve(lint.openapi(), body).and_then(|body| body.content.first());
    Some(media.and_then(|(_, media)| media.schema.clone()).into_iter().collect())
}

/// Whether a request lacks a property that `required_when` in generator.toml requires.
fn breaks_condition(lint: &Lint<'_>, candidates: &[ReferenceOr<Schema>], value: &Value) -> bool {
    let is_candidate = |name: &str| {
        let expected = schema_reference(name);
        candidates.iter().any(|schema| matches!(schema, ReferenceOr::Reference { reference } if *reference == expected))
    };
    lint.config.required_when.iter().any(|rule| {
        let when = value.get(rule.when.get_ref()).and_then(Value::as_str);
        is_candidate(rule.schema.get_ref())
            && value.get(rule.property.get_ref()).is_none()
            && when.is_some_and(|when| rule.is.iter().any(|is| is == when))
    })
}
