//! Which types are made of text, which can fail: those that the base library makes of a choice inside a composition, all of
//! whose alternatives may have a text.

use openapiv3::{ReferenceOr, Schema, SchemaKind, Type};

use super::context::Context;
use crate::document::{Child, descend, resolve};
use crate::kind::alternatives;

/// Whether a type that is left to the base library is made of text.
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

/// Whether values of an alternative may have a text. What parts beside the choice say of it is not known here.
fn may_have_text(context: &Context<'_>, member: &ReferenceOr<Schema>) -> bool {
    let is_named = matches!(member, ReferenceOr::Reference { .. });
    let Some(schema) = resolve(context.openapi, member) else { return false };
    match &schema.schema_kind {
        SchemaKind::Type(Type::Object(_) | Type::Array(_)) => false,
        // One of several types has none.
        _ if is_named && alternatives(schema).is_some() => false,
        SchemaKind::Type(_) => true,
        SchemaKind::AllOf { all_of: parts }
        | SchemaKind::OneOf { one_of: parts }
        | SchemaKind::AnyOf { any_of: parts } => parts.iter().all(|part| may_have_text(context, part)),
        SchemaKind::Not { .. } | SchemaKind::Any(_) => !is_named,
    }
}
