//! Checks `body-encoding`: every form and part is a value that its media type can encode.

use openapiv3::{MediaType, ReferenceOr, Schema, SchemaKind, Type};

use super::context::Lint;
use crate::code::Code;
use crate::document::{Endpoint, resolve};
use crate::kind::alone;
use crate::media::{Media, media, preferred};
use crate::source::{Unlocated, join};

pub(super) fn check(lint: &Lint<'_>) -> Vec<Unlocated> {
    lint.operations().flat_map(|endpoint| check_operation(lint, &endpoint)).collect()
}

fn check_operation(lint: &Lint<'_>, endpoint: &Endpoint<'_>) -> Vec<Unlocated> {
    let body = endpoint.operation.request_body.as_ref().and_then(|body| resolve(lint.openapi(), body));
    let sent = body.and_then(|body| preferred(&body.content)).map(String::as_str);
    let media_types = lint.request_media(endpoint).into_iter().filter(|(_, name, _)| Some(*name) == sent);
    media_types
        .flat_map(|(pointer, name, media_type)| match media(name) {
            Media::Form => form(lint, endpoint, &pointer, media_type).into_iter().collect(),
            Media::Multipart => parts(lint, endpoint, &pointer, media_type),
            Media::Json | Media::Text(_) | Media::Bytes(_) | Media::Events | Media::Lines(_) => Vec::new(),
        })
        .collect()
}

fn form(lint: &Lint<'_>, endpoint: &Endpoint<'_>, pointer: &str, media_type: &MediaType) -> Option<Unlocated> {
    let schema = media_type.schema.as_ref()?;
    let is_object = may_be(lint, schema, &|schema| !matches!(schema, Type::Object(_)));
    (!is_object).then(|| {
        let message = format!("the form of {} is not an object, so its fields have no names", endpoint.title());
        let help = "describe an object whose properties are the fields of the form, or send another media type";
        lint.diagnostic(Code::BodyEncoding, &join(pointer, "schema"), message, help)
    })
}

fn parts(lint: &Lint<'_>, endpoint: &Endpoint<'_>, pointer: &str, media_type: &MediaType) -> Vec<Unlocated> {
    let object = media_type.schema.as_ref().and_then(|schema| resolve(lint.openapi(), schema));
    let Some(Schema { schema_kind: SchemaKind::Type(Type::Object(object)), .. }) = object else { return Vec::new() };
    let encodings = media_type.encoding.iter();
    let unfit = encodings.filter_map(|(name, encoding)| {
        let listed = encoding.content_type.as_deref()?;
        let property = object.properties.get(name)?.clone().unbox();
        (is_structured(lint, &property) && !carries_objects(listed)).then_some((name, listed))
    });
    unfit
        .map(|(name, listed)| {
            let message =
                format!("the part `{name}` of {} is an object, which `{listed}` cannot represent", endpoint.title());
            let pointer = join(&join(&join(pointer, "encoding"), name), "contentType");
            lint.diagnostic(Code::BodyEncoding, &pointer, message, "use application/json, or make the part a string")
        })
        .collect()
}

/// Whether values of a schema may have another type than the unfit one.
fn may_be(lint: &Lint<'_>, schema: &ReferenceOr<Schema>, is_unfit: &dyn Fn(&Type) -> bool) -> bool {
    let Some(schema) = target(lint, schema) else { return true };
    match &schema.schema_kind {
        SchemaKind::Type(found) => !is_unfit(found),
        SchemaKind::OneOf { one_of: members } | SchemaKind::AnyOf { any_of: members } => members.iter().any(|member| {
            // One level is enough: the client checks values of unions inside unions.
            let found = target(lint, member);
            found.is_none_or(|found| !matches!(&found.schema_kind, SchemaKind::Type(found) if is_unfit(found)))
        }),
        _ => true,
    }
}

/// Whether all values are objects, or lists of objects.
fn is_structured(lint: &Lint<'_>, schema: &ReferenceOr<Schema>) -> bool {
    let is_object = |schema: &ReferenceOr<Schema>| {
        target(lint, schema).is_some_and(|found| matches!(found.schema_kind, SchemaKind::Type(Type::Object(_))))
    };
    let Some(found) = target(lint, schema) else { return false };
    match &found.schema_kind {
        SchemaKind::Type(Type::Object(_)) => true,
        SchemaKind::Type(Type::Array(array)) => array.items.clone().is_some_and(|items| is_object(&items.unbox())),
        _ => false,
    }
}

/// Whether one of the media types, or a type in a range, is JSON.
fn carries_objects(listed: &str) -> bool {
    listed.split(',').map(str::trim).any(|name| media(name) == Media::Json)
}

fn target<'a>(lint: &Lint<'a>, schema: &'a ReferenceOr<Schema>) -> Option<&'a Schema> {
    let found = resolve(lint.openapi(), schema)?;
    alone(found).map_or(Some(found), |part| resolve(lint.openapi(), part))
}
