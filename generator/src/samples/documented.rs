//! Takes the examples of a document as samples of operations that have none.

use openapiv3::{Example, MediaType, OpenAPI, Operation, ReferenceOr};
use serde_json::Value;

use super::Samples;
use crate::conformance::Schemas;
use crate::direction::Direction;
use crate::document::{is_success, operations, resolve};
use crate::media::{Media, media, preferred};

impl Samples {
    /// Adds the documented examples that conform to their schemas to operations without samples.
    pub(crate) fn or_documented(mut self, openapi: &OpenAPI) -> Self {
        let [requests, responses] = [Direction::Sent, Direction::Received].map(|way| Schemas::new(openapi, way));
        for endpoint in operations(openapi) {
            let Some(id) = endpoint.operation.operation_id.clone() else { continue };
            if !self.bodies.contains_key(&id)
                && let Some(body) =
                    response(openapi, endpoint.operation).and_then(|media| example(openapi, &responses, media))
            {
                self.documented.insert(id.clone());
                self.bodies.insert(id.clone(), vec![body]);
            }
            if !self.requests.contains_key(&id)
                && let Some(body) =
                    request(openapi, endpoint.operation).and_then(|media| example(openapi, &requests, media))
            {
                self.documented.insert(id.clone());
                self.requests.insert(id, vec![body]);
            }
        }
        self
    }
}

/// Returns the JSON body of the first documented success.
fn response<'a>(openapi: &'a OpenAPI, operation: &'a Operation) -> Option<&'a MediaType> {
    let mut successes = operation.responses.responses.iter().filter(|(status, _)| is_success(status));
    json(&resolve(openapi, successes.next()?.1)?.content)
}

fn request<'a>(openapi: &'a OpenAPI, operation: &'a Operation) -> Option<&'a MediaType> {
    json(&resolve(openapi, operation.request_body.as_ref()?)?.content)
}

fn json(content: &indexmap::IndexMap<String, MediaType>) -> Option<&MediaType> {
    let name = preferred(content).filter(|name| media(name) == Media::Json)?;
    content.get(name)
}

/// Returns the first example of a body that conforms to its schema: of the body, else of the schema.
fn example(openapi: &OpenAPI, schemas: &Schemas<'_>, media: &MediaType) -> Option<Value> {
    let schema = media.schema.as_ref()?;
    let named = media.examples.values().filter_map(|example| named(openapi, example)?.value.as_ref());
    let of_schema = resolve(openapi, schema).and_then(|schema| schema.schema_data.example.as_ref());
    let mut examples = media.example.iter().chain(named).chain(of_schema);
    examples.find(|value| schemas.conforms(schema, value)).cloned()
}

fn named<'a>(openapi: &'a OpenAPI, example: &'a ReferenceOr<Example>) -> Option<&'a Example> {
    match example {
        ReferenceOr::Item(example) => Some(example),
        ReferenceOr::Reference { reference } => {
            let name = reference.strip_prefix("#/components/examples/")?;
            openapi.components.as_ref()?.examples.get(name)?.as_item()
        }
    }
}
