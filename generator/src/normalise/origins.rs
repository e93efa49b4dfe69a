//! Records the place of every part of a document, before any pass moves it.

use indexmap::IndexMap;
use openapiv3::{
    Components, MediaType, OpenAPI, Operation, Parameter, ParameterSchemaOrContent, PathItem, ReferenceOr, RequestBody,
    Response, Schema,
};

use crate::document::{Child, WEBHOOKS, Webhooks, child, children_at, data_mut, operations_mut};
use crate::origin::{self, Moved};
use crate::source::{Trail, join};

pub(super) fn note(openapi: &mut OpenAPI, webhooks: &mut Webhooks, moved: &Moved) {
    let of = |pointer: String| moved.get(&pointer).cloned().unwrap_or(pointer);
    if let Some(components) = &mut openapi.components {
        let Components { schemas, responses, parameters, request_bodies, .. } = components;
        let at = |section: &str, name: &str| of(join(&join("/components", section), name));
        schemas.iter_mut().for_each(|(name, found)| schema(found, &at("schemas", name)));
        parameters.iter_mut().for_each(|(name, found)| parameter(found, at("parameters", name)));
        request_bodies.iter_mut().for_each(|(name, found)| body(found, at("requestBodies", name)));
        responses.iter_mut().for_each(|(name, found)| response(found, at("responses", name)));
    }
    for (path, item) in &mut openapi.paths.paths {
        if let ReferenceOr::Item(item) = item {
            let pointer = join("/paths", path);
            path_item(item, &pointer, &of(pointer.clone()));
        }
    }
    for (event, found) in webhooks {
        operation(found, &join(&join(&join("", WEBHOOKS), event), "post"));
    }
}

/// Records the places in a path item. If the path refers to another item, its operations are its own, and their
/// contents belong to the other item.
fn path_item(item: &mut PathItem, pointer: &str, target: &str) {
    parameters(&mut item.parameters, target);
    for (method, found) in operations_mut(item) {
        operation(found, &join(target, method));
        origin::note(found, join(pointer, method));
    }
}

fn operation(operation: &mut Operation, pointer: &str) {
    parameters(&mut operation.parameters, pointer);
    if let Some(found) = &mut operation.request_body {
        body(found, join(pointer, "requestBody"));
    }
    let responses = join(pointer, "responses");
    for (status, found) in &mut operation.responses.responses {
        response(found, join(&responses, &status.to_string()));
    }
    if let Some(found) = &mut operation.responses.default {
        response(found, join(&responses, "default"));
    }
}

fn parameters(parameters: &mut [ReferenceOr<Parameter>], owner: &str) {
    let list = join(owner, "parameters");
    for (index, found) in parameters.iter_mut().enumerate() {
        parameter(found, join(&list, &index.to_string()));
    }
}

fn parameter(parameter: &mut ReferenceOr<Parameter>, pointer: String) {
    let ReferenceOr::Item(parameter) = parameter else { return };
    match &mut data_mut(parameter).format {
        ParameterSchemaOrContent::Schema(found) => schema(found, &join(&pointer, "schema")),
        ParameterSchemaOrContent::Content(found) => content(found, &pointer),
    }
    origin::note(parameter, pointer);
}

fn body(body: &mut ReferenceOr<RequestBody>, pointer: String) {
    let ReferenceOr::Item(body) = body else { return };
    content(&mut body.content, &pointer);
    origin::note(body, pointer);
}

fn response(response: &mut ReferenceOr<Response>, pointer: String) {
    let ReferenceOr::Item(response) = response else { return };
    content(&mut response.content, &pointer);
    origin::note(response, pointer);
}

fn content(content: &mut IndexMap<String, MediaType>, owner: &str) {
    let pointer = join(owner, "content");
    for (name, media_type) in content {
        if let Some(found) = &mut media_type.schema {
            schema(found, &join(&join(&pointer, name), "schema"));
        }
    }
}

fn schema(schema: &mut ReferenceOr<Schema>, pointer: &str) {
    child(schema, &mut |found| inside(found, pointer, &Trail::Root));
}

fn inside(found: Child<'_>, outer: &str, way: &Trail<'_>) {
    let Child::Schema(schema) = found else { return };
    let pointer = format!("{outer}{}", way.pointer());
    children_at(schema, &mut |way, child| inside(child, &pointer, way));
    origin::note(schema, pointer);
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::super::normalise;
    use crate::config::Config;
    use crate::load::load;
    use crate::origin;
    use crate::source::Source;

    const DOCUMENT: &str = r#"
openapi: 3.0.3
info: {title: Places, version: "1"}
paths:
  /a:
    get:
      operationId: get_a
      parameters: [{$ref: '#/components/parameters/Sort'}]
      responses: {200: {description: it, content: {application/json: {schema: {$ref: '#/components/schemas/some-thing'}}}}}
components:
  parameters:
    Sort: {name: sort, in: query, schema: {type: string, enum: [up, down]}}
  schemas:
    base: {type: object, properties: {id: {type: string}}}
    some-thing:
      allOf:
        - {$ref: '#/components/schemas/base'}
        - {type: object, properties: {state: {type: string, enum: [on]}, next: {$ref: '#/components/schemas/base'}}}
"#;

    #[test]
    fn parts_keep_their_places() {
        let document = load(&Source::new("a.yaml", DOCUMENT)).ok();
        let config = Config::default();
        let (openapi, _) = document.as_ref().map(|document| normalise(document, &config)).unwrap_or_default();
        let schemas = openapi.components.iter().flat_map(|components| &components.schemas);
        let schemas = schemas.filter_map(|(name, schema)| Some((name.as_str(), schema.as_item()?)));
        let schemas: BTreeMap<_, _> = schemas.collect();
        let origins: Vec<_> = schemas.iter().map(|(name, schema)| (*name, origin::of(*schema))).collect();
        assert_eq!(
            origins,
            [
                ("Base", "/components/schemas/base"),
                ("GetASort", "/components/parameters/Sort/schema"),
                ("SomeThing", "/components/schemas/some-thing"),
                ("SomeThingState", "/components/schemas/some-thing/allOf/1/properties/state"),
            ]
        );
        let properties = ["id", "state", "next"].map(|name| origin::of_property(schemas["SomeThing"], name));
        assert_eq!(
            properties,
            [
                "/components/schemas/base/properties/id",
                "/components/schemas/some-thing/allOf/1/properties/state",
                "/components/schemas/some-thing/allOf/1/properties/next",
            ]
        );
    }
}
