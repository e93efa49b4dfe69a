//! `parameter-location`: parameters are in the path or the query, and are text or lists.

use openapiv3::{Parameter, ParameterSchemaOrContent, PathStyle, QueryStyle, ReferenceOr};

use super::Lint;
use crate::document::resolve;
use crate::kind::{Kind, is_scalar, kind_of};
use crate::source::{Finding, join};

const CODE: &str = "parameter-location";

pub(super) fn check(lint: &Lint<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for place in lint.operations() {
        let own = join(&place.pointer(), "parameters");
        let shared = join(&join("/paths", place.path), "parameters");
        let all = [(own, &place.operation.parameters), (shared, &place.item.parameters)];
        for (pointer, index, parameter) in all.iter().flat_map(|(pointer, list)| indexed(pointer, list)) {
            let Some(parameter) = resolve(lint.openapi(), parameter) else { continue };
            if let Some(problem) = problem(lint, parameter) {
                let name = &parameter.parameter_data_ref().name;
                let message = format!("the parameter `{name}` of {} {problem}", place.title());
                let help = "use a path or query parameter with a schema of text, number, flag or a list of those";
                findings.push(lint.finding(CODE, &join(pointer, &index.to_string()), message, help));
            }
        }
    }
    findings
}

fn indexed<'a>(
    pointer: &'a str,
    list: &'a [ReferenceOr<Parameter>],
) -> impl Iterator<Item = (&'a str, usize, &'a ReferenceOr<Parameter>)> {
    list.iter().enumerate().map(move |(index, parameter)| (pointer, index, parameter))
}

fn problem(lint: &Lint<'_>, parameter: &Parameter) -> Option<&'static str> {
    match parameter {
        Parameter::Header { .. } => return Some("is in a header"),
        Parameter::Cookie { .. } => return Some("is in a cookie"),
        Parameter::Path { style: PathStyle::Matrix | PathStyle::Label, .. } => {
            return Some("has a style that is not `simple`");
        }
        Parameter::Query { style: QueryStyle::DeepObject, .. } => return Some("is a deep object"),
        Parameter::Path { .. } | Parameter::Query { .. } => {}
    }
    let ParameterSchemaOrContent::Schema(schema) = &parameter.parameter_data_ref().format else {
        return Some("has `content` in place of a schema");
    };
    let is_path = matches!(parameter, Parameter::Path { .. });
    match kind_of(schema) {
        Kind::List(_) if is_path => Some("is a list in the path"),
        Kind::List(item) if is_structured(lint, &item) => Some("is a list of objects or lists"),
        kind if !matches!(kind, Kind::List(_)) && is_structured(lint, &kind) => Some("is an object"),
        _ => None,
    }
}

/// Whether a value has no single text.
fn is_structured(lint: &Lint<'_>, kind: &Kind) -> bool {
    match kind {
        Kind::List(_) | Kind::Map(_) | Kind::Json | Kind::JsonObject => true,
        Kind::Named(name) => {
            let schema = lint.openapi().components.as_ref().and_then(|components| components.schemas.get(name));
            !schema.and_then(|schema| resolve(lint.openapi(), schema)).is_some_and(is_scalar)
        }
        _ => false,
    }
}
