//! Generates values of each schema of a document, and a program that deserializes and serializes them with the
//! generated types.

use std::collections::BTreeMap;

use openapiv3::{ReferenceOr, Schema as OpenApiSchema};
use serde_json::Value;

mod neighbours;
mod program;
mod same;
mod scalars;
mod values;

pub(crate) use neighbours::Neighbour;
pub(crate) use same::same;

use crate::Input;
use crate::conformance::Schemas;
use crate::direction::Direction;
use crate::kind::Kind;
use crate::model::{Api, Schema, Shape};
use crate::origin::PLACE;
use crate::pipeline;
use crate::stack;
use values::Values;

/// The maximum number of values per schema.
const MOST_VALUES: usize = 120;

/// The types of a document with values of each.
pub(crate) struct RoundTrips {
    pub(crate) types: Vec<Samples>,
    /// The source of a program that reads a type name and a JSON value from each line of its input.
    pub(crate) program: String,
}

/// Values of one type.
pub(crate) struct Samples {
    /// The name of the type.
    pub(crate) name: String,
    /// Valid values; empty if the generator cannot construct any.
    pub(crate) values: Vec<Value>,
    /// Values that violate one keyword of the schema.
    pub(crate) neighbours: Vec<Neighbour>,
}

/// Creates values for every type of a document; `library` is the name of the crate with the types.
pub(crate) fn prepare(input: &Input, library: &str, seed: u64) -> Option<RoundTrips> {
    stack::with_room(|| prepare_here(input, library, seed))
}

fn prepare_here(input: &Input, library: &str, seed: u64) -> Option<RoundTrips> {
    let (document, config) = pipeline::check(input, &mut |_| {}).ok()?;
    let (_, api) = pipeline::described(input, &document, &config, &mut |_| {});
    let conforming = |direction| Schemas::new(&document.openapi, direction);
    let [sent, received] = [Direction::Sent, Direction::Received].map(conforming);
    let whole = serde_json::to_value(&document.openapi).unwrap_or_default();
    let places = by_place(&whole);
    let [mut of_sent, mut of_received] = [Direction::Sent, Direction::Received].map(|to| Values::new(&whole, to, seed));
    let types = own_places(&api).into_iter().filter(|schema| !holds_files(schema)).map(|schema| {
        let direction = direction(schema);
        let is_sent = direction == Direction::Sent;
        let (schemas, made) = if is_sent { (&sent, &mut of_sent) } else { (&received, &mut of_received) };
        // Values of a type do not depend on the types before it.
        made.restart(seed);
        let samples = places.get(schema.pointer.as_str()).and_then(|found| {
            let described: ReferenceOr<OpenApiSchema> = serde_json::from_value((*found).clone()).ok()?;
            let mut values = made.of(found);
            let is_valid = |value: &Value| schemas.conforms(&described, value);
            // The container of a type decides about null.
            values.retain(|value| !value.is_null() && is_valid(value));
            values.truncate(MOST_VALUES);
            let largest = values.iter().max_by_key(|value| value.to_string().len());
            let mut neighbours: Vec<_> = largest.map(|value| neighbours::of(made, found, value)).unwrap_or_default();
            neighbours.retain(|neighbour| {
                !is_valid(&neighbour.value) && (neighbour.is_malformed() || direction == Direction::Sent)
            });
            Some((values, neighbours))
        });
        let (values, neighbours) = samples.unwrap_or_default();
        Samples { name: schema.name.clone(), values, neighbours }
    });
    let types: Vec<_> = types.collect();
    let program = program::source(library, &api, types.iter().map(|samples| samples.name.as_str()));
    Some(RoundTrips { types, program })
}

/// Returns the schemas of a document by their places in its source. A form of OpenAPI 2.0, its body, and its first field
/// share a place: the whole form is its schema.
fn by_place(value: &Value) -> BTreeMap<&str, &Value> {
    let mut found = BTreeMap::new();
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Value::Object(entries) => {
                let is_schema = !["content", "in", "responses", "schema"].iter().any(|key| entries.contains_key(*key));
                if let Some(place) = entries.get(PLACE).and_then(Value::as_str).filter(|_| is_schema) {
                    found.entry(place).or_insert(value);
                }
                open.extend(entries.values());
            }
            Value::Array(items) => open.extend(items),
            _ => {}
        }
    }
    found
}

/// Whether a type is a multipart body, which is not JSON.
fn holds_files(schema: &Schema) -> bool {
    let Shape::Object(object) = &schema.shape else { return false };
    object.fields.iter().any(|field| match &field.kind {
        Kind::List(item) => **item == Kind::File,
        kind => *kind == Kind::File,
    })
}

/// Returns the direction of a type's values; types used in both directions count as sent.
fn direction(schema: &Schema) -> Direction {
    let is_sent = match &schema.shape {
        Shape::Object(object) => object.constructed,
        Shape::Union(union) => union.constructed,
        Shape::Enumeration(_) => true,
        Shape::Other(_) => schema.sent,
    };
    if is_sent { Direction::Sent } else { Direction::Received }
}

/// Returns the types with a place of their own in the document. The objects of a composition share the place of the
/// whole.
fn own_places(api: &Api) -> Vec<&Schema> {
    let mut places: BTreeMap<(&str, Direction), &Schema> = BTreeMap::new();
    for schema in &api.schemas {
        places
            .entry((&schema.pointer, direction(schema)))
            .and_modify(|known| {
                if matches!(schema.shape, Shape::Union(_)) {
                    *known = schema;
                }
            })
            .or_insert(schema);
    }
    places.into_values().collect()
}
