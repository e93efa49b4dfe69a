//! `config-reference`: what generator.toml names is in the document.

use openapiv3::{SchemaKind, Type};

use super::{Lint, finding};
use crate::config::{RequiredWhen, line_column};
use crate::document::resolve;
use crate::source::Finding;

const HELP: &str = "mend the name, or take the entry out";

pub(super) fn check(lint: &Lint<'_>) -> Vec<Finding> {
    let unknown_operations = lint.config.operations.keys().filter(|id| {
        !lint.operations().any(|place| place.operation.operation_id.as_deref() == Some(id))
    });
    let operations = unknown_operations.map(|id| report(lint, id, format!("there is no operation `{id}`")));
    let rules = lint.config.required_when.iter().filter_map(|rule| {
        let (name, message) = problem(lint, rule)?;
        Some(report(lint, name, message))
    });
    operations.chain(rules).collect()
}

fn problem<'r>(lint: &Lint<'_>, rule: &'r RequiredWhen) -> Option<(&'r str, String)> {
    let schema = lint.openapi().components.as_ref().and_then(|components| components.schemas.get(&rule.schema));
    let object = schema.and_then(|schema| resolve(lint.openapi(), schema)).and_then(|schema| match &schema.schema_kind {
        SchemaKind::Type(Type::Object(object)) => Some(object),
        _ => None,
    });
    let Some(object) = object else {
        return Some((&rule.schema, format!("there is no object schema `{}`", rule.schema)));
    };
    let missing = [&rule.property, &rule.when].into_iter().find(|name| !object.properties.contains_key(*name));
    if let Some(name) = missing {
        return Some((name, format!("the schema `{}` has no property `{name}`", rule.schema)));
    }
    object.required.contains(&rule.property).then(|| {
        (rule.property.as_str(), format!("`{}` of `{}` is required in any case", rule.property, rule.schema))
    })
}

/// A finding at the first place where generator.toml has this name.
fn report(lint: &Lint<'_>, name: &str, message: String) -> Finding {
    let config = &lint.input.config;
    let (line, column) = config.text.find(name).map_or((1, 1), |at| line_column(&config.text, at));
    finding("config-reference", config.at_line(line, column), message, HELP)
}
