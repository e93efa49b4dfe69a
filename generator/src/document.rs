//! Accessors of an OpenAPI document: operations, references and schemas.

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, AnySchema, Components, Header, OpenAPI, Operation, Parameter, ParameterData,
    ParameterSchemaOrContent, PathItem, ReferenceOr, RequestBody, Response, Responses, Schema, SchemaKind,
    SecurityScheme, StatusCode, Type,
};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use crate::media::is_token;
use crate::source::{Trail, join};

/// The maximum length of a chain of references.
pub(crate) const LONGEST_CHAIN: usize = 64;

/// The extension of an operation whose method OpenAPI 3.0 lacks: the method in its capitalization. The operation is the
/// POST of the path `/things#METHOD`.
pub(crate) const OTHER_METHOD: &str = "x-clientsmith-method";

/// An operation and its place in the document.
#[derive(Clone, Copy)]
pub(crate) struct Endpoint<'a> {
    /// The key of `paths`.
    key: &'a str,
    pub(crate) path: &'a str,
    /// A key of a path item, or any other method in its capitalization.
    pub(crate) method: &'a str,
    pub(crate) item: &'a PathItem,
    pub(crate) operation: &'a Operation,
}

impl Endpoint<'_> {
    /// Returns the JSON pointer of the operation in the document as OpenAPI 3.0.
    pub(crate) fn pointer(&self) -> String {
        let method = if self.key == self.path { self.method } else { "post" };
        join(&join("/paths", self.key), method)
    }

    /// Returns the method for requests.
    pub(crate) fn verb(&self) -> String {
        if METHODS.contains(&self.method) { self.method.to_uppercase() } else { self.method.to_owned() }
    }

    /// Returns a name of the operation for messages.
    pub(crate) fn title(&self) -> String {
        match &self.operation.operation_id {
            Some(id) => format!("`{id}`"),
            None => format!("{} {}", self.verb(), self.path),
        }
    }
}

/// The key of a joined document with its other files. No document has this key.
pub(crate) const FILES: &str = "files";

/// The extension that describes webhooks.
pub(crate) const WEBHOOKS: &str = "x-webhooks";

/// The requests that the API sends, by event, in document order.
pub(crate) type Webhooks = IndexMap<String, Operation>;

/// Returns all operations, in document order.
pub(crate) fn operations(openapi: &OpenAPI) -> impl Iterator<Item = Endpoint<'_>> {
    openapi.paths.iter().filter_map(|(path, item)| Some((path, item.as_item()?))).flat_map(|(key, item)| {
        item.iter().map(move |(method, operation)| {
            let (path, method) = path_and_method(key, method, &operation.extensions);
            Endpoint { key, path, method, item, operation }
        })
    })
}

/// Returns the path and the method of an operation, from its keys and extensions.
pub(crate) fn path_and_method<'a>(
    key: &'a str,
    method: &'a str,
    extensions: &'a IndexMap<String, Value>,
) -> (&'a str, &'a str) {
    let other = extensions.get(OTHER_METHOD).and_then(Value::as_str).filter(|other| is_token(other));
    let split = other.and_then(|other| Some((key.strip_suffix(other)?.strip_suffix('#')?, other)));
    split.unwrap_or((key, method))
}

/// Returns all schema components, in document order.
pub(crate) fn components(openapi: &OpenAPI) -> impl Iterator<Item = (&String, &ReferenceOr<Schema>)> {
    openapi.components.iter().flat_map(|components| &components.schemas)
}

/// Whether a key of a path item is an operation, in any version.
pub(crate) fn is_method(key: &str) -> bool {
    METHODS.contains(&key) || key == "query"
}

/// The keys of a path that concern all of its operations.
pub(crate) const SHARED: [&str; 5] = ["$ref", "summary", "description", "servers", "parameters"];

/// The keys of schemas by name, except for components.
pub(crate) const NAMED_SCHEMAS: [&str; 5] =
    ["properties", "patternProperties", "dependentSchemas", "$defs", "definitions"];

/// The keys of a path's operations in OpenAPI 3.0.
pub(crate) const METHODS: [&str; 8] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/// Returns the operations of a path with their methods, mutably.
pub(crate) fn operations_mut(item: &mut PathItem) -> impl Iterator<Item = (&'static str, &mut Operation)> {
    let PathItem { get, put, post, delete, options, head, patch, trace, .. } = item;
    let methods = [
        ("get", get),
        ("put", put),
        ("post", post),
        ("delete", delete),
        ("options", options),
        ("head", head),
        ("patch", patch),
        ("trace", trace),
    ];
    methods.into_iter().filter_map(|(method, operation)| Some((method, operation.as_mut()?)))
}

/// Returns the data that every parameter has, mutably.
pub(crate) fn data_mut(parameter: &mut Parameter) -> &mut ParameterData {
    let (Parameter::Query { parameter_data, .. }
    | Parameter::Header { parameter_data, .. }
    | Parameter::Path { parameter_data, .. }
    | Parameter::Cookie { parameter_data, .. }) = parameter;
    parameter_data
}

/// Returns the schema of a parameter, from `schema` or from its `content`.
pub(crate) fn schema_of(data: &ParameterData) -> Option<&ReferenceOr<Schema>> {
    match &data.format {
        ParameterSchemaOrContent::Schema(schema) => Some(schema),
        ParameterSchemaOrContent::Content(content) => content.values().next()?.schema.as_ref(),
    }
}

/// Like [`schema_of`], mutably.
pub(crate) fn schema_of_mut(data: &mut ParameterData) -> Option<&mut ReferenceOr<Schema>> {
    match &mut data.format {
        ParameterSchemaOrContent::Schema(schema) => Some(schema),
        ParameterSchemaOrContent::Content(content) => content.values_mut().next()?.schema.as_mut(),
    }
}

/// Whether a status is a success.
pub(crate) fn is_success(status: &StatusCode) -> bool {
    matches!(status, StatusCode::Code(200..=299) | StatusCode::Range(2))
}

/// Whether a status is a redirect. 304 is none: it confirms the client's copy.
pub(crate) fn is_redirect(status: &StatusCode) -> bool {
    matches!(status, StatusCode::Code(300..=303 | 305..=399) | StatusCode::Range(3))
}

/// Whether another response follows a status.
fn is_informational(status: &StatusCode) -> bool {
    matches!(status, StatusCode::Code(100..=199) | StatusCode::Range(1))
}

/// Returns the documented error responses by status. `default` (without a status here) is one of them if the
/// operation has a success or redirect.
pub(crate) fn error_responses(
    responses: &Responses,
) -> impl Iterator<Item = (Option<&StatusCode>, &ReferenceOr<Response>)> + use<'_> {
    let is_other = |status: &StatusCode| is_success(status) || is_redirect(status) || is_informational(status);
    let coded = responses.responses.iter().filter(move |(status, _)| !is_other(status));
    let has_success = responses.responses.keys().any(|status| is_success(status) || is_redirect(status));
    let default = responses.default.iter().filter(move |_| has_success);
    coded.map(|(status, response)| (Some(status), response)).chain(default.map(|response| (None, response)))
}

/// Returns the names in the braces of a path template, in order.
pub(crate) fn path_names(path: &str) -> Vec<&str> {
    path.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name).collect()
}

/// A kind of component.
pub(crate) trait Component: Sized {
    /// The section of `#/components`.
    const DIRECTORY: &'static str;
    /// Returns the component with this name.
    fn find<'a>(components: &'a Components, name: &str) -> Option<&'a ReferenceOr<Self>>;
}

macro_rules! component {
    ($($kind:ty, $directory:literal, $field:ident;)*) => {
        $(impl Component for $kind {
            const DIRECTORY: &'static str = $directory;
            fn find<'a>(components: &'a Components, name: &str) -> Option<&'a ReferenceOr<Self>> {
                components.$field.get(name)
            }
        })*
    };
}
component! {
    Schema, "schemas", schemas;
    Parameter, "parameters", parameters;
    RequestBody, "requestBodies", request_bodies;
    Response, "responses", responses;
    SecurityScheme, "securitySchemes", security_schemes;
    Header, "headers", headers;
}

/// Keys whose values are data, even if they look like a part of the document.
const DATA: [&str; 4] = ["example", "default", "enum", "value"];

/// Visits every object of a document that is not data.
pub(crate) fn each_object(document: &Value, visit: &mut dyn FnMut(&Trail<'_>, &Map<String, Value>)) {
    each_object_below(document, &Trail::Root, "", visit);
}

fn each_object_below(
    value: &Value,
    here: &Trail<'_>,
    parent: &str,
    visit: &mut dyn FnMut(&Trail<'_>, &Map<String, Value>),
) {
    match value {
        Value::Object(entries) => {
            visit(here, entries);
            for (key, child) in entries {
                if !is_data(parent, key) {
                    // A named entry may itself be called `properties`.
                    let key_here = if matches!(parent, "properties" | "schemas") { "" } else { key };
                    each_object_below(child, &Trail::Key(here, key), key_here, visit);
                }
            }
        }
        Value::Array(items) => {
            for (index, child) in items.iter().enumerate() {
                each_object_below(child, &Trail::Index(here, index), "", visit);
            }
        }
        _ => {}
    }
}

/// Follows references to their target; `None` if they are broken or circular.
pub(crate) fn resolve<'a, T: Component>(openapi: &'a OpenAPI, reference: &'a ReferenceOr<T>) -> Option<&'a T> {
    let mut current = reference;
    for _ in 0..=LONGEST_CHAIN {
        match current {
            ReferenceOr::Item(item) => return Some(item),
            ReferenceOr::Reference { reference } => {
                current = T::find(openapi.components.as_ref()?, component_name::<T>(reference)?)?;
            }
        }
    }
    None
}

/// Returns the name in a reference to a component of this kind.
pub(crate) fn component_name<T: Component>(reference: &str) -> Option<&str> {
    reference.strip_prefix("#/components/")?.strip_prefix(T::DIRECTORY)?.strip_prefix('/')
}

/// Returns a reference to a schema component.
pub(crate) fn schema_reference(name: &str) -> String {
    format!("#/components/schemas/{name}")
}

/// Returns the steps of a reference inside the document, which may be URL-encoded.
pub(crate) fn local_steps(reference: &str) -> Option<Vec<String>> {
    let pointer = percent_decode_str(reference.strip_prefix("#/")?).decode_utf8().ok()?;
    Some(pointer.split('/').map(|step| step.replace("~1", "/").replace("~0", "~")).collect())
}

/// Whether the value of a key is data, in an object that is itself the value of `parent`.
pub(crate) fn is_data(parent: &str, key: &str) -> bool {
    match parent {
        // Any name, even that of a keyword.
        "schemas" | "parameters" | "requestBodies" | "responses" | "headers" => false,
        _ if NAMED_SCHEMAS.contains(&parent) => false,
        _ => is_keyword_of_data(key),
    }
}

fn is_keyword_of_data(key: &str) -> bool {
    DATA.contains(&key) || (key.starts_with("x-") && key != WEBHOOKS)
}

/// Follows the references at a pointer into a document, and returns the pointer of the target.
pub(crate) fn follow(document: &Value, pointer: String) -> String {
    let mut pointer = pointer;
    for _ in 0..LONGEST_CHAIN {
        let reference = document.pointer(&pointer).and_then(|found| found.get("$ref")).and_then(Value::as_str);
        match reference.and_then(local_steps) {
            Some(steps) => pointer = steps.iter().fold(String::new(), |pointer, step| join(&pointer, step)),
            None => break,
        }
    }
    pointer
}

/// A schema or reference directly below a schema.
pub(crate) enum Child<'a> {
    Reference(&'a mut String),
    Schema(&'a mut Schema),
}

/// Visits the schemas directly inside a schema.
pub(crate) fn children(schema: &mut Schema, visit: &mut dyn FnMut(Child<'_>)) {
    children_at(schema, &mut |_, child| visit(child));
}

/// Like [`children`], with the path from the schema to each child.
pub(crate) fn children_at(schema: &mut Schema, visit: &mut dyn FnMut(&Trail<'_>, Child<'_>)) {
    match &mut schema.schema_kind {
        SchemaKind::Type(Type::Object(object)) => {
            properties(&mut object.properties, visit);
            additional(&mut object.additional_properties, visit);
        }
        SchemaKind::Type(Type::Array(array)) => items(&mut array.items, visit),
        SchemaKind::Type(_) => {}
        SchemaKind::OneOf { one_of } => members("oneOf", one_of, visit),
        SchemaKind::AllOf { all_of } => members("allOf", all_of, visit),
        SchemaKind::AnyOf { any_of } => members("anyOf", any_of, visit),
        SchemaKind::Not { not } => child(not, &mut |child| visit(&step("not"), child)),
        SchemaKind::Any(any) => any_children(any, visit),
    }
}

fn any_children(any: &mut AnySchema, visit: &mut dyn FnMut(&Trail<'_>, Child<'_>)) {
    properties(&mut any.properties, visit);
    additional(&mut any.additional_properties, visit);
    items(&mut any.items, visit);
    members("oneOf", &mut any.one_of, visit);
    members("allOf", &mut any.all_of, visit);
    members("anyOf", &mut any.any_of, visit);
    any.not.iter_mut().for_each(|not| child(not, &mut |child| visit(&step("not"), child)));
}

fn step(key: &str) -> Trail<'_> {
    Trail::Key(&Trail::Root, key)
}

fn properties(
    properties: &mut IndexMap<String, ReferenceOr<Box<Schema>>>,
    visit: &mut dyn FnMut(&Trail<'_>, Child<'_>),
) {
    let outer = step("properties");
    for (name, property) in properties {
        boxed(property, &mut |child| visit(&Trail::Key(&outer, name), child));
    }
}

fn additional(properties: &mut Option<AdditionalProperties>, visit: &mut dyn FnMut(&Trail<'_>, Child<'_>)) {
    if let Some(AdditionalProperties::Schema(schema)) = properties {
        child(schema, &mut |child| visit(&step("additionalProperties"), child));
    }
}

fn items(items: &mut Option<ReferenceOr<Box<Schema>>>, visit: &mut dyn FnMut(&Trail<'_>, Child<'_>)) {
    if let Some(items) = items {
        boxed(items, &mut |child| visit(&step("items"), child));
    }
}

fn members(key: &str, members: &mut [ReferenceOr<Schema>], visit: &mut dyn FnMut(&Trail<'_>, Child<'_>)) {
    let outer = step(key);
    for (index, member) in members.iter_mut().enumerate() {
        child(member, &mut |child| visit(&Trail::Index(&outer, index), child));
    }
}

pub(crate) fn child(schema: &mut ReferenceOr<Schema>, visit: &mut dyn FnMut(Child<'_>)) {
    match schema {
        ReferenceOr::Reference { reference } => visit(Child::Reference(reference)),
        ReferenceOr::Item(schema) => visit(Child::Schema(schema)),
    }
}

pub(crate) fn boxed_schema(schema: ReferenceOr<Schema>) -> ReferenceOr<Box<Schema>> {
    match schema {
        ReferenceOr::Item(schema) => ReferenceOr::Item(Box::new(schema)),
        ReferenceOr::Reference { reference } => ReferenceOr::Reference { reference },
    }
}

fn boxed(schema: &mut ReferenceOr<Box<Schema>>, visit: &mut dyn FnMut(Child<'_>)) {
    match schema {
        ReferenceOr::Reference { reference } => visit(Child::Reference(reference)),
        ReferenceOr::Item(schema) => visit(Child::Schema(schema)),
    }
}

/// Visits a schema and everything inside it, parents first.
pub(crate) fn descend(schema: &mut Schema, visit: &mut dyn FnMut(Child<'_>)) {
    visit(Child::Schema(schema));
    children(schema, &mut |child| match child {
        Child::Schema(schema) => descend(schema, visit),
        reference @ Child::Reference(_) => visit(reference),
    });
}
