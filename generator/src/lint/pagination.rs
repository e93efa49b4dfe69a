//! Checks `pagination`: operations that return a page have the parameters and fields named in generator.toml.

use openapiv3::{ObjectType, Parameter, ReferenceOr, Schema, SchemaKind, Type};

use super::context::Lint;
use crate::code::Code;
use crate::config::Pagination;
use crate::document::{Endpoint, resolve, schema_of};
use crate::kind::{Kind, kind_of};
use crate::source::{Unlocated, join};

const CODE: Code = Code::Pagination;

pub(super) fn check(lint: &Lint<'_>) -> Vec<Unlocated> {
    let Some(pagination) = &lint.config.pagination else { return Vec::new() };
    lint.operations().flat_map(|endpoint| check_operation(lint, pagination, &endpoint)).collect()
}

fn check_operation(lint: &Lint<'_>, pagination: &Pagination, endpoint: &Endpoint<'_>) -> Vec<Unlocated> {
    let wanted = [&pagination.page_parameter, &pagination.limit_parameter];
    let present = wanted.map(|name| takes_integer(lint, endpoint, name));
    let media = lint.response_media(endpoint, true);
    let body = media.first().and_then(|(_, _, media)| media.schema.as_ref()).and_then(|schema| object(lint, schema));
    let block = body.and_then(|body| body.properties.get(&pagination.property));
    if block.is_none() && present == [None, None] {
        return Vec::new();
    }
    let mut diagnostics = Vec::new();
    for (name, present) in wanted.iter().zip(present) {
        if present != Some(true) {
            let (lacks, help) = match present {
                None => (
                    "takes no query parameter",
                    format!("add to its parameters: {{name: {name}, in: query, schema: {{type: integer}}}}"),
                ),
                Some(_) => ("has a parameter that is not an integer:", "use the schema {type: integer}".to_owned()),
            };
            let message = format!("{} returns pages, but {lacks} `{name}`", endpoint.title());
            diagnostics.push(lint.diagnostic(CODE, &endpoint.pointer(), message, &help));
        }
    }
    let pointer = media.first().map_or_else(|| endpoint.pointer(), |(pointer, _, _)| join(pointer, "schema"));
    match block {
        None => {
            let message =
                format!("{} takes pages, but its success body has no `{}`", endpoint.title(), pagination.property);
            let help = "add the object with the state of the page, or remove the parameters";
            diagnostics.push(lint.diagnostic(CODE, &pointer, message, help));
        }
        Some(block) => diagnostics.extend(check_block(lint, pagination, endpoint, &pointer, &block.clone().unbox())),
    }
    if !body.is_some_and(|body| has_rows(lint, body)) {
        let message = format!("{} returns pages, but its rows are not a list", endpoint.title());
        let help = match &lint.config.envelope {
            Some(envelope) => format!("make `{}`, the data of [envelope] in generator.toml, an array", envelope.data),
            None => "add [envelope] to generator.toml; its `data` is the property with the rows".to_owned(),
        };
        diagnostics.push(lint.diagnostic(CODE, &pointer, message, &help));
    }
    diagnostics
}

/// Checks that the fields named in generator.toml exist and have the right types.
fn check_block(
    lint: &Lint<'_>,
    pagination: &Pagination,
    endpoint: &Endpoint<'_>,
    pointer: &str,
    block: &ReferenceOr<Schema>,
) -> Vec<Unlocated> {
    let fields = &pagination.fields;
    let integer = [&fields.page, &fields.limit, &fields.total_count, &fields.total_pages].map(|name| (name, "integer"));
    let object = object(lint, block);
    let mut diagnostics = Vec::new();
    for (name, expected) in integer.into_iter().chain([(&fields.has_more, "boolean")]) {
        let Some(name) = name else { continue };
        let found =
            object.and_then(|object| object.properties.get(name)).map(|property| kind_of(&property.clone().unbox()));
        let fits = match found {
            Some(Kind::Integer("i64")) => expected == "integer",
            Some(Kind::Boolean) => expected == "boolean",
            _ => false,
        };
        if !fits {
            let message = format!("`{}` of {} has no {expected} `{name}`", pagination.property, endpoint.title());
            diagnostics.push(lint.diagnostic(
                CODE,
                pointer,
                message,
                "fix the schema, or [pagination.fields] in generator.toml",
            ));
        }
    }
    diagnostics
}

fn has_rows(lint: &Lint<'_>, body: &ObjectType) -> bool {
    let data = lint.config.envelope.as_ref().and_then(|envelope| body.properties.get(&envelope.data));
    data.is_some_and(|data| matches!(kind_of(&data.clone().unbox()), Kind::List(_)))
}

/// Returns whether a query parameter is an integer; `None` if the operation does not have it.
fn takes_integer(lint: &Lint<'_>, endpoint: &Endpoint<'_>, name: &str) -> Option<bool> {
    let all = endpoint.operation.parameters.iter().chain(&endpoint.item.parameters);
    all.filter_map(|parameter| resolve(lint.openapi(), parameter)).find_map(|parameter| match parameter {
        Parameter::Query { parameter_data, .. } if parameter_data.name == name => {
            let Some(schema) = schema_of(parameter_data) else { return Some(false) };
            Some(matches!(kind_of(schema), Kind::Integer(_)))
        }
        _ => None,
    })
}

fn object<'a>(lint: &Lint<'a>, schema: &'a ReferenceOr<Schema>) -> Option<&'a ObjectType> {
    match &resolve(lint.openapi(), schema)?.schema_kind {
        SchemaKind::Type(Type::Object(object)) => Some(object),
        _ => None,
    }
}
