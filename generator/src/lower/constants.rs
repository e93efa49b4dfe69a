//! Finds properties with a single possible value, which users do not have to set.

use std::collections::{BTreeMap, BTreeSet};

use openapiv3::{BooleanType, OpenAPI, ReferenceOr, Schema, SchemaKind, Type};

use super::variants::variants;
use crate::config::Rename;
use crate::document::{component_name, components};
use crate::kind::{Kind, alternatives, enumeration};
use crate::model::Constant;

/// The tags of union members, by type and property.
pub(super) struct Constants<'a> {
    openapi: &'a OpenAPI,
    rename: &'a Rename,
    tags: BTreeMap<(&'a str, &'a str), BTreeSet<&'a str>>,
}

impl<'a> Constants<'a> {
    pub(super) fn of(openapi: &'a OpenAPI, rename: &'a Rename) -> Self {
        let mut tags: BTreeMap<_, BTreeSet<_>> = BTreeMap::new();
        for (_, schema) in components(openapi) {
            let Some(schema) = schema.as_item().filter(|schema| alternatives(schema).is_some()) else { continue };
            let Some(discriminator) = &schema.schema_data.discriminator else { continue };
            for (tag, target) in &discriminator.mapping {
                if let Some(name) = component_name::<Schema>(target) {
                    tags.entry((name, discriminator.property_name.as_str())).or_default().insert(tag.as_str());
                }
            }
        }
        Self { openapi, rename, tags }
    }

    /// Returns the only value of a property of a type.
    pub(super) fn of_property(
        &self,
        holder: &str,
        wire: &str,
        kind: &Kind,
        schema: &ReferenceOr<Schema>,
    ) -> Option<Constant> {
        let tag = self.tags.get(&(holder, wire)).filter(|tags| tags.len() == 1).and_then(BTreeSet::first).copied();
        match kind {
            Kind::Text => Some(Constant::Text(tag?.to_owned())),
            Kind::Boolean => match &schema.as_item()?.schema_kind {
                SchemaKind::Type(Type::Boolean(BooleanType { enumeration })) => match enumeration[..] {
                    [Some(value)] => Some(Constant::Boolean(value)),
                    _ => None,
                },
                _ => None,
            },
            Kind::Named(name) => self.variant(name, tag),
            _ => None,
        }
    }

    fn variant(&self, name: &str, tag: Option<&str>) -> Option<Constant> {
        let schema = self.openapi.components.as_ref()?.schemas.get(name)?.as_item()?;
        let values = enumeration(schema).filter(|values| !values.is_open)?;
        let variants = variants(self.rename, name, schema, &values);
        let variant = match (&variants[..], tag) {
            ([only], None) => only,
            (variants, tag) => variants.iter().find(|variant| Some(variant.wire.as_str()) == tag)?,
        };
        Some(Constant::Variant { enumeration: name.to_owned(), variant: variant.name.clone() })
    }
}
