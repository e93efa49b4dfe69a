//! Bodies in several media types → the one that the client sends or asks for; a JSON body without a schema → any JSON.

use indexmap::IndexMap;
use openapiv3::{
    AnySchema, MediaType, OpenAPI, Parameter, ParameterSchemaOrContent, ReferenceOr, Schema, SchemaData, SchemaKind,
};

use crate::document::{data_mut, operations_mut};
use crate::media::{Media, media, preferred};

pub(super) fn choose(openapi: &mut OpenAPI) {
    for item in openapi.paths.paths.values_mut() {
        let ReferenceOr::Item(item) = item else { continue };
        for (_, operation) in operations_mut(item) {
            for parameter in &mut operation.parameters {
                if let ReferenceOr::Item(parameter) = parameter {
                    choose_for_parameter(parameter);
                }
            }
            if let Some(ReferenceOr::Item(body)) = &mut operation.request_body {
                choose_one(&mut body.content);
            }
            for response in operation.responses.responses.values_mut().chain(&mut operation.responses.default) {
                if let ReferenceOr::Item(response) = response {
                    choose_one(&mut response.content);
                }
            }
        }
    }
}

/// The value of a parameter is a body of its own.
fn choose_for_parameter(parameter: &mut Parameter) {
    let data = data_mut(parameter);
    if let ParameterSchemaOrContent::Content(content) = &mut data.format {
        choose_one(content);
    }
}

fn choose_one(content: &mut IndexMap<String, MediaType>) {
    let Some(chosen) = preferred(content).cloned() else { return };
    content.retain(|name, _| *name == chosen);
    for media_type in content.values_mut() {
        media_type.encoding.clear();
        let has_schema = media_type.schema.is_some();
        match media(&chosen) {
            Media::Json if !has_schema => media_type.schema = Some(ReferenceOr::Item(anything())),
            // Their values are taken as they are, whatever is said about them.
            Media::Text(_) | Media::Bytes(_) | Media::Multipart => media_type.schema = None,
            Media::Json | Media::Form => {}
        }
    }
}

fn anything() -> Schema {
    Schema { schema_data: SchemaData::default(), schema_kind: SchemaKind::Any(AnySchema::default()) }
}
