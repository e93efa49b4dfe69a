//! What the base library is shown: the same schemas without what it turns into other types than ours.
//!
//! Parameters reach it as text, constraints are checked elsewhere, and whatever may be absent may also be null.

use std::collections::{HashMap, HashSet};

use indexmap::IndexMap;
use openapiv3::{
    AdditionalProperties, AnySchema, IntegerFormat, MediaType, OpenAPI, Operation, Parameter, ParameterSchemaOrContent,
    ReferenceOr, Responses, Schema, SchemaData, SchemaKind, StringFormat, StringType, Type, VariantOrUnknownOrEmpty,
};

use crate::document::{Child, descend, operations_mut};
use crate::kind::{Kind, kind_of};
use crate::media::{Media, media};
use crate::model::{Api, Home, Location, Operation as ModelOperation, Schema as ModelSchema, Shape};
use crate::naming::snake;
use crate::normalise::inline::each_root;

mod path_names;

pub(super) fn simplify(openapi: &OpenAPI, api: &Api) -> OpenAPI {
    let mut document = openapi.clone();
    // The base library knows no shorter form of it.
    "3.0.3".clone_into(&mut document.openapi);
    let models: HashMap<_, _> = api
        .resources
        .iter()
        .flat_map(|resource| &resource.operations)
        .map(|operation| (operation.id.as_str(), operation))
        .collect();
    let schemas: HashMap<_, _> = api.schemas.iter().map(|schema| (schema.name.as_str(), schema)).collect();
    drop_unused(&mut document, &schemas);
    for item in document.paths.paths.values_mut() {
        let ReferenceOr::Item(item) = item else { continue };
        for (_, operation) in operations_mut(item) {
            let model = operation.operation_id.as_deref().and_then(|id| models.get(id)).copied();
            parameters(operation, model);
            bodies(operation, model);
            // Extensions of its own that the base library acts on.
            operation.extensions.clear();
        }
    }
    path_names::tell_apart(&mut document);
    each_root(&mut document, &mut |name, root| {
        if let Child::Schema(schema) = root {
            if let Some(model) = schemas.get(name).filter(|model| model.home == Home::Raw) {
                only_data_is_required(schema, model);
            }
            descend(schema, &mut |child| {
                if let Child::Schema(schema) = child {
                    unconstrained(schema);
                }
            });
            // Null is a matter of each field that holds the type.
            schema.schema_data.nullable = false;
        }
    });
    document
}

/// Leaves the components that operations reach.
fn drop_unused(document: &mut OpenAPI, schemas: &HashMap<&str, &ModelSchema>) {
    if let Some(components) = &mut document.components {
        components.schemas.retain(|name, _| schemas.contains_key(name.as_str()));
    }
}

/// Leaves the parameters that the raw operation takes, as text.
fn parameters(operation: &mut Operation, model: Option<&ModelOperation>) {
    let in_query = |name: &str| {
        let mut parameters = model.into_iter().flat_map(|model| &model.parameters);
        let found = parameters.find(|parameter| parameter.wire == name && !parameter.location.is_path());
        found.map_or(Location::Query, |parameter| parameter.location)
    };
    operation.parameters.retain(|parameter| match parameter {
        ReferenceOr::Item(Parameter::Path { .. }) => true,
        ReferenceOr::Item(Parameter::Query { parameter_data, .. }) => in_query(&parameter_data.name).is_raw(),
        _ => false,
    });
    for parameter in &mut operation.parameters {
        let (data, repeated) = match parameter {
            ReferenceOr::Item(Parameter::Path { parameter_data, style }) => {
                *style = openapiv3::PathStyle::Simple;
                parameter_data.required = true;
                (parameter_data, false)
            }
            ReferenceOr::Item(Parameter::Query { parameter_data, style, .. }) => {
                *style = openapiv3::QueryStyle::Form;
                let repeated = in_query(&parameter_data.name) == Location::Repeated;
                (parameter_data, repeated)
            }
            _ => continue,
        };
        let schema = if repeated { list(text()) } else { text() };
        data.format = ParameterSchemaOrContent::Schema(ReferenceOr::Item(schema));
    }
}

/// Leaves the request bodies that are JSON; all others are written beside the raw operation.
fn bodies(operation: &mut Operation, model: Option<&ModelOperation>) {
    if model.and_then(|model| model.body.as_ref()).is_some_and(|body| body.media != Media::Json) {
        operation.request_body = None;
    }
    if let Some(ReferenceOr::Item(body)) = &mut operation.request_body {
        body.content = named_json(std::mem::take(&mut body.content));
    }
    // What is answered is read by the runtime.
    operation.responses = Responses::default();
}

/// JSON under the one name that the base library knows.
fn named_json(content: IndexMap<String, MediaType>) -> IndexMap<String, MediaType> {
    let name = |name: String| if media(&name) == Media::Json { "application/json".to_owned() } else { name };
    content.into_iter().map(|(media_type, body)| (name(media_type), body)).collect()
}

/// An envelope is worth reading as long as its data is there.
fn only_data_is_required(schema: &mut Schema, model: &ModelSchema) {
    let envelope = match &model.shape {
        Shape::Object(object) => object.envelope.as_ref(),
        _ => None,
    };
    if let SchemaKind::Type(Type::Object(object)) = &mut schema.schema_kind {
        object.required.retain(|wire| envelope.is_some_and(|envelope| envelope.data == snake(wire)));
    }
}

fn unconstrained(schema: &mut Schema) {
    schema.schema_data = SchemaData {
        nullable: schema.schema_data.nullable,
        description: schema.schema_data.description.take(),
        ..SchemaData::default()
    };
    match &mut schema.schema_kind {
        SchemaKind::Type(Type::String(text)) => {
            *text = StringType { format: known_format(&text.format), ..StringType::default() };
        }
        SchemaKind::Type(Type::Number(number)) => {
            *number = openapiv3::NumberType { format: number.format.clone(), ..Default::default() };
        }
        SchemaKind::Type(Type::Integer(integer)) => {
            *integer = openapiv3::IntegerType { format: known_integer(&integer.format), ..Default::default() };
        }
        SchemaKind::Type(Type::Boolean(boolean)) => boolean.enumeration.clear(),
        SchemaKind::Type(Type::Array(array)) => {
            array.min_items = None;
            array.max_items = None;
            array.unique_items = false;
            if let Some(ReferenceOr::Item(items)) = &mut array.items {
                never_null(items);
            }
        }
        SchemaKind::Type(Type::Object(object)) => {
            object.min_properties = None;
            object.max_properties = None;
            complete(&mut object.properties, &object.required);
            let required: HashSet<_> = object.required.iter().collect();
            for (name, property) in &mut object.properties {
                if !required.contains(name) {
                    optional(property);
                }
            }
            match &mut object.additional_properties {
                Some(AdditionalProperties::Schema(values)) if object.properties.is_empty() => {
                    if let ReferenceOr::Item(values) = &mut **values {
                        never_null(values);
                    }
                }
                additional => *additional = None,
            }
        }
        SchemaKind::Any(any) => complete(&mut any.properties, &any.required),
        _ => {}
    }
}

/// The base library looks up what is required among the properties, of which it may be none: then it is any JSON.
fn complete(properties: &mut IndexMap<String, ReferenceOr<Box<Schema>>>, required: &[String]) {
    if properties.is_empty() {
        return;
    }
    for name in required {
        properties.entry(name.clone()).or_insert_with(|| ReferenceOr::Item(Box::new(any())));
    }
}

/// Any JSON may be null anyway.
fn never_null(element: &mut Schema) {
    if matches!(&element.schema_kind, SchemaKind::Any(any) if *any == AnySchema::default()) {
        element.schema_data.nullable = false;
    }
}

/// A list or map that may be absent is told from an empty one.
fn optional(property: &mut ReferenceOr<Box<Schema>>) {
    let collection =
        matches!(kind_of(&property.clone().unbox()), Kind::List(_) | Kind::Map(_) | Kind::JsonObject | Kind::Json);
    if let (true, ReferenceOr::Item(schema)) = (collection, property) {
        schema.schema_data.nullable = true;
    }
}

fn known_format(format: &VariantOrUnknownOrEmpty<StringFormat>) -> VariantOrUnknownOrEmpty<StringFormat> {
    match format {
        VariantOrUnknownOrEmpty::Item(StringFormat::DateTime | StringFormat::Date) => format.clone(),
        VariantOrUnknownOrEmpty::Unknown(name) if name == "uuid" => format.clone(),
        _ => VariantOrUnknownOrEmpty::Empty,
    }
}

/// The base library has smaller types than ours for these.
fn known_integer(format: &VariantOrUnknownOrEmpty<IntegerFormat>) -> VariantOrUnknownOrEmpty<IntegerFormat> {
    match format {
        VariantOrUnknownOrEmpty::Unknown(name) if name == "uint" => {
            VariantOrUnknownOrEmpty::Unknown("uint64".to_owned())
        }
        VariantOrUnknownOrEmpty::Unknown(name) if name == "int" => VariantOrUnknownOrEmpty::Empty,
        other => other.clone(),
    }
}

fn any() -> Schema {
    Schema { schema_data: SchemaData::default(), schema_kind: SchemaKind::Any(AnySchema::default()) }
}

fn text() -> Schema {
    Schema { schema_data: SchemaData::default(), schema_kind: SchemaKind::Type(Type::String(StringType::default())) }
}

fn list(items: Schema) -> Schema {
    Schema {
        schema_data: SchemaData::default(),
        schema_kind: SchemaKind::Type(Type::Array(openapiv3::ArrayType {
            items: Some(ReferenceOr::Item(Box::new(items))),
            min_items: None,
            max_items: None,
            unique_items: false,
        })),
    }
}
