//! `parameter-location`: parameters have a schema and, in the path, the usual style.

use openapiv3::{Parameter, ParameterSchemaOrContent, PathStyle, ReferenceOr};

use super::Lint;
use crate::code::Code;
use crate::document::resolve;
use crate::source::{Finding, join};

const CODE: Code = Code::ParameterLocation;

pub(super) fn check(lint: &Lint<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for place in lint.operations() {
        let own = join(&place.pointer(), "parameters");
        let shared = join(&join("/paths", place.path), "parameters");
        let all = [(own, &place.operation.parameters), (shared, &place.item.parameters)];
        for (pointer, index, parameter) in all.iter().flat_map(|(pointer, list)| indexed(pointer, list)) {
            let Some(parameter) = resolve(lint.openapi(), parameter) else { continue };
            if let Some(problem) = problem(parameter) {
                let name = &parameter.parameter_data_ref().name;
                let message = format!("the parameter `{name}` of {} {problem}", place.title());
                let help = "give it a schema, and the style `simple` in the path";
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

fn problem(parameter: &Parameter) -> Option<&'static str> {
    if let Parameter::Path { style: PathStyle::Matrix | PathStyle::Label, .. } = parameter {
        return Some("has a style that is not `simple`");
    }
    match parameter.parameter_data_ref().format {
        ParameterSchemaOrContent::Schema(_) => None,
        ParameterSchemaOrContent::Content(_) => Some("has `content` in place of a schema"),
    }
}
