//! Schema components → named types.

use std::collections::HashSet;

use openapiv3::{ObjectType, Schema as OpenApiSchema, SchemaKind, Type};

use super::context::Context;
use super::{checks, conversions, unions};
use crate::kind::{self, EXTENSIBLE_ENUM, Kind, kind_of};
use crate::model::{Condition, Enumeration, Field, Home, Object, Presence, Schema, Shape, Variant};
use crate::naming::{Names, constant, snake, type_name, unused, upper_camel};
use crate::origin;
use crate::source::join;

pub(super) fn build(context: &Context<'_>, name: &str, schema: &OpenApiSchema, home: Home) -> Schema {
    let data = &schema.schema_data;
    let shape = match &schema.schema_kind {
        SchemaKind::Type(Type::Object(object)) if !object.properties.is_empty() => {
            Shape::Object(Box::new(self::object(context, name, schema, object)))
        }
        _ => match (kind::enumeration(schema), unions::build(context, name, schema)) {
            (Some(values), _) => Shape::Enumeration(self::enumeration(schema, &values)),
            (None, Some(union)) => Shape::Union(union),
            (None, None) => Shape::Other,
        },
    };
    Schema {
        name: name.to_owned(),
        pointer: origin::of(schema).to_owned(),
        docs: data.description.clone(),
        deprecated: data.deprecated,
        from_text: matches!(shape, Shape::Other) && conversions::from_text(context, schema),
        opaque: matches!(shape, Shape::Other) && context.requests.contains(name),
        encoded: !matches!(shape, Shape::Enumeration(_)) && context.parameters.contains(name),
        home,
        shape,
    }
}

fn enumeration(schema: &OpenApiSchema, values: &[String]) -> Enumeration {
    let closed = !schema.schema_data.extensions.contains_key(EXTENSIBLE_ENUM);
    let list = if closed { "enum" } else { EXTENSIBLE_ENUM };
    Enumeration { pointer: join(origin::of(schema), list), variants: variants(values), closed }
}

fn variants(values: &[String]) -> Vec<Variant> {
    let mut names = Names::of(["Unknown"]);
    values.iter().map(|wire| Variant { name: names.unused(&upper_camel(wire)), wire: wire.clone() }).collect()
}

fn object(context: &Context<'_>, name: &str, schema: &OpenApiSchema, object: &ObjectType) -> Object {
    let constructed = context.requests.contains(name);
    let mut fields = fields(context, name, schema, object);
    let taken: Vec<_> = fields.iter().map(|field| field.name.as_str()).collect();
    let extra = context.responses.contains(name).then(|| unused("extra".to_owned(), &taken));
    let conditions = conditions(context, name, &fields);
    for field in &mut fields {
        field.checked |= conditions.iter().any(|condition| [&condition.field, &condition.when].contains(&&field.name));
    }
    Object { extra, constructed, conditions, constant: format!("{}_OBJECT", constant(name)), fields }
}

fn fields(context: &Context<'_>, holder: &str, schema: &OpenApiSchema, object: &ObjectType) -> Vec<Field> {
    let constructed = context.requests.contains(holder);
    let mut fields: Vec<Field> = Vec::new();
    let mut names = Names::default();
    let all_required: HashSet<_> = object.required.iter().collect();
    for (wire, property) in &object.properties {
        let property = property.clone().unbox();
        let name = names.unused(&snake(wire));
        let (kind, rules) = (kind_of(&property), checks::rules(&property));
        let data = property.as_item().map(|schema| &schema.schema_data);
        let required = all_required.contains(wire);
        let nullable = data.is_some_and(|data| data.nullable) || context.is_nullable(&kind);
        fields.push(Field {
            wire: wire.clone(),
            pointer: origin::of_property(schema, wire),
            setter: unused(name.clone(), &["new"]),
            name,
            docs: data.and_then(|data| data.description.clone()).or_else(|| context.first_sentence(&kind)),
            deprecated: data.is_some_and(|data| data.deprecated),
            presence: presence(required, nullable, constructed),
            boxed: matches!(&kind, Kind::Named(held) if context.boxes.is_circle(holder, held)),
            checked: !rules.is_empty() || kind.has_fractions() || context.knows_rules(&kind),
            rules,
            kind,
        });
    }
    fields
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
