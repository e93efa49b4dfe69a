//! Checks `envelope`: every success body has the data property named in generator.toml.

use super::context::{Lint, is_json};
use crate::code::Code;
use crate::document::resolve;
use crate::source::{Unlocated, join};
use openapiv3::{SchemaKind, Type};

pub(super) fn check(lint: &Lint<'_>) -> Vec<Unlocated> {
    let Some(envelope) = &lint.config.envelope else { return Vec::new() };
    let mut diagnostics = Vec::new();
    for place in lint.operations() {
        for (pointer, name, media) in lint.response_media(&place, true) {
            let Some(schema) = media.schema.as_ref().filter(|_| is_json(name)) else { continue };
            let object = resolve(lint.openapi(), schema).and_then(|schema| match &schema.schema_kind {
                SchemaKind::Type(Type::Object(object)) => Some(object),
                _ => None,
            });
            let Some(object) = object.filter(|object| object.required.contains(&envelope.data)) else {
                let message =
                    format!("the success body of {} has no required property `{}`", place.title(), envelope.data);
                let help = "wrap the data like [envelope] in generator.toml, or remove [envelope]";
                diagnostics.push(lint.diagnostic(Code::Envelope, &join(&pointer, "schema"), message, help));
                continue;
            };
            if !object.properties.contains_key(&envelope.success) {
                let message = format!("the success body of {} has no property `{}`", place.title(), envelope.success);
                let help = "add the flag of [envelope] in generator.toml";
                diagnostics.push(lint.diagnostic(Code::Envelope, &join(&pointer, "schema"), message, help));
            }
        }
    }
    diagnostics
}
