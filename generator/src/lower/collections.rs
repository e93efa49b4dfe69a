//! Finds the collections of a mock server: its objects, their relations, and the effect of each operation.

use std::collections::HashMap;

use indexmap::IndexSet;
use serde_json::{Map, Value};

use crate::config::Config;
use crate::kind::Kind;
use crate::model::{
    Action, Alias, Collection, Field, Location, Object, Operation, Relation, Resource, Response, Schema, Shape,
};
use crate::samples::Samples;

/// The maximum depth of relations.
const DEPTH: usize = 4;

/// The objects by the names of their schemas.
type Objects<'a> = HashMap<&'a str, &'a Object>;

/// Finds the collections, and sets the action of every operation.
pub(super) fn build(
    resources: &mut [Resource],
    schemas: &[Schema],
    config: &Config,
    samples: &Samples,
) -> Vec<Collection> {
    let objects = schemas.iter().filter_map(|schema| Some((schema.name.as_str(), object(schema)?))).collect();
    let names = names(resources, &objects);
    for operation in resources.iter_mut().flat_map(|resource| &mut resource.operations) {
        operation.action = action(operation, &names);
        operation.sample = samples.bodies(&operation.id).first().map(ToString::to_string);
    }
    let mut read = HashMap::new();
    for operation in resources.iter().flat_map(|resource| &resource.operations) {
        if let Action::Get(index) = operation.action {
            read.insert(operation.path.clone(), index);
        }
    }
    for operation in resources.iter_mut().flat_map(|resource| &mut resource.operations) {
        if let Some(action) = silent_action(operation, &read) {
            operation.action = action;
        }
    }
    let build = Build { objects, names: &names, rows: rows(resources, names.len(), config, samples) };
    names.iter().enumerate().map(|(index, name)| build.collection(index, name, config)).collect()
}

/// Returns the schemas of the objects that operations read, create, change and list. Objects without a UUID are only
/// those that an operation creates; others could never be found.
fn names(resources: &[Resource], objects: &Objects<'_>) -> IndexSet<String> {
    let operations = || resources.iter().flat_map(|resource| &resource.operations);
    let is_created = |name: &str| operations().any(|one| one.verb == "POST" && keys(one) == 0 && returns(one, name));
    let mut names = IndexSet::new();
    for operation in operations() {
        if let Some(Kind::Named(name)) = row(operation)
            && let Some(key) = key(objects, name)
            && (key.kind == Kind::Uuid || is_created(name))
        {
            names.insert(name.clone());
        }
    }
    names
}

/// Returns the type of a response, or of the rows of a list.
fn row(operation: &Operation) -> Option<&Kind> {
    if let Some(paging) = &operation.paging {
        return Some(&paging.row);
    }
    let (Response::Plain(kind) | Response::Enveloped(kind) | Response::Page(kind)) = &operation.response else {
        return None;
    };
    Some(if let Kind::List(row) = kind.present() { row.present() } else { kind.present() })
}

fn returns(operation: &Operation, name: &str) -> bool {
    let (Response::Plain(kind) | Response::Enveloped(kind)) = &operation.response else { return false };
    *kind.present() == Kind::Named(name.to_owned())
}

/// Returns the number of path parameters.
fn keys(operation: &Operation) -> usize {
    operation.parameters.iter().filter(|parameter| parameter.location == Location::Path).count()
}

/// Returns the field that identifies the objects of a schema.
fn key<'a>(objects: &Objects<'a>, name: &str) -> Option<&'a Field> {
    let field = objects.get(name)?.fields.iter().find(|field| field.wire == "id")?;
    matches!(field.kind, Kind::Uuid | Kind::Text | Kind::Integer(_)).then_some(field)
}

fn object(schema: &Schema) -> Option<&Object> {
    match &schema.shape {
        Shape::Object(object) => Some(object),
        _ => None,
    }
}

fn action(operation: &Operation, names: &IndexSet<String>) -> Action {
    let position = |kind: &Kind| if let Kind::Named(name) = kind.present() { names.get_index_of(name) } else { None };
    let (by_key, keys) = (operation.path.ends_with('}'), keys(operation));
    let method = operation.verb.as_str();
    if operation.paging.is_some() {
        let index = row(operation).and_then(position).filter(|_| method == "GET" && keys == 0);
        return index.map_or(Action::Other, Action::List);
    }
    match (&operation.response, method, keys) {
        (Response::Page(row), "GET", 0) => position(row).map_or(Action::Other, Action::List),
        (Response::Enveloped(Kind::List(row)) | Response::Plain(Kind::List(row)), "GET", 0) => {
            position(row).map_or(Action::Other, Action::List)
        }
        (Response::Enveloped(kind) | Response::Plain(kind), method, keys) => {
            match (position(kind), method, keys, by_key) {
                (Some(index), "GET", 1, true) => Action::Get(index),
                (Some(index), "POST", 0, _) => Action::Create(index),
                (Some(index), "PUT" | "PATCH", 1, true) => Action::Update(index),
                (Some(index), "DELETE", 1, true) => Action::Delete(index),
                _ => Action::Other,
            }
        }
        _ => Action::Other,
    }
}

/// Returns the action of an operation without a response body: it acts on the object that its path reads.
fn silent_action(operation: &Operation, read: &HashMap<String, usize>) -> Option<Action> {
    let index = *read.get(&operation.path).filter(|_| operation.response == Response::Empty)?;
    match operation.verb.as_str() {
        "PUT" | "PATCH" => Some(Action::Update(index)),
        "DELETE" => Some(Action::Delete(index)),
        _ => None,
    }
}

/// Returns every sample of each collection's objects.
fn rows(resources: &[Resource], count: usize, config: &Config, samples: &Samples) -> Vec<Vec<Value>> {
    let mut rows = vec![Vec::new(); count];
    for operation in resources.iter().flat_map(|resource| &resource.operations) {
        let (Action::List(index) | Action::Get(index) | Action::Create(index) | Action::Update(index)) =
            operation.action
        else {
            continue;
        };
        for body in samples.bodies(&operation.id) {
            let data = config.envelope.as_ref().map_or(Some(body), |envelope| body.get(&envelope.data));
            match data {
                Some(Value::Array(several)) => rows[index].extend(several.iter().cloned()),
                Some(one) => rows[index].push(one.clone()),
                None => {}
            }
        }
    }
    rows
}

struct Build<'a> {
    objects: Objects<'a>,
    names: &'a IndexSet<String>,
    rows: Vec<Vec<Value>>,
}

impl Build<'_> {
    fn collection(&self, index: usize, name: &str, config: &Config) -> Collection {
        let relations = self.relations(name, &self.rows[index].iter().collect::<Vec<_>>(), DEPTH);
        let settings = config.schemas.iter().find(|(schema, _)| crate::naming::type_name(schema) == name);
        let aliases = settings.into_iter().flat_map(|(_, settings)| &settings.aliases).filter_map(|(name, target)| {
            let (list, field) = target.get_ref().split_once('.')?;
            Some(Alias { name: name.clone(), list: list.to_owned(), field: field.to_owned() })
        });
        Collection {
            schema: name.to_owned(),
            sample: Value::Object(self.sample(index, name, &relations)).to_string(),
            key: key(&self.objects, name).map(|field| field.wire.clone()).unwrap_or_default(),
            relations,
            aliases: aliases.collect(),
        }
    }

    /// Returns the documented fields without relations, from the sample that has most of them.
    fn sample(&self, index: usize, name: &str, relations: &[Relation]) -> Map<String, Value> {
        let known = self.objects.get(name).map_or(&[][..], |object| &object.fields);
        let own = |field: &str| {
            known.iter().any(|known| known.wire == field) && !relations.iter().any(|relation| relation.field == field)
        };
        // `max_by_key` returns the last of several maxima, so the order is reversed to get the first.
        let rows = self.rows[index].iter().rev().filter_map(Value::as_object);
        let samples =
            rows.map(|row| row.iter().filter(|(field, _)| own(field)).map(|(k, v)| (k.clone(), v.clone())).collect());
        samples.max_by_key(Map::len).unwrap_or_default()
    }

    /// Returns the fields that hold objects of collections in the samples.
    fn relations(&self, name: &str, shown: &[&Value], depth: usize) -> Vec<Relation> {
        let Some(object) = self.objects.get(name).filter(|_| depth > 0) else { return Vec::new() };
        let fields = object.fields.iter().filter_map(|field| {
            let Kind::Named(target) = &field.kind else { return None };
            let collection = self.names.get_index_of(target)?;
            let inside: Vec<_> =
                shown.iter().filter_map(|row| row.get(&field.wire)).filter(|value| value.is_object()).collect();
            let inner = if inside.is_empty() { Vec::new() } else { self.relations(target, &inside, depth - 1) };
            (!inside.is_empty()).then(|| Relation { field: field.wire.clone(), collection, inner })
        });
        fields.collect()
    }
}
