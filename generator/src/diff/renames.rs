//! Matches removed items with similar new ones, as a hint about possible renames.

use super::version::{Owned, Version};
use super::words;
use crate::model::{Enumeration, Field, Object, Operation, Schema, Shape};

/// Returns a hint if there is exactly one candidate.
fn only<T>(mut candidates: impl Iterator<Item = T>, name: impl Fn(T) -> String) -> Option<String> {
    let first = candidates.next()?;
    candidates.next().is_none().then(|| format!("perhaps renamed to `{}`", name(first)))
}

/// Returns a hint for a field of the same type.
pub(super) fn of_field(gone: &Field, old: &Object, new: &Object) -> Option<String> {
    let ty = words::value(gone);
    let is_alike = |field: &&Field| words::value(field) == ty;
    let others = old.fields.iter().filter(is_alike).filter(|field| new.fields.iter().all(|f| f.wire != field.wire));
    let came = new.fields.iter().filter(is_alike).filter(|field| old.fields.iter().all(|f| f.wire != field.wire));
    if others.count() == 1 { only(came, |field| field.name.clone()) } else { None }
}

/// Returns a hint for a replaced value.
pub(super) fn of_variant(old: &Enumeration, new: &Enumeration) -> Option<String> {
    let gone = old.variants.iter().filter(|variant| new.variants.iter().all(|other| other.wire != variant.wire));
    let came = new.variants.iter().filter(|variant| old.variants.iter().all(|other| other.wire != variant.wire));
    if gone.count() == 1 { only(came, |variant| variant.name.clone()) } else { None }
}

/// Returns a hint for a type with the same parts.
pub(super) fn of_type(gone: &Schema, old: &Version, new: &Version) -> Option<String> {
    let came = new.types().filter(|schema| old.types().all(|other| other.name != schema.name));
    let parts = parts(&gone.shape);
    only(came.filter(|schema| !parts.is_empty() && self::parts(&schema.shape) == parts), |schema| schema.name.clone())
}

fn parts(shape: &Shape) -> Vec<String> {
    match shape {
        Shape::Object(object) => {
            object.fields.iter().map(|field| format!("{}: {}", field.wire, words::value(field))).collect()
        }
        Shape::Enumeration(enumeration) => enumeration.variants.iter().map(|variant| variant.wire.clone()).collect(),
        Shape::Union(union) => union.members.iter().map(|member| member.name.clone()).collect(),
        Shape::Other(_) => Vec::new(),
    }
}

/// Returns a hint for an operation at the same path, or with the same inputs and response.
pub(super) fn of_operation(gone: &Operation, old: &Version, new: &Version) -> Option<String> {
    let is_new = |id: &str| old.operations().all(|(_, other)| other.id != id);
    let came = || new.operations().filter(|(_, operation)| is_new(&operation.id));
    let at_its_place = came().filter(|(_, other)| (&other.verb, &other.path) == (&gone.verb, &gone.path));
    let name = |(resource, operation): Owned<'_>| words::method(resource, operation);
    only(at_its_place, name).or_else(|| only(came().filter(|(_, other)| face(other) == face(gone)), name))
}

/// Returns the inputs and the response of an operation.
fn face(operation: &Operation) -> (String, Vec<&str>, Option<String>) {
    let parameters = operation.parameters.iter().map(|parameter| parameter.wire.as_str()).collect();
    let body = operation.body.as_ref().map(|body| body.kind.to_string());
    (format!("{} {}", operation.verb, words::response(&operation.response)), parameters, body)
}
