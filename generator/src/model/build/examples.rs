//! Which inputs the example of an operation has: those of samples, since the stand-in knows them, else those of the document.

use serde_json::Value;

use crate::config::Config;
use crate::model::{Example, Operation, Parameter, Resource};
use crate::samples::Samples;

/// Chooses for every operation for which there is something to choose from.
pub(super) fn choose(resources: &mut [Resource], config: &Config, samples: &Samples) {
    for operation in resources.iter_mut().flat_map(|resource| &mut resource.operations) {
        operation.example = example(operation, config, samples);
    }
}

/// `None` if there is no value for something that is required.
fn example(operation: &Operation, config: &Config, samples: &Samples) -> Option<Example> {
    let body = match &operation.body {
        Some(_) => Some(samples.requests(&operation.id).first()?.clone()),
        None => None,
    };
    let answer = samples.bodies(&operation.id).first();
    let shown =
        answer.and_then(|body| config.envelope.as_ref().map_or(Some(body), |envelope| body.get(&envelope.data)));
    let mut parameters = Vec::new();
    for (index, parameter) in operation.parameters.iter().enumerate() {
        if parameter.required {
            let of_answer = shown.filter(|_| parameter.location.is_path()).and_then(|shown| shown.get(&parameter.wire));
            parameters.push((index, of_answer.or(parameter.example.as_ref())?.clone()));
        }
    }
    let optional = operation.parameters.iter().enumerate().filter(|(_, parameter)| !parameter.required);
    parameters.extend(optional.filter_map(|(index, parameter)| filter(operation, index, parameter)).take(1));
    Some(Example { parameters, body })
}

/// The value of a parameter that narrows down what is asked for; counting pages is not what an example is about.
fn filter(operation: &Operation, index: usize, parameter: &Parameter) -> Option<(usize, Value)> {
    let counts = operation.paging.as_ref().is_some_and(|paging| {
        let limit = paging.limit.as_ref().map(|(limit, _)| &limit.field);
        paging.page.field == parameter.name || limit == Some(&parameter.name)
    });
    let value = parameter.example.as_ref().filter(|_| !counts && !parameter.deprecated)?;
    Some((index, value.clone()))
}
