//! Creates objects from requests and seeds: their fields override a sample, with a new key and the current time.

use jiff::Timestamp;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::identity::Keys;
use super::key;
use super::spec::{Alias, Collection, MockSpec};
use super::store::{Row, Store};
use super::validate::{self, Violations};
use crate::api::Kind;

/// The error for a reference to an object that does not exist.
#[derive(Debug)]
pub(crate) struct Missing {
    pub(crate) collection: &'static str,
    pub(crate) key: Uuid,
    /// The id, as in the request.
    pub(crate) id: String,
}

/// An object before it is stored.
pub(crate) struct Draft {
    own: Map<String, Value>,
    relations: Vec<Option<Uuid>>,
}

impl Draft {
    /// Returns a new object from the sample, without relations. Its times are set to the current time.
    pub(crate) fn new(spec: &MockSpec, store: &Store, collection: usize, keys: &mut Keys) -> (Uuid, Self) {
        let (id, key) = key::unused(spec, store, collection, keys);
        let mut own = store.sample(collection).clone();
        let collection = store.collection(collection);
        let now = Timestamp::now().round(jiff::Unit::Second).unwrap_or_default();
        let fields = spec.api.object(collection.schema).map_or(&[][..], |object| object.fields);
        for field in fields.iter().filter(|field| matches!(field.kind, Kind::Timestamp)) {
            if let Some(time) = own.get_mut(field.name) {
                *time = Value::from(now.to_string());
            }
        }
        own.insert(collection.key.to_owned(), id);
        (key, Self { own, relations: vec![None; collection.relations.len()] })
    }

    /// Returns an existing object for changes.
    pub(crate) fn of(row: &Row) -> Self {
        Self { own: row.own(), relations: row.relations().to_vec() }
    }

    /// Sets the fields of an input: by name, by alias, or as `<relation>_id`.
    pub(crate) fn apply(
        &mut self,
        spec: &MockSpec,
        store: &Store,
        collection: &Collection,
        input: &Map<String, Value>,
    ) -> Result<(), Missing> {
        let fields = spec.api.object(collection.schema).map_or(&[][..], |object| object.fields);
        for (name, value) in input {
            if let Some((index, other)) = named_relation(collection, name) {
                self.relate(store, collection, index, other, value)?;
            } else if let Some(alias) = collection.alias(name) {
                self.set_alias(alias, value);
            } else if fields.iter().any(|field| field.name == name) && name != collection.key {
                self.own.insert(name.clone(), value.clone());
            }
        }
        Ok(())
    }

    /// Sets a field, even one that the spec does not contain.
    pub(crate) fn keep(&mut self, name: &str, value: &Value) {
        self.own.insert(name.to_owned(), value.clone());
    }

    fn relate(
        &mut self,
        store: &Store,
        collection: &Collection,
        index: usize,
        other: usize,
        value: &Value,
    ) -> Result<(), Missing> {
        let Some(key) = key::of(value) else {
            self.relations[index] = None;
            return Ok(());
        };
        let row = store.get(other, key).ok_or_else(|| Missing {
            collection: store.collection(other).schema,
            key,
            id: plain(value),
        })?;
        self.relations[index] = Some(key);
        // Relations of the other object are copied: a commission of a referral belongs to the referral's affiliate.
        for (at, relation) in store.collection(other).relations.iter().enumerate() {
            if let (Some((own, _)), Some(shared)) = (collection.relation(relation.field), row.relations()[at]) {
                self.relations[own].get_or_insert(shared);
            }
        }
        Ok(())
    }

    fn set_alias(&mut self, alias: &Alias, value: &Value) {
        let first = self.own.get(alias.list).and_then(|list| list.get(0)).and_then(Value::as_object);
        let mut item = first.cloned().unwrap_or_default();
        item.insert(alias.field.to_owned(), value.clone());
        self.own.insert(alias.list.to_owned(), Value::Array(vec![Value::Object(item)]));
    }

    /// Validates the object against its type, and returns the violations. Nulls count as absent.
    pub(crate) fn problems(&self, spec: &MockSpec, collection: &Collection) -> Option<String> {
        let known = without_nulls(&Value::Object(self.own.clone()));
        let mut violations = Violations::default();
        validate::body(spec, &Kind::Named(collection.schema), &known, &mut violations);
        violations.text()
    }

    pub(crate) fn key(&self, collection: &Collection) -> Option<Uuid> {
        self.own.get(collection.key).and_then(key::of)
    }

    pub(crate) fn into_row(self) -> Row {
        Row::new(&self.own, self.relations)
    }
}

/// Returns an id as text.
pub(crate) fn plain(id: &Value) -> String {
    id.as_str().map_or_else(|| id.to_string(), str::to_owned)
}

/// Returns the relation for `<relation>_id`, and its collection.
fn named_relation(collection: &Collection, name: &str) -> Option<(usize, usize)> {
    let (index, relation) = collection.relation(name.strip_suffix("_id")?)?;
    Some((index, relation.collection))
}

fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(entries) => {
            let kept = entries.iter().filter(|(_, value)| !value.is_null());
            Value::Object(kept.map(|(key, value)| (key.clone(), without_nulls(value))).collect())
        }
        Value::Array(items) => items.iter().map(without_nulls).collect(),
        other => other.clone(),
    }
}
