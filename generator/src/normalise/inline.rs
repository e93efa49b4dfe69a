//! Hoists inline objects, enumerations and compositions into components, so that every type has a chosen name.

use std::collections::HashMap;

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, OpenAPI, Operation, ReferenceOr, Response, Responses, Schema, SchemaKind, StatusCode, Type,
};
use toml::Spanned;

use super::alternatives;
use crate::anything::{anything, says_nothing};
use crate::config::Rename;
use crate::document::{Child, child, data_mut, is_success, operations_mut, schema_of_mut, schema_reference};
use crate::kind::{alone, enumeration};
use crate::media::{Media, media};
use crate::naming::{Names, type_name, upper_camel};
use crate::origin;

type Schemas = IndexMap<String, ReferenceOr<Schema>>;

pub(super) fn hoist(openapi: &mut OpenAPI, rename: &Rename) {
    let mut schemas =
        openapi.components.as_mut().map(|components| std::mem::take(&mut components.schemas)).unwrap_or_default();
    let mut hoist = Hoist {
        rename,
        made: Schemas::new(),
        taken: Names::of(schemas.keys().chain(rename.types.values().map(Spanned::get_ref))),
        known: HashMap::new(),
        owner: Owner::Component,
        depth: 0,
    };
    for (name, schema) in &mut schemas {
        if let ReferenceOr::Item(schema) = schema {
            hoist.inside(name, schema);
        }
    }
    for item in openapi.paths.paths.values_mut() {
        let ReferenceOr::Item(item) = item else { continue };
        for (_, operation) in operations_mut(item) {
            hoist.operation(operation);
        }
    }
    schemas.extend(hoist.made);
    openapi.components.get_or_insert_with(Default::default).schemas = schemas;
}

/// Visits the outermost schemas of components and operations, each with the name it would have as a component.
pub(crate) fn each_root(openapi: &mut OpenAPI, visit: &mut dyn FnMut(&str, Child<'_>)) {
    for (name, schema) in openapi.components.iter_mut().flat_map(|components| &mut components.schemas) {
        child(schema, &mut |schema| visit(name, schema));
    }
    for item in openapi.paths.paths.values_mut() {
        let ReferenceOr::Item(item) = item else { continue };
        for (_, operation) in operations_mut(item) {
            each_schema(operation, &mut |name, schema| child(schema, &mut |schema| visit(name, schema)));
        }
    }
}

/// Visits the outermost schemas of an operation, each with the name it would have as a component.
pub(crate) fn each_schema(operation: &mut Operation, visit: &mut dyn FnMut(&str, &mut ReferenceOr<Schema>)) {
    each_sent(operation, visit);
    each_received(operation, visit);
}

/// Visits the schemas of parameters and body.
pub(super) fn each_sent(operation: &mut Operation, visit: &mut dyn FnMut(&str, &mut ReferenceOr<Schema>)) {
    let id = upper_camel(operation.operation_id.as_deref().unwrap_or_default());
    for parameter in operation.parameters.iter_mut().filter_map(as_item_mut) {
        let data = data_mut(parameter);
        let name = format!("{id}{}", upper_camel(&data.name));
        if let Some(schema) = schema_of_mut(data) {
            visit(&name, schema);
        }
    }
    let bodies = operation.request_body.iter_mut().filter_map(as_item_mut);
    for schema in bodies.flat_map(|body| body.content.values_mut()).filter_map(|media| media.schema.as_mut()) {
        visit(&format!("{id}Request"), schema);
    }
}

/// Visits the schemas of all responses.
pub(super) fn each_received(operation: &mut Operation, visit: &mut dyn FnMut(&str, &mut ReferenceOr<Schema>)) {
    each_success_schema(operation, visit);
    each_error_schema(operation, visit);
}

fn each_success_schema(operation: &mut Operation, visit: &mut dyn FnMut(&str, &mut ReferenceOr<Schema>)) {
    let id = upper_camel(operation.operation_id.as_deref().unwrap_or_default());
    let responses = &mut operation.responses.responses;
    for (status, response) in responses.iter_mut().filter(|(status, _)| is_success(status)) {
        let status = if *status == StatusCode::Range(2) { String::new() } else { status.to_string() };
        let content = as_item_mut(response).into_iter().flat_map(|response| &mut response.content);
        for (name, media_type) in content {
            let word = match media(name) {
                Media::Events => "Event",
                Media::Lines(_) => "Line",
                _ => "Response",
            };
            if let Some(schema) = &mut media_type.schema {
                visit(&format!("{id}{word}{status}"), schema);
            }
        }
    }
}

/// Visits the schemas of error responses.
fn each_error_schema(operation: &mut Operation, visit: &mut dyn FnMut(&str, &mut ReferenceOr<Schema>)) {
    let id = upper_camel(operation.operation_id.as_deref().unwrap_or_default());
    let Responses { default, responses, .. } = &mut operation.responses;
    let coded = responses.iter_mut().filter(|(status, _)| !is_success(status));
    // `4XX` would become `4Xx`.
    let coded = coded.map(|(status, response)| (status.to_string().to_lowercase(), response));
    for (status, response) in coded.chain(default.iter_mut().map(|response| (String::new(), response))) {
        for schema in bodies_mut(response) {
            visit(&format!("{id}Error{status}"), schema);
        }
    }
}

fn bodies_mut(response: &mut ReferenceOr<Response>) -> impl Iterator<Item = &mut ReferenceOr<Schema>> {
    let content = as_item_mut(response).into_iter().flat_map(|response| response.content.values_mut());
    content.filter_map(|media| media.schema.as_mut())
}

fn as_item_mut<T>(reference: &mut ReferenceOr<T>) -> Option<&mut T> {
    match reference {
        ReferenceOr::Item(item) => Some(item),
        ReferenceOr::Reference { .. } => None,
    }
}

struct Hoist<'r> {
    rename: &'r Rename,
    made: Schemas,
    taken: Names,
    /// The names of hoisted schemas by content: equal ones are one type.
    known: HashMap<(Option<Owner>, String), String>,
    /// The part of the document that is visited, and the number of named schemas around the current one.
    owner: Owner,
    depth: usize,
}

/// A part of a document whose equal objects may be one type: its values have the same direction.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Owner {
    Component,
    Request,
    Response,
}

impl Hoist<'_> {
    fn operation(&mut self, operation: &mut Operation) {
        self.owner = Owner::Request;
        each_sent(operation, &mut |name, schema| self.schema(name, schema));
        self.owner = Owner::Response;
        each_success_schema(operation, &mut |name, schema| self.schema(name, schema));
        self.error_responses(operation);
    }

    /// Unifies the types of equal error responses of an operation. If all are equal, its name has no status.
    fn error_responses(&mut self, operation: &mut Operation) {
        let common = format!("{}Error", upper_camel(operation.operation_id.as_deref().unwrap_or_default()));
        let body = |schema: &ReferenceOr<Schema>| schema.as_item().map(|_| origin::without(schema));
        let mut bodies = Vec::new();
        each_error_schema(operation, &mut |_, schema| bodies.extend(body(schema)));
        let is_one = bodies.len() > 1 && bodies.iter().all(|body| *body == bodies[0]);
        let mut named: Vec<(ReferenceOr<Schema>, ReferenceOr<Schema>)> = Vec::new();
        each_error_schema(operation, &mut |name, schema| {
            let Some(body) = body(schema) else { return };
            if let Some((_, reference)) = named.iter().find(|(other, _)| *other == body) {
                *schema = reference.clone();
            } else {
                self.schema(if is_one { &common } else { name }, schema);
                named.push((body, schema.clone()));
            }
        });
    }

    /// Hoists an inline schema that needs a name, and puts a reference in its place.
    fn schema(&mut self, name: &str, schema: &mut ReferenceOr<Schema>) {
        let ReferenceOr::Item(inline) = schema else { return };
        // progenitor would write `RootPQ` as `RootPq`.
        let name = type_name(name);
        if !needs_name(inline) {
            return self.inside(&name, inline);
        }
        let content = self.content(inline);
        let known = content.as_ref().and_then(|content| self.known.get(content));
        let name = known.cloned().unwrap_or_else(|| {
            let name = self.rename.type_name(self.taken.numbered(&name));
            let mut hoisted = std::mem::replace(inline, anything());
            self.depth += 1;
            self.inside(&name, &mut hoisted);
            self.depth -= 1;
            self.made.insert(name.clone(), ReferenceOr::Item(hoisted));
            self.known.extend(content.map(|content| (content, name.clone())));
            name
        });
        *schema = ReferenceOr::Reference { reference: schema_reference(&name) };
    }

    /// Returns what equal schemas have in common: enumerations everywhere, others of requests or of responses. The bodies
    /// themselves are named after their operations.
    fn content(&self, schema: &Schema) -> Option<(Option<Owner>, String)> {
        let values = enumeration(schema).map(|values| values.texts.len());
        let owner = match self.owner {
            // A single value is a constant of its object.
            _ if values == Some(1) => return None,
            _ if values.is_some() => None,
            Owner::Component => return None,
            _ if self.depth == 0 => return None,
            owner => Some(owner),
        };
        let content = origin::without(&ReferenceOr::Item(schema.clone()));
        Some((owner, serde_json::to_string(&content).ok()?))
    }

    fn boxed(&mut self, name: &str, schema: &mut ReferenceOr<Box<Schema>>) {
        let mut unboxed = std::mem::replace(schema, ReferenceOr::Reference { reference: String::new() }).unbox();
        self.schema(name, &mut unboxed);
        *schema = match unboxed {
            ReferenceOr::Item(item) => ReferenceOr::Item(Box::new(item)),
            ReferenceOr::Reference { reference } => ReferenceOr::Reference { reference },
        };
    }

    /// Looks for inline schemas inside a schema that has a name or needs none.
    fn inside(&mut self, name: &str, schema: &mut Schema) {
        match &mut schema.schema_kind {
            SchemaKind::Type(Type::Object(object)) => {
                for (key, property) in &mut object.properties {
                    self.boxed(&format!("{name}{}", upper_camel(key)), property);
                }
                if let Some(AdditionalProperties::Schema(values)) = &mut object.additional_properties {
                    self.schema(&format!("{name}Value"), values);
                }
            }
            SchemaKind::Type(Type::Array(array)) => {
                if let Some(items) = &mut array.items {
                    self.boxed(&format!("{name}Item"), items);
                }
            }
            SchemaKind::OneOf { one_of: members } | SchemaKind::AnyOf { any_of: members } if members.len() > 1 => {
                let names: Vec<_> = (0..members.len()).map(|index| alternatives::name(members, index)).collect();
                for (own, member) in names.iter().zip(members) {
                    self.schema(&format!("{name}{own}"), member);
                }
            }
            _ => {}
        }
    }
}

/// Whether a schema becomes a type of its own.
pub(super) fn needs_name(schema: &Schema) -> bool {
    match &schema.schema_kind {
        _ if alone(schema).is_some() => false,
        SchemaKind::Type(Type::Object(object)) => !object.properties.is_empty(),
        SchemaKind::Type(Type::String(_) | Type::Integer(_)) => enumeration(schema).is_some(),
        SchemaKind::Type(_) => false,
        SchemaKind::Any(_) => !says_nothing(schema),
        _ => true,
    }
}
