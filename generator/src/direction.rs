//! Applies `readOnly` and `writeOnly`: selects the properties of an object for requests or for responses.

use std::collections::BTreeSet;

use indexmap::IndexMap;
use openapiv3::{OpenAPI, ReferenceOr, Schema, SchemaData, SchemaKind, Type};

use crate::document::{Child, component_name, components, descend};

/// The direction in which a value is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Direction {
    /// In requests.
    Sent,
    /// In responses and webhooks.
    Received,
}

impl Direction {
    /// Returns the components that are `readOnly` (in requests) or `writeOnly` (in responses) themselves.
    pub(crate) fn omitted(self, openapi: &OpenAPI) -> BTreeSet<String> {
        let omitted = components(openapi)
            .filter(|(_, schema)| schema.as_item().is_some_and(|schema| self.omits(&schema.schema_data)));
        omitted.map(|(name, _)| name.clone()).collect()
    }

    /// Removes the properties of the other direction from a schema, at any depth. Returns whether there were any.
    pub(crate) fn reduce(self, schema: &mut Schema, omitted: &BTreeSet<String>) -> bool {
        let mut changed = false;
        descend(schema, &mut |child| {
            let Child::Schema(schema) = child else { return };
            let (properties, required) = match &mut schema.schema_kind {
                SchemaKind::Type(Type::Object(object)) => (&mut object.properties, &mut object.required),
                SchemaKind::Any(any) => (&mut any.properties, &mut any.required),
                _ => return,
            };
            changed |= self.reduce_properties(properties, required, omitted);
        });
        changed
    }

    fn reduce_properties(
        self,
        properties: &mut IndexMap<String, ReferenceOr<Box<Schema>>>,
        required: &mut Vec<String>,
        omitted: &BTreeSet<String>,
    ) -> bool {
        let before = properties.len();
        properties.retain(|name, property| {
            let is_kept = match property {
                ReferenceOr::Item(schema) => !self.omits(&schema.schema_data),
                ReferenceOr::Reference { reference } => {
                    component_name::<Schema>(reference).is_none_or(|name| !omitted.contains(name))
                }
            };
            if !is_kept {
                required.retain(|required| required != name);
            }
            is_kept
        });
        properties.len() < before
    }

    fn omits(self, data: &SchemaData) -> bool {
        match self {
            Self::Sent => data.read_only,
            Self::Received => data.write_only,
        }
    }
}
