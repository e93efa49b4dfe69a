//! `config-reference`: what generator.toml names is in the document.

use openapiv3::{ObjectType, ReferenceOr, Schema, SchemaKind, Type};
use toml::Spanned;

use super::{Lint, finding};
use crate::config::{RequiredWhen, line_column};
use crate::document::resolve;
use crate::kind::{Kind, kind_of};
use crate::source::Finding;

const HELP: &str = "mend the name, or take the entry out";

pub(super) fn check(lint: &Lint<'_>) -> Vec<Finding> {
    let unknown_operations = lint.config.operations.keys().filter(|id| !lint.by_id.contains_key(id.as_str()));
    let operations = unknown_operations.map(|id| {
        let at = lint.input.config.text.find(id).unwrap_or_default();
        report(lint, at, format!("there is no operation `{id}`"))
    });
    let rules = lint.config.required_when.iter().filter_map(|rule| {
        let (name, message) = problem(lint, rule)?;
        Some(report(lint, name.span().start, message))
    });
    operations.chain(rules).chain(aliases(lint)).collect()
}

/// An alias leads to a field of a list's items.
fn aliases(lint: &Lint<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (schema, settings) in &lint.config.schemas {
        for target in settings.aliases.values() {
            if !leads_somewhere(lint, schema, target.get_ref()) {
                let message = format!("`{}` is no list and field of its items in `{schema}`", target.get_ref());
                findings.push(report(lint, target.span().start, message));
            }
        }
    }
    findings
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

fn problem<'r>(lint: &Lint<'_>, rule: &'r RequiredWhen) -> Option<(&'r Spanned<String>, String)> {
    let (schema_name, property, when) = (rule.schema.get_ref(), rule.property.get_ref(), rule.when.get_ref());
    let schema = lint.openapi().components.as_ref().and_then(|components| components.schemas.get(schema_name));
    let object = schema.and_then(|schema| object(lint, schema));
    let Some(object) = object else {
        return Some((&rule.schema, format!("there is no object schema `{schema_name}`")));
    };
    let missing = [&rule.property, &rule.when].into_iter().find(|name| !object.properties.contains_key(name.get_ref()));
    if let Some(name) = missing {
        return Some((name, format!("the schema `{schema_name}` has no property `{}`", name.get_ref())));
    }
    if object.required.contains(property) {
        return Some((&rule.property, format!("`{property}` of `{schema_name}` is required in any case")));
    }
    let is_text = object.properties.get(when).is_some_and(|when| is_text(lint, &when.clone().unbox()));
    (!is_text)
        .then(|| (&rule.when, format!("`{when}` of `{schema_name}` is no text, so it cannot be one of these values")))
}

fn is_text(lint: &Lint<'_>, schema: &ReferenceOr<Schema>) -> bool {
    resolve(lint.openapi(), schema).is_some_and(|schema| {
        matches!(schema.schema_kind, SchemaKind::Type(Type::String(_)))
            && matches!(kind_of(&ReferenceOr::Item(schema.clone())), Kind::Text)
    })
}

/// A finding at a byte of generator.toml.
fn report(lint: &Lint<'_>, start: usize, message: String) -> Finding {
    let source = &lint.input.config;
    let (number, column) = line_column(&source.text, start);
    finding("config-reference", source.at_line(number, column), message, HELP)
}
