//! Turns the document into an API reference: adds an example of every operation in Rust and in curl.

use std::collections::HashMap;

use serde_json::json;

use crate::document::METHODS;
use crate::emit::Examples;
use crate::input::Input;
use crate::load::{self, Yaml};
use crate::model::{Api, Operation, Resource};
use crate::source::Unlocated;

mod curl;

/// The extension from which documentation tools read examples.
const SAMPLES: &str = "x-codeSamples";

/// Returns the document with the examples, as JSON, with keys in the order of the source.
pub(crate) fn derive(input: &Input, api: &Api) -> Result<String, Unlocated> {
    let mut document = load::ordered(&input.spec)?;
    let examples = Examples::of(api);
    let described = api.resources.iter().flat_map(|resource| {
        resource
            .operations
            .iter()
            .map(move |operation| ((operation.path.as_str(), operation.verb.to_lowercase()), (resource, operation)))
    });
    let described: HashMap<_, _> = described.collect();
    for (path, item) in document.get_mut("paths").and_then(Yaml::as_mapping_mut).into_iter().flatten() {
        let Some(path) = path.as_str() else { continue };
        for method in METHODS {
            let Some(operation) = item.get_mut(method).and_then(Yaml::as_mapping_mut) else { continue };
            let Some((resource, described)) = described.get(&(path, method.to_owned())) else { continue };
            let samples = samples(api, examples.as_ref(), resource, described);
            if !samples.is_empty() {
                operation.insert(Yaml::from(SAMPLES), Yaml::Sequence(samples));
            }
        }
    }
    Ok(serde_json::to_string_pretty(&document).unwrap_or_default())
}

fn samples(api: &Api, examples: Option<&Examples<'_>>, resource: &Resource, operation: &Operation) -> Vec<Yaml> {
    let curl = curl::command(api, operation).map(|source| ("Shell", "curl", source));
    let rust = examples.and_then(|examples| examples.code(resource, operation)).map(|source| ("Rust", "Rust", source));
    let samples = [rust, curl].into_iter().flatten();
    let samples = samples.map(|(lang, label, source)| json!({"lang": lang, "label": label, "source": source}));
    serde_json::from_value(samples.collect()).unwrap_or_default()
}
