//! Fills the mock server with the objects of the documentation's samples.

use serde_json::{Map, Value};
use uuid::Uuid;

use super::key;
use super::spec::{Action, MockSpec};
use super::store::{Row, Store};

/// Stores every object of the samples, whether alone, in a list or inside another object.
pub(super) fn fill(store: &mut Store, spec: &MockSpec) {
    let mut found = Found { spec, collections: spec.collections.iter().map(|_| Vec::new()).collect() };
    for operation in spec.operations {
        let (Action::List(collection)
        | Action::Get(collection)
        | Action::Create(collection)
        | Action::Update(collection)) = operation.action
        else {
            continue;
        };
        let body = operation.sample.and_then(|sample| serde_json::from_str::<Value>(sample).ok());
        let data = body.and_then(|mut body| match spec.api.envelope {
            Some(envelope) => body.get_mut(envelope.data).map(Value::take),
            None => Some(body),
        });
        let rows = match data {
            Some(Value::Array(rows)) => rows,
            row => row.into_iter().collect(),
        };
        for row in &rows {
            found.add(collection, row);
        }
    }
    for (collection, objects) in found.collections.into_iter().enumerate() {
        for Shown { key, own, relations } in objects {
            store.put(collection, key, Row::new(&own, relations));
        }
    }
}

/// The objects found so far, by collection, in order of appearance.
struct Found<'a> {
    spec: &'a MockSpec,
    collections: Vec<Vec<Shown>>,
}

struct Shown {
    key: Uuid,
    own: Map<String, Value>,
    relations: Vec<Option<Uuid>>,
}

impl Found<'_> {
    /// Adds an object and its nested objects, and returns its key, if it has one.
    fn add(&mut self, collection: usize, row: &Value) -> Option<Uuid> {
        let shape = &self.spec.collections[collection];
        let key = key::of(row.get(shape.key)?)?;
        let mut own = row.as_object()?.clone();
        let relations = shape.relations.iter().map(|relation| {
            let inside = own.remove(relation.field)?;
            self.add(relation.collection, &inside)
        });
        let shown = Shown { key, relations: relations.collect(), own };
        let objects = &mut self.collections[collection];
        match objects.iter_mut().find(|known| known.key == key) {
            // A nested object may have fewer fields.
            Some(known) => {
                if shown.own.len() > known.own.len() {
                    known.own = shown.own;
                }
                for (known, shown) in known.relations.iter_mut().zip(shown.relations) {
                    *known = known.or(shown);
                }
            }
            None => objects.push(shown),
        }
        Some(key)
    }
}
