//! Names the inline alternatives of a choice by their contents.

use openapiv3::{ObjectType, ReferenceOr, Schema, SchemaKind, Type};

use crate::kind::enumeration;
use crate::naming::upper_camel;

/// Returns the name of an alternative, without that of the choice.
///
/// It is the title, the only value of an enumeration or of a property, or a property that no other alternative has. Without
/// any of these it is the number.
pub(super) fn name(members: &[ReferenceOr<Schema>], index: usize) -> String {
    let number = || format!("Variant{}", index + 1);
    let Some(ReferenceOr::Item(member)) = members.get(index) else { return number() };
    if let Some(title) = &member.schema_data.title {
        return upper_camel(title);
    }
    if let Some(values) = enumeration(member) {
        return match values.texts.as_slice() {
            [value] => upper_camel(value),
            _ => "Value".to_owned(),
        };
    }
    match &member.schema_kind {
        SchemaKind::Type(Type::Array(_)) => "List".to_owned(),
        SchemaKind::Type(Type::Object(object)) => {
            let others = members.iter().enumerate().filter(|(other, _)| *other != index);
            let others: Vec<_> = others.filter_map(|(_, other)| object_of(other)).collect();
            by_content(object, &others).map_or_else(number, |text| upper_camel(&text))
        }
        _ => number(),
    }
}

fn object_of(member: &ReferenceOr<Schema>) -> Option<&ObjectType> {
    match &member.as_item()?.schema_kind {
        SchemaKind::Type(Type::Object(object)) => Some(object),
        _ => None,
    }
}

/// Returns the text that distinguishes an object from the others.
fn by_content(object: &ObjectType, others: &[&ObjectType]) -> Option<String> {
    let tag = object.properties.iter().find_map(|(name, property)| {
        let value = only_value(property)?;
        let differs = |other: &&ObjectType| other.properties.get(name).and_then(only_value) != Some(value.clone());
        others.iter().all(differs).then_some(value)
    });
    let own = || {
        let is_own = |name: &&String| others.iter().all(|other| !other.properties.contains_key(*name));
        let required = object.required.iter().filter(|name| object.properties.contains_key(*name));
        required.chain(object.properties.keys()).find(is_own).cloned()
    };
    tag.or_else(own)
}

fn only_value(property: &ReferenceOr<Box<Schema>>) -> Option<String> {
    match enumeration(property.as_item()?)?.texts.as_slice() {
        [value] => Some(value.clone()),
        _ => None,
    }
}
