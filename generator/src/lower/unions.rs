//! Turns `oneOf` and `anyOf` into unions with one member per alternative.

use openapiv3::{ReferenceOr, Schema as OpenApiSchema};

use super::checks;
use super::context::Context;
use super::field_names::extra;
use crate::document::component_name;
use crate::kind::{Kind, alternatives, kind_of};
use crate::model::{Member, Rule, Union, Written};
use crate::naming::{Names, upper_camel};

/// Returns the union of a component with alternatives.
pub(super) fn build(context: &Context<'_>, name: &str, schema: &OpenApiSchema) -> Option<Union> {
    let alternatives = distinct(alternatives(schema)?);
    let tag = tag(schema, &alternatives);
    let mut names = Names::of(["Unknown"]);
    let mut members = Vec::new();
    for Alternative { kind, rules } in alternatives {
        let tags = tags(schema, &kind).filter(|_| tag.is_some()).cloned().collect::<Vec<_>>();
        let written = written(context, tag, &kind);
        // A type without the property does not store its tag, so each tag gets a variant.
        let tags =
            if written == Written::ByType { vec![tags] } else { tags.into_iter().map(|tag| vec![tag]).collect() };
        members.extend(tags.into_iter().map(|tags| Member {
            name: renamed(context, name, names.numbered(&short(name, &variant(&kind)))),
            boxed: context.reaches(&kind, name),
            tags,
            written: self::written(context, tag, &kind),
            rules: rules.clone(),
            checked: kind.has_fractions() || context.knows_rules(&kind),
            kind: kind.clone(),
        }));
    }
    Some(Union { tag: tag.cloned(), constructed: context.requests.contains(name), members })
}

fn renamed(context: &Context<'_>, union: &str, variant: String) -> String {
    context.config.rename.variant(union, &variant).unwrap_or(variant)
}

/// An alternative type; alternatives that are equal in Rust are merged.
struct Alternative {
    kind: Kind,
    rules: Vec<Rule>,
}

fn distinct(schemas: &[ReferenceOr<OpenApiSchema>]) -> Vec<Alternative> {
    let mut distinct: Vec<Alternative> = Vec::new();
    for schema in schemas {
        let (kind, rules) = (kind_of(schema), checks::rules(schema));
        match distinct.iter_mut().find(|known| known.kind == kind) {
            // A value that violates the rules of one alternative may satisfy those of the other.
            Some(known) => known.rules.clear(),
            None => distinct.push(Alternative { kind, rules }),
        }
    }
    distinct
}

/// Returns the property that names the type of a value, if every alternative has a tag. Otherwise an alternative
/// without a tag would never be deserialized.
fn tag<'a>(schema: &'a OpenApiSchema, alternatives: &[Alternative]) -> Option<&'a String> {
    let discriminator = schema.schema_data.discriminator.as_ref()?;
    let all_named = alternatives.iter().all(|alternative| tags(schema, &alternative.kind).next().is_some());
    all_named.then_some(&discriminator.property_name)
}

/// Returns the tags of a type.
fn tags<'a>(schema: &'a OpenApiSchema, kind: &Kind) -> impl Iterator<Item = &'a String> {
    let mapping = schema.schema_data.discriminator.iter().flat_map(|discriminator| &discriminator.mapping);
    let names =
        move |target: &str| component_name::<OpenApiSchema>(target).is_some_and(|name| Some(name) == kind.named());
    mapping.filter(move |(_, target)| names(target)).map(|(tag, _)| tag)
}

fn written(context: &Context<'_>, tag: Option<&String>, kind: &Kind) -> Written {
    let (Some(tag), Kind::Named(name)) = (tag, kind) else { return Written::ByType };
    match context.object(name) {
        Some(object) if !object.properties.contains_key(tag) => {
            Written::ByUnion { extra: extra(context, name, object) }
        }
        _ => Written::ByType,
    }
}

/// Returns the name of a variant without that of its union: `Shape::Circle` for `ShapeCircle`.
fn short(union: &str, variant: &str) -> String {
    let rest = variant.strip_prefix(union).filter(|rest| rest.starts_with(char::is_uppercase));
    rest.map_or_else(|| variant.to_owned(), upper_camel)
}

/// Returns the name of an alternative's variant.
fn variant(kind: &Kind) -> String {
    match kind {
        Kind::Named(name) => name.clone(),
        Kind::Nullable(inner) => variant(inner),
        Kind::Text => "Text".to_owned(),
        Kind::Boolean => "Boolean".to_owned(),
        Kind::Integer(_) => "Integer".to_owned(),
        Kind::Float | Kind::Decimal => "Number".to_owned(),
        Kind::Timestamp => "Timestamp".to_owned(),
        Kind::Date => "Date".to_owned(),
        Kind::Uuid => "Uuid".to_owned(),
        Kind::Upload | Kind::Multipart | Kind::File => "Bytes".to_owned(),
        Kind::Json | Kind::JsonObject => "Any".to_owned(),
        Kind::List(inner) => format!("{}List", variant(inner)),
        Kind::Map(inner) => format!("{}Map", variant(inner)),
    }
}
