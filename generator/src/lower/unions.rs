//! `oneOf` and `anyOf` → one type for each alternative.

use openapiv3::{ReferenceOr, Schema as OpenApiSchema, SchemaKind, Type};

use super::context::Context;
use crate::document::{component_name, resolve};
use crate::kind::{Kind, alternatives, kind_of};
use crate::model::{Member, Union};
use crate::naming::Names;

/// How deep schemas are composed of others.
const DEPTH: usize = 16;

/// The union that a component is, if it leaves a choice.
pub(super) fn build(context: &Context<'_>, name: &str, schema: &OpenApiSchema) -> Option<Union> {
    let members = alternatives(schema)?;
    let discriminator = schema.schema_data.discriminator.as_ref();
    let mut names = Names::of(["Unknown"]);
    let mut kinds = Vec::new();
    let mut members: Vec<_> = members
        .iter()
        .filter_map(|member| {
            let kind = kind_of(member);
            if kinds.contains(&kind) {
                return None;
            }
            kinds.push(kind.clone());
            let mut keys = Vec::new();
            collect_keys(context, member, &mut keys, DEPTH);
            let own = kind.named();
            let tags = discriminator.into_iter().flat_map(|discriminator| &discriminator.mapping);
            let tags = tags.filter(|(_, target)| {
                component_name::<OpenApiSchema>(target).is_some_and(|target| Some(target) == own)
            });
            Some(Member {
                name: names.numbered(&variant(&kind)),
                boxed: context.reaches(&kind, name),
                tags: tags.map(|(tag, _)| tag.clone()).collect(),
                told_by: keys,
                checked: kind.has_fractions() || context.knows_rules(&kind),
                kind,
            })
        })
        .collect();
    let tag = discriminator.map(|discriminator| discriminator.property_name.clone());
    // Every type that a tag cannot name would never be read.
    let tag = tag.filter(|_| members.iter().all(|member| !member.tags.is_empty()));
    if tag.is_some() {
        for member in &mut members {
            member.told_by.clone_from(&member.tags);
        }
    }
    Some(Union { tag, constructed: context.requests.contains(name), members })
}

/// An alternative by its type.
fn variant(kind: &Kind) -> String {
    match kind {
        Kind::Named(name) => name.clone(),
        Kind::Nullable(inner) => variant(inner),
        Kind::Text => "Text".to_owned(),
        Kind::Boolean => "Boolean".to_owned(),
        Kind::Integer(_) => "Integer".to_owned(),
        Kind::Float(_) | Kind::Decimal => "Number".to_owned(),
        Kind::Timestamp => "Timestamp".to_owned(),
        Kind::Date => "Date".to_owned(),
        Kind::Uuid => "Uuid".to_owned(),
        Kind::Bytes | Kind::Multipart => "Bytes".to_owned(),
        Kind::Json | Kind::JsonObject => "Any".to_owned(),
        Kind::List(inner) => format!("{}List", variant(inner)),
        Kind::Map(inner) => format!("{}Map", variant(inner)),
    }
}

/// The properties of an object, with those that it is composed of.
fn collect_keys(context: &Context<'_>, schema: &ReferenceOr<OpenApiSchema>, keys: &mut Vec<String>, depth: usize) {
    let (Some(schema), Some(depth)) = (resolve(context.openapi, schema), depth.checked_sub(1)) else { return };
    match &schema.schema_kind {
        SchemaKind::Type(Type::Object(object)) => {
            keys.extend(object.properties.keys().filter(|key| !keys.contains(key)).cloned().collect::<Vec<_>>());
        }
        SchemaKind::AllOf { all_of: parts } => {
            for part in parts {
                collect_keys(context, part, keys, depth);
            }
        }
        _ => {}
    }
}
