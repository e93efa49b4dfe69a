//! Names of parameters and properties by their usual meaning, and the values in a body.

use openapiv3::{OpenAPI, Operation, Parameter, ParameterData, ReferenceOr, Schema};

use crate::document::{Endpoint, resolve, schema_of};
use crate::kind::{Kind, kind_of};
use crate::lists::{object, target};
use crate::source::join;

/// The depth of values in a body.
const DEPTH: usize = 3;

/// Returns a name without case and separators.
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(|character| character.is_alphanumeric()).collect::<String>().to_lowercase()
}

/// A value in a body, outside arrays.
pub(super) struct Value {
    pub(super) pointer: String,
    /// The plain name, and that of the object around it.
    pub(super) name: String,
    pub(super) parent: String,
    /// Whether every body has it.
    pub(super) is_required: bool,
    pub(super) schema: ReferenceOr<Schema>,
}

impl Value {
    pub(super) fn kind(&self) -> Kind {
        kind_of(&self.schema)
    }

    pub(super) fn is_number(&self) -> bool {
        is_number(&self.kind())
    }

    pub(super) fn is_text(&self) -> bool {
        matches!(self.kind(), Kind::Text | Kind::Uuid)
    }

    /// Returns the description and the example, in lowercase.
    pub(super) fn docs(&self) -> String {
        let Some(schema) = self.schema.as_item() else { return String::new() };
        let data = &schema.schema_data;
        let example = data.example.as_ref().map(ToString::to_string).unwrap_or_default();
        format!("{} {example}", data.description.as_deref().unwrap_or_default()).to_lowercase()
    }
}

/// Whether a value is a number; some documents use `number` for counts.
pub(super) fn is_number(kind: &Kind) -> bool {
    matches!(kind, Kind::Integer(_) | Kind::Float | Kind::Decimal)
}

/// Returns the values of an object and of the objects in it, nearest first.
pub(super) fn values(openapi: &OpenAPI, body: &ReferenceOr<Schema>) -> Vec<Value> {
    let mut found = Vec::new();
    let mut level = vec![(String::new(), String::new(), true, target(openapi, body.clone()))];
    for _ in 0..DEPTH {
        let mut below = Vec::new();
        for (pointer, parent, is_there, schema) in level {
            let Some(object) = object(openapi, &schema) else { continue };
            for (name, property) in &object.properties {
                let schema = target(openapi, property.clone().unbox());
                let is_required = is_there && object.required.contains(name);
                let pointer = join(&pointer, name);
                below.push((pointer.clone(), plain(name), is_required, schema.clone()));
                found.push(Value { pointer, name: plain(name), parent: parent.clone(), is_required, schema });
            }
        }
        level = below;
    }
    found
}

/// Returns the query parameters of an operation, with their types.
pub(super) fn query(operation: &Operation) -> Vec<(&ParameterData, Kind)> {
    let parameters = operation.parameters.iter().filter_map(ReferenceOr::as_item);
    let query = parameters.filter(|parameter| matches!(parameter, Parameter::Query { .. }));
    query.map(Parameter::parameter_data_ref).map(|data| (data, schema_of(data).map_or(Kind::Text, kind_of))).collect()
}

/// Returns the names of the parameters of an operation, before normalisation, in the header or in the query.
pub(super) fn parameters<'o>(
    openapi: &'o OpenAPI,
    endpoint: &Endpoint<'o>,
    in_header: bool,
) -> impl Iterator<Item = &'o ParameterData> + use<'o> {
    let all = endpoint.operation.parameters.iter().chain(&endpoint.item.parameters);
    all.filter_map(move |parameter| match resolve(openapi, parameter)? {
        Parameter::Header { parameter_data, .. } => in_header.then_some(parameter_data),
        Parameter::Query { parameter_data, .. } => (!in_header).then_some(parameter_data),
        _ => None,
    })
}

/// Returns a string in TOML.
pub(super) fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
