//! `config-reference`: what generator.toml names is in the document.

use openapiv3::{ReferenceOr, Schema, SchemaKind, Type};
use toml::Spanned;

use super::{Lint, finding};
use crate::config::{RequiredWhen, line_column};
use crate::document::resolve;
use crate::kind::{Kind, kind_of};
use crate::source::Finding;

const HELP: &str = "mend the name, or take the entry out";

pub(super) fn check(lint: &Lint<'_>) -> Vec<Finding> {
    let unknown_operations = lint
        .config
        .operations
        .keys()
        .filter(|id| !lint.operations().any(|place| place.operation.operation_id.as_deref() == Some(id)));
    let operations = unknown_operations.map(|id| {
        let at = lint.input.config.text.find(id).unwrap_or_default();
        report(lint, at, format!("there is no operation `{id}`"))
    });
    let rules = lint.config.required_when.iter().filter_map(|rule| {
        let (name, message) = problem(lint, rule)?;
        Some(report(lint, name.span().start, message))
    });
    operations.chain(rules).collect()
}

fn problem<'r>(lint: &Lint<'_>, rule: &'r RequiredWhen) -> Option<(&'r Spanned<String>, String)> {
    let (schema_name, property, when) = (rule.schema.get_ref(), rule.property.get_ref(), rule.when.get_ref());
    let schema = lint.openapi().components.as_ref().and_then(|components| components.schemas.get(schema_name));
    let object =
        schema.and_then(|schema| resolve(lint.openapi(), schema)).and_then(|schema| match &schema.schema_kind {
            SchemaKind::Type(Type::Object(object)) => Some(object),
            _ => None,
        });
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
