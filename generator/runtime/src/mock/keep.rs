//! Saves all objects of a mock server as text, and loads them into another.
//!
//! The text is a JSON object with a list per type. Embedded objects are replaced by their keys.

use serde_json::{Map, Value};
use uuid::Uuid;

use super::key;
use super::spec::{Collection, MockSpec};
use super::store::{Row, Store};

pub(super) fn write(store: &Store, spec: &MockSpec) -> String {
    let all = spec.collections.iter().enumerate().map(|(index, collection)| {
        let objects = store.rows(index).iter().map(|row| written(collection, row));
        (collection.schema.to_owned(), objects.collect())
    });
    Value::Object(all.collect()).to_string()
}

fn written(collection: &Collection, row: &Row) -> Value {
    let mut object = row.own();
    for (relation, key) in collection.relations.iter().zip(row.relations()) {
        if let Some(key) = key {
            object.insert(relation.field.to_owned(), key.to_string().into());
        }
    }
    object.into()
}

/// Adds the saved objects, or returns the problem with the text.
pub(super) fn read(store: &mut Store, spec: &MockSpec, text: &str) -> Result<(), String> {
    let mut all: Map<String, Value> = serde_json::from_str(text).map_err(|error| error.to_string())?;
    for (index, collection) in spec.collections.iter().enumerate() {
        let objects = match all.remove(collection.schema) {
            None => continue,
            Some(Value::Array(objects)) => objects,
            Some(_) => return Err(format!("`{}` is not a list", collection.schema)),
        };
        for (place, object) in objects.into_iter().enumerate() {
            let (key, row) = read_one(collection, object).ok_or_else(|| {
                format!("`{}[{place}]` is not an object with the key `{}`", collection.schema, collection.key)
            })?;
            store.put(index, key, row);
        }
    }
    match all.keys().next() {
        Some(other) => Err(format!("unknown type `{other}`")),
        None => Ok(()),
    }
}

fn read_one(collection: &Collection, object: Value) -> Option<(Uuid, Row)> {
    let Value::Object(mut own) = object else { return None };
    let key = key::of(own.get(collection.key)?)?;
    let relations = collection.relations.iter().map(|relation| own.remove(relation.field).as_ref().and_then(key::of));
    let relations = relations.collect();
    Some((key, Row::new(&own, relations)))
}
