//! Checks `example-invalid`: examples of parameters, requests and responses conform to their schemas.

use openapiv3::{Example, MediaType, Parameter, ParameterSchemaOrContent, ReferenceOr, Schema};
use serde_json::Value;

use super::context::Lint;
use crate::code::Code;
use crate::conformance::Schemas;
use crate::document::resolve;
use crate::source::{Unlocated, join};

pub(super) fn check(lint: &Lint<'_>) -> Vec<Unlocated> {
    let mut diagnostics = Vec::new();
    for place in lint.operations() {
        let responses = [lint.response_media(&place, true), lint.response_media(&place, false)].concat();
        for (schemas, media) in [(&lint.requests, lint.request_media(&place)), (&lint.responses, responses)] {
            for (pointer, _, media) in media {
                for (pointer, value) in examples(lint, &pointer, media) {
                    diagnostics.extend(mismatches(lint, schemas, media.schema.as_ref(), &pointer, value));
                }
            }
        }
        for (index, parameter) in place.operation.parameters.iter().enumerate() {
            let data = resolve(lint.openapi(), parameter).map(Parameter::parameter_data_ref);
            let Some((data, value)) = data.and_then(|data| Some((data, data.example.as_ref()?))) else { continue };
            let ParameterSchemaOrContent::Schema(schema) = &data.format else { continue };
            let pointer = match parameter {
                ReferenceOr::Reference { reference } => reference.trim_start_matches('#').to_owned(),
                ReferenceOr::Item(_) => join(&join(&place.pointer(), "parameters"), &index.to_string()),
            };
            let pointer = join(&pointer, "example");
            diagnostics.extend(mismatches(lint, &lint.requests, Some(schema), &pointer, value));
        }
    }
    diagnostics
}

fn mismatches(
    lint: &Lint<'_>,
    schemas: &Schemas<'_>,
    schema: Option<&ReferenceOr<Schema>>,
    pointer: &str,
    value: &Value,
) -> Vec<Unlocated> {
    let mismatches = schema.map(|schema| schemas.mismatches(schema, value)).unwrap_or_default();
    mismatches
        .into_iter()
        .map(|mismatch| {
            let pointer = format!("{pointer}{}", mismatch.pointer);
            let message = format!("the example does not match its schema: {}", mismatch.message);
            lint.diagnostic(Code::ExampleInvalid, &pointer, message, "fix the example, or the schema")
        })
        .collect()
}

/// Returns the examples of a body, each with its pointer.
fn examples<'a>(lint: &Lint<'a>, pointer: &str, media: &'a MediaType) -> Vec<(String, &'a Value)> {
    let single = media.example.iter().map(|value| (join(pointer, "example"), value));
    let named = media.examples.iter().filter_map(|(name, example)| {
        let here = join(&join(pointer, "examples"), name);
        let (pointer, example) = resolve_example(lint, here, example)?;
        Some((join(&pointer, "value"), example.value.as_ref()?))
    });
    single.chain(named).collect()
}

fn resolve_example<'a>(
    lint: &Lint<'a>,
    here: String,
    example: &'a ReferenceOr<Example>,
) -> Option<(String, &'a Example)> {
    match example {
        ReferenceOr::Item(example) => Some((here, example)),
        ReferenceOr::Reference { reference } => {
            let name = reference.strip_prefix("#/components/examples/")?;
            let found = lint.openapi().components.as_ref()?.examples.get(name)?;
            Some((join("/components/examples", name), found.as_item()?))
        }
    }
}
