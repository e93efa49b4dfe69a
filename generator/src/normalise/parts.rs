//! Turns multipart bodies into objects: distinguishes files from strings, and adds the headers of parts as
//! properties.

use std::collections::HashMap;

use openapiv3::{
    AdditionalProperties, ArrayType, Encoding, Header, MediaType, ObjectType, OpenAPI, ParameterSchemaOrContent,
    ReferenceOr, Schema, SchemaKind, StringFormat, StringType, Type, VariantOrUnknownOrEmpty,
};

use super::inline::each_root;
use crate::document::{Child, boxed_schema, component_name, descend, operations_mut, resolve};
use crate::kind::{FILE_FORMAT, alone};
use crate::media::{Media, media};

/// Headers that every part has, or none (RFC 7578, section 4.8).
const OWN_HEADERS: [&str; 3] = ["content-disposition", "content-type", "content-transfer-encoding"];

pub(super) fn describe(openapi: &mut OpenAPI) {
    let uses = uses(openapi);
    let mut paths = std::mem::take(&mut openapi.paths.paths);
    for item in paths.values_mut() {
        let ReferenceOr::Item(item) = item else { continue };
        for (_, operation) in operations_mut(item) {
            let Some(ReferenceOr::Item(body)) = &mut operation.request_body else { continue };
            for (name, media_type) in &mut body.content {
                if media(name) == Media::Multipart {
                    describe_body(openapi, media_type, &uses);
                }
            }
        }
    }
    openapi.paths.paths = paths;
}

/// Returns the property that holds the values of a part's header.
pub(crate) fn header_property(part: &str, header: &str) -> String {
    format!("{part}.{header}")
}

/// Returns the documented headers of a part, without the standard ones.
pub(crate) fn headers(encoding: &Encoding) -> impl Iterator<Item = (&String, &ReferenceOr<Header>)> {
    let is_own = |name: &String| !OWN_HEADERS.iter().any(|own| name.eq_ignore_ascii_case(own));
    encoding.headers.iter().filter(move |(name, _)| is_own(name))
}

/// Returns the number of references to each component.
fn uses(openapi: &mut OpenAPI) -> HashMap<String, usize> {
    let mut uses = HashMap::new();
    let mut count = |child: Child<'_>| {
        if let Child::Reference(reference) = child {
            *uses.entry(reference.clone()).or_insert(0) += 1;
        }
    };
    each_root(openapi, &mut |_, root| match root {
        Child::Schema(schema) => descend(schema, &mut count),
        reference @ Child::Reference(_) => count(reference),
    });
    uses
}

/// Describes the parts of a body that is an object; other bodies stay undescribed.
fn describe_body(openapi: &mut OpenAPI, media_type: &mut MediaType, uses: &HashMap<String, usize>) {
    let Some(schema) = media_type.schema.take() else { return };
    let Some(mut described) = resolve(openapi, &schema).cloned() else { return };
    let SchemaKind::Type(Type::Object(object)) = &mut described.schema_kind else { return };
    if object.properties.is_empty() {
        return;
    }
    for property in object.properties.values_mut() {
        *property = part(openapi, property);
    }
    for (name, encoding) in &media_type.encoding {
        add_headers(openapi, object, name, encoding);
    }
    // Parts cannot describe additional properties.
    if let Some(AdditionalProperties::Schema(_)) = object.additional_properties {
        object.additional_properties = None;
    }
    // A component that only this body uses keeps its name.
    let own = match &schema {
        ReferenceOr::Reference { reference } if uses.get(reference) == Some(&1) => component_name::<Schema>(reference),
        _ => None,
    };
    let components = openapi.components.as_mut().map(|components| &mut components.schemas);
    match own.and_then(|name| components?.get_mut(name)) {
        Some(component) => {
            *component = ReferenceOr::Item(described);
            media_type.schema = Some(schema);
        }
        None => media_type.schema = Some(ReferenceOr::Item(described)),
    }
}

/// Returns a property with its files, and without null, which a part cannot express.
fn part(openapi: &OpenAPI, property: &ReferenceOr<Box<Schema>>) -> ReferenceOr<Box<Schema>> {
    let property = property.clone().unbox();
    let Some(found) = target(openapi, &property) else { return boxed_schema(property) };
    if is_binary(found) {
        return boxed_schema(ReferenceOr::Item(file(found)));
    }
    if let SchemaKind::Type(Type::Array(array)) = &found.schema_kind {
        let item = array.items.clone().map(ReferenceOr::unbox);
        if let Some(item) = item.as_ref().and_then(|item| target(openapi, item)).filter(|item| is_binary(item)) {
            let items = Some(boxed_schema(ReferenceOr::Item(file(item))));
            let array = ArrayType { items, ..array.clone() };
            let mut schema = found.clone();
            schema.schema_kind = SchemaKind::Type(Type::Array(array));
            schema.schema_data.nullable = false;
            return boxed_schema(ReferenceOr::Item(schema));
        }
    }
    match property {
        ReferenceOr::Item(mut schema) => {
            schema.schema_data.nullable = false;
            boxed_schema(ReferenceOr::Item(schema))
        }
        reference @ ReferenceOr::Reference { .. } => boxed_schema(reference),
    }
}

/// Resolves a schema behind references and compositions with one part.
fn target<'a>(openapi: &'a OpenAPI, schema: &'a ReferenceOr<Schema>) -> Option<&'a Schema> {
    let found = resolve(openapi, schema)?;
    match alone(found) {
        Some(part) => resolve(openapi, part),
        None => Some(found),
    }
}

fn is_binary(schema: &Schema) -> bool {
    let SchemaKind::Type(Type::String(text)) = &schema.schema_kind else { return false };
    matches!(text.format, VariantOrUnknownOrEmpty::Item(StringFormat::Binary))
}

fn file(schema: &Schema) -> Schema {
    let mut schema = schema.clone();
    let format = VariantOrUnknownOrEmpty::Unknown(FILE_FORMAT.to_owned());
    schema.schema_kind = SchemaKind::Type(Type::String(StringType { format, ..StringType::default() }));
    schema.schema_data.nullable = false;
    schema
}

fn add_headers(openapi: &OpenAPI, object: &mut ObjectType, part: &str, encoding: &Encoding) {
    if !object.properties.contains_key(part) {
        return;
    }
    for (name, header) in headers(encoding) {
        let Some(header) = resolve(openapi, header) else { continue };
        let property = header_property(part, name);
        if object.properties.contains_key(&property) {
            continue;
        }
        let is_required = header.required && object.required.iter().any(|required| required == part);
        object.required.extend(is_required.then(|| property.clone()));
        let described = values(part, name, header);
        if resolve(openapi, &described).is_some() {
            object.properties.insert(property, boxed_schema(described));
        }
    }
}

/// Returns the schema of a header's values.
fn values(part: &str, name: &str, header: &Header) -> ReferenceOr<Schema> {
    let described = match &header.format {
        ParameterSchemaOrContent::Schema(schema) => Some(schema.clone()),
        ParameterSchemaOrContent::Content(content) => content.values().next().and_then(|media| media.schema.clone()),
    };
    let text = || {
        let schema_kind = SchemaKind::Type(Type::String(StringType::default()));
        ReferenceOr::Item(Schema { schema_data: openapiv3::SchemaData::default(), schema_kind })
    };
    let mut described = described.unwrap_or_else(text);
    if let ReferenceOr::Item(schema) = &mut described {
        let docs = header.description.clone().unwrap_or_else(|| format!("The header `{name}` of the part `{part}`."));
        schema.schema_data.description.get_or_insert(docs);
        schema.schema_data.nullable = false;
    }
    described
}
