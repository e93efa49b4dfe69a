//! Checks `webhook`: webhook bodies have the event and data properties named in generator.toml.

use openapiv3::{ObjectType, Operation, ReferenceOr, Schema, SchemaKind, Type};
use serde_json::Value;

use super::context::{Lint, diagnostic, is_json};
use crate::code::Code;
use crate::config::Webhooks;
use crate::document::{WEBHOOKS, resolve};
use crate::kind::{Kind, kind_of};
use crate::load::unreadable;
use crate::samples::SampleKind;
use crate::source::{Unlocated, join};

const CODE: Code = Code::Webhook;

pub(super) fn check(lint: &Lint<'_>) -> Vec<Unlocated> {
    let all = join("", WEBHOOKS);
    match (lint.document.value.get(WEBHOOKS), &lint.config.webhooks) {
        (None, _) => Vec::new(),
        (Some(Value::Object(events)), _) if events.is_empty() => Vec::new(),
        (Some(Value::Object(_)), Some(config)) => {
            let events = lint.events().flat_map(|event| check_event(lint, config, event));
            events.chain(misnamed_samples(lint, config)).collect()
        }
        // Webhooks are an extension: a client works without them.
        (Some(Value::Object(_)), None) if !lint.config.lint.strict => Vec::new(),
        (Some(Value::Object(_)), None) => {
            let message = "generator.toml has no [webhooks], which configures the bodies of webhooks".to_owned();
            let help = "add [webhooks] to generator.toml with the properties `type` and `data` of every body";
            vec![lint.diagnostic(CODE, &all, message, help)]
        }
        (Some(_), _) => {
            let message = format!("`{WEBHOOKS}` is not a map of events");
            vec![lint.diagnostic(CODE, &all, message, "use the name of each event as a key, with its `post` below")]
        }
    }
}

fn check_event(lint: &Lint<'_>, config: &Webhooks, event: &str) -> Vec<Unlocated> {
    let pointer = join(&join("", WEBHOOKS), event);
    let Some(operation) = lint.document.webhooks.get(event) else {
        let message = format!("the webhook `{event}` {}", unread(lint, &pointer));
        let help = "write it like an item of `paths`; its `post` has the event as request body";
        return vec![lint.diagnostic(CODE, &pointer, message, help)];
    };
    let pointer = join(&pointer, "post");
    let Some(body) = body(lint, operation) else {
        let message = format!("the webhook `{event}` has no JSON body that is an object with properties");
        return vec![lint.diagnostic(CODE, &pointer, message, "describe the body as one object, in one media type")];
    };
    let problems = [
        (&config.r#type, type_problem(lint, body, &config.r#type)),
        (&config.data, data_problem(lint, body, &config.data)),
    ];
    let diagnostics = problems.into_iter().filter_map(|(property, problem)| {
        let message = format!("`{property}` in the body of the webhook `{event}` {}", problem?);
        Some(lint.diagnostic(CODE, &pointer, message, "fix the schema, or [webhooks] in generator.toml"))
    });
    diagnostics.collect()
}

/// Returns why a webhook has no operation.
fn unread(lint: &Lint<'_>, pointer: &str) -> String {
    match lint.document.value.pointer(pointer).and_then(unreadable) {
        Some(problem) => format!("is not a path item: {problem}"),
        None => "has no `post`".to_owned(),
    }
}

/// Returns the object that is sent, if it is the only body.
fn body<'a>(lint: &Lint<'a>, operation: &'a Operation) -> Option<&'a ObjectType> {
    let content = &resolve(lint.openapi(), operation.request_body.as_ref()?)?.content;
    let (_, media) = content.first().filter(|(name, _)| content.len() == 1 && is_json(name))?;
    match &resolve(lint.openapi(), media.schema.as_ref()?)?.schema_kind {
        SchemaKind::Type(Type::Object(object)) if !object.properties.is_empty() => Some(object),
        _ => None,
    }
}

fn type_problem(lint: &Lint<'_>, body: &ObjectType, name: &str) -> Option<&'static str> {
    match required(lint, body, name) {
        Err(problem) => Some(problem),
        Ok((_, schema)) => {
            (!matches!(schema.schema_kind, SchemaKind::Type(Type::String(_)))).then_some("is not a string")
        }
    }
}

fn data_problem(lint: &Lint<'_>, body: &ObjectType, name: &str) -> Option<&'static str> {
    match required(lint, body, name) {
        Err(problem) => Some(problem),
        Ok((property, schema)) => {
            let is_value = matches!(&schema.schema_kind, SchemaKind::Type(other) if !matches!(other, Type::Object(_)));
            (is_value || matches!(kind_of(&property), Kind::Map(_))).then_some("is not an object with properties")
        }
    }
}

/// Returns a required property with and without its reference, or the problem with it.
fn required(lint: &Lint<'_>, body: &ObjectType, name: &str) -> Result<(ReferenceOr<Schema>, Schema), &'static str> {
    let property = body.properties.get(name).ok_or("is missing")?.clone().unbox();
    let schema = resolve(lint.openapi(), &property).cloned().ok_or("is missing")?;
    match schema.schema_data.nullable {
        _ if !body.required.iter().any(|other| other == name) => Err("is not required"),
        true => Err("may be null"),
        false => Ok((property, schema)),
    }
}

/// A sample has to be named after the event in its body.
fn misnamed_samples(lint: &Lint<'_>, config: &Webhooks) -> Vec<Unlocated> {
    let samples = lint.samples.iter().filter(|sample| sample.kind == SampleKind::Webhook);
    let misnamed = samples.filter(|sample| {
        let body = lint.body(sample.source);
        body.and_then(|body| body.get(&config.r#type)).and_then(Value::as_str).is_some_and(|name| name != sample.of)
    });
    let diagnostics = misnamed.map(|sample| {
        let message = format!("this is not a sample of the webhook `{}`", sample.of);
        diagnostic(
            CODE,
            sample.source.at(join("", &config.r#type)),
            message,
            "fix the name of the event, or of the file",
        )
    });
    diagnostics.collect()
}
