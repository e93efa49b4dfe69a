//! Finds the types with a fallible conversion from a string. typify generates one for a choice inside a composition
//! if every alternative may be a string or another scalar.

use openapiv3::{ReferenceOr, Schema, SchemaKind, Type};

use super::context::Context;
use crate::document::{Child, descend, resolve};
use crate::kind::alternatives;

/// Whether a type that typify generates has a conversion from a string.
pub(super) fn from_text(context: &Context<'_>, schema: &Schema) -> bool {
    let mut found = false;
    descend(&mut schema.clone(), &mut |child| {
        if let Child::Schema(schema) = child
            && let Some(members) = alternatives(schema)
        {
            found |= members.iter().all(|member| may_have_text(context, member));
        }
    });
    found
}

/// Whether values of an alternative can be written as a string. Parts beside the choice are not considered.
fn may_have_text(context: &Context<'_>, member: &ReferenceOr<Schema>) -> bool {
    let is_named = matches!(member, ReferenceOr::Reference { .. });
    let Some(schema) = resolve(context.openapi, member) else { return false };
    match &schema.schema_kind {
        SchemaKind::Type(Type::Object(_) | Type::Array(_)) => false,
        // A union cannot be written as a string.
        _ if is_named && alternatives(schema).is_some() => false,
        SchemaKind::Type(_) => true,
        SchemaKind::AllOf { all_of: parts }
        | SchemaKind::OneOf { one_of: parts }
        | SchemaKind::AnyOf { any_of: parts } => parts.iter().all(|part| may_have_text(context, part)),
        SchemaKind::Not { .. } | SchemaKind::Any(_) => !is_named,
    }
}
