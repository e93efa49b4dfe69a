//! Checks `config-reference`: the document contains every name in generator.toml.

use indexmap::IndexMap;
use openapiv3::{ObjectType, ReferenceOr, Schema, SchemaKind, Type};
use toml::Spanned;

use super::context::{Lint, diagnostic};
use crate::code::Code;
use crate::config::{RequiredWhen, line_column};
use crate::document::resolve;
use crate::kind::{Kind, kind_of};
use crate::media::is_same;
use crate::near::perhaps;
use crate::source::Unlocated;

const HELP: &str = "fix the name, or remove the entry";

/// A problem in generator.toml: the value, the message and the fix.
type Problem<'r> = (&'r Spanned<String>, String, &'static str);

pub(super) fn check(lint: &Lint<'_>) -> Vec<Unlocated> {
    let rules = lint.config.required_when.iter().filter_map(|rule| condition(lint, rule));
    let problems = operations(lint).into_iter().chain(media_types(lint)).chain(rules).chain(aliases(lint));
    problems.map(|problem| report(lint, problem)).collect()
}

fn operations<'r>(lint: &Lint<'r>) -> Vec<Problem<'r>> {
    let ids: Vec<_> = lint.operations().filter_map(|place| place.operation.operation_id.as_deref()).collect();
    let idempotent = lint.config.idempotency.iter().flat_map(|settings| settings.operations.iter().flatten());
    let lists = lint.config.lists.iter().flat_map(|settings| settings.operations.iter().flatten());
    let named = lint.config.operations.keys().chain(&lint.config.command.confirm).chain(idempotent).chain(lists);
    let unknown = named.filter(|id| !ids.contains(&id.get_ref().as_str()));
    let problems = unknown.map(|id| {
        let perhaps = perhaps(id.get_ref(), ids.iter().copied());
        (id, format!("unknown operation `{id}`{perhaps}"), HELP)
    });
    problems.collect()
}

/// The media type of an operation has to be one that the document lists.
fn media_types<'r>(lint: &Lint<'r>) -> Vec<Problem<'r>> {
    let mut problems = Vec::new();
    for place in lint.operations() {
        let operation = place.operation;
        let id = operation.operation_id.as_deref().unwrap_or_default();
        let Some(settings) = lint.config.operations.get(id) else { continue };
        let responses = operation.responses.responses.values().chain(&operation.responses.default);
        let responses = responses.filter_map(|response| resolve(lint.openapi(), response));
        let responses = responses.flat_map(|response| response.content.keys()).collect();
        let body = operation.request_body.as_ref().and_then(|body| resolve(lint.openapi(), body));
        let body = body.into_iter().flat_map(|body| body.content.keys()).collect();
        let named: [(_, Vec<_>, _); 2] =
            [(&settings.accept, responses, "has no response"), (&settings.content_type, body, "takes no body")];
        for (name, documented, lacks) in named {
            if let Some(name) =
                name.as_ref().filter(|name| !documented.iter().any(|known| is_same(known, name.get_ref())))
            {
                let perhaps = perhaps(name.get_ref(), documented.iter().map(|known| known.as_str()));
                problems.push((name, format!("`{id}` {lacks} of the media type `{name}`{perhaps}"), HELP));
            }
        }
    }
    problems
}

/// An alias has to lead to a field of a list's items.
fn aliases<'r>(lint: &Lint<'r>) -> Vec<Problem<'r>> {
    let help = "use `list.field`: an array of the schema and a property of its items";
    let mut problems = Vec::new();
    for (schema, settings) in &lint.config.schemas {
        for target in settings.aliases.values().filter(|target| !leads_somewhere(lint, schema, target.get_ref())) {
            problems.push((target, format!("`{schema}` has no list with this field: `{target}`"), help));
        }
    }
    problems
}

fn leads_somewhere(lint: &Lint<'_>, schema: &str, target: &str) -> bool {
    let Some((outer, inner)) = target.split_once('.') else { return false };
    let components = lint.openapi().components.as_ref();
    let of = components.and_then(|components| object(lint, components.schemas.get(schema)?));
    let items = of.and_then(|of| match &of.properties.get(outer)?.as_item()?.schema_kind {
        SchemaKind::Type(Type::Array(array)) => array.items.clone().map(ReferenceOr::unbox),
        _ => None,
    });
    items.is_some_and(|items| {
        let item = resolve(lint.openapi(), &items).map(|item| &item.schema_kind);
        matches!(item, Some(SchemaKind::Type(Type::Object(item))) if item.properties.contains_key(inner))
    })
}

fn object<'a>(lint: &Lint<'a>, schema: &'a ReferenceOr<Schema>) -> Option<&'a ObjectType> {
    match &resolve(lint.openapi(), schema)?.schema_kind {
        SchemaKind::Type(Type::Object(object)) => Some(object),
        _ => None,
    }
}

fn condition<'r>(lint: &Lint<'_>, rule: &'r RequiredWhen) -> Option<Problem<'r>> {
    let (schema, property, when) = (&rule.schema, &rule.property, &rule.when);
    let schemas = lint.openapi().components.as_ref().map(|components| &components.schemas);
    let found = schemas.and_then(|schemas| object(lint, schemas.get(schema.get_ref())?));
    let Some(found) = found else {
        let perhaps = perhaps(schema.get_ref(), schemas.into_iter().flat_map(IndexMap::keys).map(String::as_str));
        return Some((schema, format!("unknown object schema `{schema}`{perhaps}"), HELP));
    };
    if let Some(name) = [property, when].into_iter().find(|name| !found.properties.contains_key(name.get_ref())) {
        let perhaps = perhaps(name.get_ref(), found.properties.keys().map(String::as_str));
        return Some((name, format!("the schema `{schema}` has no property `{name}`{perhaps}"), HELP));
    }
    if found.required.contains(property.get_ref()) {
        let message = format!("`{property}` of `{schema}` is always required");
        return Some((property, message, "remove the entry, or remove the property from `required`"));
    }
    let is_text = found.properties.get(when.get_ref()).is_some_and(|when| is_text(lint, &when.clone().unbox()));
    let message = format!("`{when}` of `{schema}` is not a string, so it cannot have these values");
    (!is_text).then_some((when, message, "name a string property, or remove the entry"))
}

fn is_text(lint: &Lint<'_>, schema: &ReferenceOr<Schema>) -> bool {
    resolve(lint.openapi(), schema).is_some_and(|schema| {
        matches!(schema.schema_kind, SchemaKind::Type(Type::String(_)))
            && matches!(kind_of(&ReferenceOr::Item(schema.clone())), Kind::Text)
    })
}

fn report(lint: &Lint<'_>, (text, message, help): Problem<'_>) -> Unlocated {
    let source = &lint.input.config;
    let (number, column) = line_column(&source.text, text.span().start);
    diagnostic(Code::ConfigReference, source.at_line(number, column), message, help)
}
