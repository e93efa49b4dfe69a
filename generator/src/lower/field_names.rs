//! Names the fields of an object.

use openapiv3::{AdditionalProperties, ObjectType};

use super::context::Context;
use crate::config::Rename;
use crate::naming::{Names, snake};

/// Returns the names of an object's fields, in the order of its properties.
pub(super) fn field_names(rename: &Rename, holder: &str, object: &ObjectType) -> Vec<String> {
    let mut names = Names::default();
    let name = |wire: &String| rename.field(holder, wire).unwrap_or_else(|| snake(wire));
    object.properties.keys().map(|wire| names.unused(&name(wire))).collect()
}

/// Returns the field for properties that are not fields, if the object has one.
pub(super) fn extra(context: &Context<'_>, name: &str, object: &ObjectType) -> Option<String> {
    let is_documented = match &object.additional_properties {
        Some(AdditionalProperties::Any(allowed)) => *allowed,
        Some(AdditionalProperties::Schema(_)) => true,
        None => false,
    };
    let is_used = is_documented || context.responses.contains(name);
    is_used.then(|| Names::of(field_names(&context.config.rename, name, object)).unused("extra"))
}
