//! Turns schema components into named types.

use std::collections::HashSet;

use openapiv3::{AdditionalProperties, ObjectType, ReferenceOr, Schema as OpenApiSchema, SchemaKind, Type};

use super::context::Context;
use super::field_names::{extra, field_names};
use super::variants::variants;
use super::{checks, conversions, unions};
use crate::kind::{self, EXTENSIBLE_ENUM, Kind, KnownValues, element, kind_of};
use crate::model::{Condition, Enumeration, Field, Home, Newtype, Object, Others, Presence, Schema, Shape};
use crate::naming::{Names, constant, type_name, unused};
use crate::origin;
use crate::source::join;

pub(super) fn build(context: &Context<'_>, name: &str, schema: &OpenApiSchema, home: Home) -> Schema {
    let data = &schema.schema_data;
    let shape = match &schema.schema_kind {
        SchemaKind::Type(Type::Object(object)) if !object.properties.is_empty() => {
            Shape::Object(Box::new(self::object(context, name, schema, object)))
        }
        _ => match (kind::enumeration(schema), unions::build(context, name, schema)) {
            (Some(values), _) => Shape::Enumeration(self::enumeration(context, name, schema, &values)),
            (None, Some(union)) => Shape::Union(union),
            (None, None) => Shape::Other(newtype(schema)),
        },
    };
    Schema {
        name: name.to_owned(),
        pointer: origin::of(schema).to_owned(),
        docs: data.description.clone(),
        deprecated: data.deprecated,
        from_text: matches!(shape, Shape::Other(_)) && conversions::from_text(context, schema),
        sent: matches!(shape, Shape::Other(_)) && context.requests.contains(name),
        encoded: !matches!(shape, Shape::Enumeration(_)) && context.parameters.contains(name),
        home,
        shape,
    }
}

fn enumeration(context: &Context<'_>, name: &str, schema: &OpenApiSchema, values: &KnownValues) -> Enumeration {
    let list = if values.is_open { EXTENSIBLE_ENUM } else { "enum" };
    Enumeration {
        integers: values.integers,
        pointer: join(origin::of(schema), list),
        variants: variants(&context.config.rename, name, schema, values),
        closed: !values.is_open,
    }
}

/// Returns the newtype that progenitor generates for a schema.
fn newtype(schema: &OpenApiSchema) -> Option<Newtype> {
    let schema = ReferenceOr::Item(schema.clone());
    let kind = kind_of(&schema);
    (kind != Kind::Json).then(|| Newtype { kind, rules: checks::rules(&schema) })
}

fn object(context: &Context<'_>, name: &str, schema: &OpenApiSchema, object: &ObjectType) -> Object {
    let constructed = context.requests.contains(name);
    let mut fields = fields(context, name, schema, object);
    let extra = extra(context, name, object);
    let conditions = conditions(context, name, &fields);
    for field in &mut fields {
        field.checked |= conditions.iter().any(|condition| [&condition.field, &condition.when].contains(&&field.name));
    }
    let others = others(object);
    Object { extra, others, constructed, conditions, constant: format!("{}_OBJECT", constant(name)), fields }
}

fn others(object: &ObjectType) -> Others {
    match &object.additional_properties {
        Some(AdditionalProperties::Any(false)) => Others::None,
        Some(AdditionalProperties::Schema(values)) => Others::Of(element(values)),
        Some(AdditionalProperties::Any(true)) | None => Others::Any,
    }
}

fn fields(context: &Context<'_>, holder: &str, schema: &OpenApiSchema, object: &ObjectType) -> Vec<Field> {
    let constructed = context.requests.contains(holder);
    let mut fields: Vec<Field> = Vec::new();
    let all_required: HashSet<_> = object.required.iter().collect();
    for ((wire, property), name) in object.properties.iter().zip(field_names(&context.config.rename, holder, object)) {
        let property = property.clone().unbox();
        let (kind, rules) = (kind_of(&property), checks::rules(&property));
        let data = property.as_item().map(|schema| &schema.schema_data);
        let required = all_required.contains(wire);
        let nullable = data.is_some_and(|data| data.nullable);
        let presence = presence(required, nullable, constructed);
        let constant = context.constants.of_property(holder, wire, &kind, &property);
        fields.push(Field {
            wire: wire.clone(),
            pointer: origin::of_property(schema, wire),
            setter: unused(name.clone(), &["new"]),
            null_setter: String::new(),
            name,
            docs: data.and_then(|data| data.description.clone()).or_else(|| context.first_sentence(&kind)),
            deprecated: data.is_some_and(|data| data.deprecated),
            presence,
            constant: constant.filter(|_| presence == Presence::Required),
            boxed: matches!(&kind, Kind::Named(held) if context.boxes.is_circle(holder, held)),
            checked: !rules.is_empty() || kind.has_fractions() || context.knows_rules(&kind),
            rules,
            default: data.and_then(|data| data.default.as_ref()).map(ToString::to_string),
            kind,
        });
    }
    name_null_setters(&mut fields);
    fields
}

/// Names the setters that send null: no other method has their name.
fn name_null_setters(fields: &mut [Field]) {
    let mut names = Names::of(fields.iter().map(|field| field.setter.as_str()));
    for field in fields.iter_mut().filter(|field| field.presence == Presence::OptionalNullable) {
        field.null_setter = names.unused(&format!("{}_null", field.setter.trim_end_matches('_')));
    }
}

fn presence(required: bool, nullable: bool, constructed: bool) -> Presence {
    match (required, nullable) {
        (true, false) => Presence::Required,
        (true, true) => Presence::RequiredNullable,
        (false, true) if constructed => Presence::OptionalNullable,
        (false, _) => Presence::Optional,
    }
}

fn conditions(context: &Context<'_>, name: &str, fields: &[Field]) -> Vec<Condition> {
    let rules = context.config.required_when.iter().filter(|rule| type_name(rule.schema.get_ref()) == name);
    rules
        .filter_map(|rule| {
            let field = fields.iter().find(|field| field.wire == *rule.property.get_ref())?;
            let when = fields.iter().find(|field| field.wire == *rule.when.get_ref())?;
            Some(Condition { field: field.name.clone(), when: when.name.clone(), is: rule.is.clone() })
        })
        .collect()
}
