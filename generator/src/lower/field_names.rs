//! Names the fields of an object.

use openapiv3::{AdditionalProperties, ObjectType};

use super::context::Context;
use crate::naming::{Names, snake};

/// Returns the names of an object's fields, in the order of its properties.
pub(super) fn field_names(object: &ObjectType) -> Vec<String> {
    let mut names = Names::default();
    object.properties.keys().map(|wire| names.unused(&snake(wire))).collect()
}

/// Returns the field for properties that are not fields, if the object has one.
pub(super) fn extra(context: &Context<'_>, name: &str, object: &ObjectType) -> Option<String> {
    let is_documented = match &object.additional_properties {
        Some(AdditionalProperties::Any(allowed)) => *allowed,
        Some(AdditionalProperties::Schema(_)) => true,
        None => false,
    };
    let is_used = is_documented || context.responses.contains(name);
    is_used.then(|| Names::of(field_names(object)).unused("extra"))
}
