//! Where in a document the things stand that the model names.

use std::collections::HashMap;

use openapiv3::OpenAPI;
use serde_json::Value;

use crate::document::{self, WEBHOOKS, local_steps};
use crate::load::Document;
use crate::naming::{type_name, upper_camel};
use crate::source::join;

/// How many references are followed before one gives up.
const LONGEST_CHAIN: usize = 64;

/// JSON pointers by name.
pub(super) struct Places {
    schemas: HashMap<String, String>,
    operations: HashMap<String, Operation>,
}

/// Where an operation and its parameters stand.
struct Operation {
    pointer: String,
    /// By name and place.
    parameters: HashMap<(String, String), String>,
}

impl Places {
    pub(super) fn of(document: &Document) -> Self {
        let mut names = Names { value: &document.value, found: HashMap::new() };
        names.components();
        names.responses();
        let operations = operations(&document.openapi, &mut names);
        names.events();
        Self { schemas: names.found, operations }
    }

    /// The schema that a type is made of; of a type whose place is not known it is the document.
    pub(super) fn schema(&self, name: &str) -> String {
        self.schemas.get(name).cloned().unwrap_or_default()
    }

    pub(super) fn operation(&self, id: &str) -> String {
        self.operations.get(id).map(|operation| operation.pointer.clone()).unwrap_or_default()
    }

    pub(super) fn parameter(&self, id: &str, wire: &str, place: &str) -> String {
        let parameters = self.operations.get(id).map(|operation| &operation.parameters);
        let found = parameters.and_then(|parameters| parameters.get(&(wire.to_owned(), place.to_owned())));
        found.cloned().unwrap_or_else(|| self.operation(id))
    }
}

/// Where an event of the API's webhooks stands.
pub(super) fn event(event: &str) -> String {
    join(&join("", WEBHOOKS), event)
}

/// Follows the references at a pointer to where the thing itself is.
pub(super) fn follow(value: &Value, pointer: String) -> String {
    let mut pointer = pointer;
    for _ in 0..LONGEST_CHAIN {
        let reference = value.pointer(&pointer).and_then(|found| found.get("$ref")).and_then(Value::as_str);
        match reference.and_then(local_steps) {
            Some(steps) => pointer = steps.iter().fold(String::new(), |pointer, step| join(&pointer, step)),
            None => break,
        }
    }
    pointer
}

fn operations(openapi: &OpenAPI, names: &mut Names<'_>) -> HashMap<String, Operation> {
    let mut operations = HashMap::new();
    for place in document::operations(openapi) {
        let Some(id) = &place.operation.operation_id else { continue };
        let pointer = place.pointer();
        let camel = upper_camel(id);
        let mut parameters = HashMap::new();
        // Those of the operation come last, since they take the place of those of the path.
        for list in [join("/paths", place.path), pointer.clone()].map(|parent| join(&parent, "parameters")) {
            for at in names.children(&list) {
                let at = follow(names.value, at);
                let text = |key| names.value.pointer(&at).and_then(|found| found.get(key)).and_then(Value::as_str);
                let (Some(name), Some(place)) = (text("name"), text("in")) else { continue };
                names.enter(&format!("{camel}{}", upper_camel(name)), join(&at, "schema"));
                parameters.insert((name.to_owned(), place.to_owned()), at.clone());
            }
        }
        names.content(&format!("{camel}Request"), &join(&pointer, "requestBody"));
        for response in names.children(&join(&pointer, "responses")) {
            let status = response.rsplit('/').next().unwrap_or_default().to_lowercase();
            if status.starts_with('2') || status == "default" {
                names.content(&format!("{camel}Response"), &response);
            }
            if !status.starts_with('2') {
                // Named with its status, unless all failures are the same.
                names.content(&format!("{camel}Failure{status}"), &response);
                names.content(&format!("{camel}Failure"), &response);
            }
        }
        operations.insert(id.clone(), Operation { pointer, parameters });
    }
    operations
}

/// The names that schemas have as types, as the document is walked.
struct Names<'a> {
    value: &'a Value,
    found: HashMap<String, String>,
}

impl Names<'_> {
    /// The pointers of what stands in a list or mapping.
    fn children(&self, pointer: &str) -> Vec<String> {
        match self.value.pointer(pointer) {
            Some(Value::Object(entries)) => entries.keys().map(|key| join(pointer, key)).collect(),
            Some(Value::Array(items)) => (0..items.len()).map(|index| join(pointer, &index.to_string())).collect(),
            _ => Vec::new(),
        }
    }

    fn components(&mut self) {
        let Some(Value::Object(schemas)) = self.value.pointer("/components/schemas") else { return };
        // All names of components before those of what is inside them.
        for name in schemas.keys() {
            self.found.insert(type_name(name), join("/components/schemas", name));
        }
        for name in schemas.keys() {
            self.inside(&type_name(name), &join("/components/schemas", name));
        }
    }

    fn responses(&mut self) {
        for response in self.children("/components/responses") {
            let name = response.rsplit('/').next().unwrap_or_default();
            self.content(&type_name(name), &response);
        }
    }

    fn events(&mut self) {
        let Some(Value::Object(events)) = self.value.get(WEBHOOKS) else { return };
        for event in events.keys() {
            let post = join(&self::event(event), "post");
            self.content(&type_name(&format!("{event}.event")), &join(&post, "requestBody"));
        }
    }

    /// The schema of a body or response.
    fn content(&mut self, name: &str, pointer: &str) {
        let content = join(&follow(self.value, pointer.to_owned()), "content");
        for media in self.children(&content) {
            self.enter(name, join(&media, "schema"));
        }
    }

    /// A schema that gets this name if it stands here itself.
    fn enter(&mut self, name: &str, pointer: String) {
        let name = type_name(name);
        let is_inline = self.value.pointer(&pointer).is_some_and(|schema| schema.get("$ref").is_none());
        if is_inline {
            self.inside(&name, &pointer);
            self.found.entry(name).or_insert(pointer);
        }
    }

    fn inside(&mut self, name: &str, pointer: &str) {
        let properties = join(pointer, "properties");
        let Some(schema) = self.value.pointer(pointer) else { return };
        let keys = schema.get("properties").and_then(Value::as_object).into_iter().flat_map(|found| found.keys());
        for key in keys {
            self.enter(&format!("{name}{}", upper_camel(key)), join(&properties, key));
        }
        self.enter(&format!("{name}Item"), join(pointer, "items"));
        self.enter(&format!("{name}Value"), join(pointer, "additionalProperties"));
    }
}
