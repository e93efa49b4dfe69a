//! The mock server's objects. Each is stored once; embedded objects are inserted on reading.

use std::collections::HashMap;

use serde_json::{Map, Value};
use uuid::Uuid;

use super::made;
use super::spec::{Collection, MockSpec, Relation};

pub(crate) struct Store {
    spec: &'static MockSpec,
    collections: Vec<Rows>,
    /// The own fields of each collection's sample.
    samples: Vec<Map<String, Value>>,
}

#[derive(Default)]
struct Rows {
    /// In order of creation.
    rows: Vec<Row>,
    by_key: HashMap<Uuid, usize>,
}

/// An object: its own fields as JSON text, which is smaller than a tree of values, and its relations.
pub(crate) struct Row {
    own: Box<str>,
    /// For each relation of the collection, the key of the object.
    relations: Box<[Option<Uuid>]>,
}

impl Row {
    pub(crate) fn new(own: &Map<String, Value>, relations: Vec<Option<Uuid>>) -> Self {
        let own = Value::Object(own.clone()).to_string();
        Self { own: own.into(), relations: relations.into() }
    }

    /// Returns the own fields.
    pub(crate) fn own(&self) -> Map<String, Value> {
        match serde_json::from_str(&self.own) {
            Ok(Value::Object(own)) => own,
            _ => Map::new(),
        }
    }

    pub(crate) fn relations(&self) -> &[Option<Uuid>] {
        &self.relations
    }
}

impl Store {
    pub(crate) fn new(spec: &'static MockSpec) -> Self {
        let collections = spec.collections.iter().map(|_| Rows::default()).collect();
        Self { spec, collections, samples: spec.collections.iter().map(|of| sample_of(spec, of)).collect() }
    }

    /// Returns the own fields of a collection's sample.
    pub(crate) fn sample(&self, collection: usize) -> &Map<String, Value> {
        &self.samples[collection]
    }

    pub(crate) fn collection(&self, index: usize) -> &'static Collection {
        &self.spec.collections[index]
    }

    /// Whether the objects have a field with this name.
    pub(crate) fn has_field(&self, collection: usize, name: &str) -> bool {
        let object = self.spec.api.object(self.collection(collection).schema);
        object.is_some_and(|object| object.fields.iter().any(|field| field.name == name))
    }

    pub(crate) fn rows(&self, collection: usize) -> &[Row] {
        &self.collections[collection].rows
    }

    pub(crate) fn get(&self, collection: usize, key: Uuid) -> Option<&Row> {
        let rows = &self.collections[collection];
        rows.by_key.get(&key).and_then(|index| rows.rows.get(*index))
    }

    /// Stores an object, replacing the one with the same key.
    pub(crate) fn put(&mut self, collection: usize, key: Uuid, row: Row) {
        let rows = &mut self.collections[collection];
        if let Some(index) = rows.by_key.get(&key) {
            rows.rows[*index] = row;
        } else {
            rows.by_key.insert(key, rows.rows.len());
            rows.rows.push(row);
        }
    }

    /// Stores an object before all others.
    pub(crate) fn put_first(&mut self, collection: usize, key: Uuid, row: Row) {
        let rows = &mut self.collections[collection];
        rows.by_key.values_mut().for_each(|position| *position += 1);
        rows.by_key.insert(key, 0);
        rows.rows.insert(0, row);
    }

    pub(crate) fn remove(&mut self, collection: usize, key: Uuid) -> bool {
        let rows = &mut self.collections[collection];
        let Some(index) = rows.by_key.remove(&key) else { return false };
        rows.rows.remove(index);
        for position in rows.by_key.values_mut().filter(|position| **position > index) {
            *position -= 1;
        }
        true
    }

    /// Writes an object in the API's form, as JSON text.
    pub(crate) fn write(&self, collection: usize, row: &Row, out: &mut String) {
        self.write_with(collection, row, self.collection(collection).relations, out);
    }

    fn write_with(&self, collection: usize, row: &Row, shown: &[Relation], out: &mut String) {
        out.push_str(row.own.strip_suffix('}').unwrap_or(&row.own));
        for relation in shown {
            let key = self
                .collection(collection)
                .relation(relation.field)
                .and_then(|(index, _)| row.relations.get(index).copied()?);
            if let Some(other) = key.and_then(|key| self.get(relation.collection, key)) {
                out.push_str(if out.ends_with('{') { "\"" } else { ",\"" });
                out.push_str(relation.field);
                out.push_str("\":");
                self.write_with(relation.collection, other, relation.inner, out);
            }
        }
        out.push('}');
    }
}

/// Returns the sample of a collection; required fields that it lacks have made values.
fn sample_of(spec: &MockSpec, collection: &Collection) -> Map<String, Value> {
    let mut sample: Map<String, Value> = serde_json::from_str(collection.sample).unwrap_or_default();
    let fields = spec.api.object(collection.schema).map_or(&[][..], |object| object.fields);
    for field in fields.iter().filter(|field| field.required && collection.relation(field.name).is_none()) {
        if !sample.contains_key(field.name) {
            sample.insert(field.name.to_owned(), made::value(spec.api, &field.kind, field.rules, 1));
        }
    }
    sample
}
