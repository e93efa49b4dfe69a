//! Chooses the inputs of an operation's example and the field that it prints. Inputs come from samples, which the
//! mock server accepts, or else from the document.

use serde_json::Value;

use super::literals::{self, Shapes};
use crate::config::Config;
use crate::kind::Kind;
use crate::model::{Example, Field, Location, Operation, Parameter, Presence, Resource, Response, Schema, Shape};
use crate::samples::Samples;

/// Chooses an example for every operation that has inputs to choose from.
pub(super) fn choose(resources: &mut [Resource], schemas: &[Schema], config: &Config, samples: &Samples) {
    let shapes = schemas.iter().map(|schema| (schema.name.as_str(), &schema.shape)).collect();
    for operation in resources.iter_mut().flat_map(|resource| &mut resource.operations) {
        operation.example = example(operation, &shapes, config, samples);
    }
}

/// Chooses the operation that a newcomer calls first: a list, or else another read, with as few inputs as possible.
pub(super) fn first(resources: &[Resource]) -> Option<(usize, usize)> {
    let operations = resources.iter().enumerate().flat_map(|(index, resource)| {
        resource.operations.iter().enumerate().map(move |(inner, operation)| ((index, inner), operation))
    });
    let rank = |operation: &Operation| {
        let arguments = operation.example.as_ref().map_or(0, |example| example.parameters.len());
        (operation.deprecated, operation.verb != "GET", operation.paging.is_none(), arguments)
    };
    let callable = operations.filter(|(_, operation)| operation.example.as_ref().is_some_and(|one| one.call.is_some()));
    callable.min_by_key(|(_, operation)| rank(operation)).map(|(place, _)| place)
}

/// Returns `None` if a required input has no value.
fn example(operation: &Operation, shapes: &Shapes<'_>, config: &Config, samples: &Samples) -> Option<Example> {
    let body = match &operation.body {
        Some(body) if !body.required => samples.requests(&operation.id).first().cloned(),
        Some(_) => Some(samples.requests(&operation.id).first()?.clone()),
        None => None,
    };
    let response = samples.bodies(&operation.id).first();
    let data =
        response.and_then(|body| config.envelope.as_ref().map_or(Some(body), |envelope| body.get(&envelope.data)));
    let mut parameters = Vec::new();
    for (index, parameter) in operation.parameters.iter().enumerate() {
        if parameter.required {
            let of_response =
                data.filter(|_| parameter.location == Location::Path).and_then(|data| data.get(&parameter.wire));
            parameters.push((index, of_response.or(parameter.example.as_ref())?.clone()));
        }
    }
    let optional = operation.parameters.iter().enumerate().filter(|(_, parameter)| !parameter.required);
    parameters.extend(optional.filter_map(|(index, parameter)| filter(operation, index, parameter)).take(1));
    let shown = shown(operation, shapes).map(|field| field.name.clone());
    let runs = operation.sample.is_some() && samples.is_from_files(&operation.id);
    let call = literals::call(operation, &parameters, body.as_ref(), shapes);
    Some(Example { parameters, body, call, shown, runs })
}

/// Returns the most informative field of a response: a required one, preferably not the id, which is known anyway.
fn shown<'a>(operation: &Operation, shapes: &Shapes<'a>) -> Option<&'a Field> {
    let kind = match (&operation.paging, &operation.response) {
        (Some(paging), _) => &paging.row,
        (None, Response::Plain(kind) | Response::Enveloped(kind) | Response::Page(kind)) => kind,
        _ => return None,
    };
    let Kind::Named(name) = kind else { return None };
    let Shape::Object(object) = shapes.get(name.as_str())? else { return None };
    let telling = |field: &&Field| field.presence == Presence::Required && !field.deprecated && has_text(field, shapes);
    let fields: Vec<_> = object.fields.iter().filter(telling).collect();
    fields.iter().find(|field| field.wire != "id").or(fields.first()).copied()
}

fn has_text(field: &Field, shapes: &Shapes<'_>) -> bool {
    match &field.kind {
        Kind::Text | Kind::Decimal | Kind::Integer(_) | Kind::Timestamp | Kind::Date | Kind::Uuid => true,
        Kind::Named(name) => matches!(shapes.get(name.as_str()), Some(Shape::Enumeration(_))),
        _ => false,
    }
}

/// Returns the value of a filter parameter; examples do not set page numbers or sizes.
fn filter(operation: &Operation, index: usize, parameter: &Parameter) -> Option<(usize, Value)> {
    let counts = operation.paging.as_ref().is_some_and(|paging| {
        let limit = paging.limit.as_ref().map(|(limit, _)| &limit.field);
        let page = paging.page.as_ref().map(|page| &page.count.field);
        [page, limit].contains(&Some(&parameter.name))
    });
    let value = parameter.example.as_ref().filter(|_| !counts && !parameter.deprecated)?;
    Some((index, value.clone()))
}
