//! Merges `allOf` over objects into one object, or into a union of objects if a part has alternatives.
//!
//! The result has all features of objects and unions: setters, checks, and undocumented properties.

use std::collections::BTreeMap;

use indexmap::IndexMap;
use openapiv3::{Discriminator, OpenAPI, ReferenceOr, Schema, SchemaData, SchemaKind, StringType, Type};

use super::inline::each_root;
use super::wholes::{Whole, wholes};
use crate::anything::{any_kind, anything, says_nothing};
use crate::document::{Child, children, component_name, descend, schema_reference};
use crate::kind::{alone, is_any_object};
use crate::origin;
use crate::source::steps;

pub(super) fn merge(openapi: &mut OpenAPI) {
    each_root(openapi, &mut |_, root| {
        if let Child::Schema(schema) = root {
            descend(schema, &mut |child| {
                if let Child::Schema(schema) = child {
                    forget_empty_parts(schema);
                }
            });
        }
    });
    let mut merge = Merge { original: openapi.clone(), within: Vec::new(), recursive: BTreeMap::new() };
    each_root(openapi, &mut |_, root| {
        if let Child::Schema(schema) = root {
            merge.root(schema);
        }
    });
    merge.name_recursive(openapi);
}

/// The merge of all compositions of a document.
struct Merge {
    /// The document before any merge.
    original: OpenAPI,
    /// The places of the compositions that contain the current schema.
    within: Vec<String>,
    /// The inline compositions that contain themselves, by place, and the names of their components.
    recursive: BTreeMap<String, String>,
}

impl Merge {
    fn root(&mut self, schema: &mut Schema) {
        if alone(schema).is_some() {
            merge_one(&self.original, schema);
        }
        self.one(schema);
        descend(schema, &mut |child| {
            if let Child::Schema(schema) = child {
                complete(schema);
            }
        });
    }

    /// Merges a schema and everything inside it.
    fn one(&mut self, schema: &mut Schema) {
        // A single reference stands for its target.
        if alone(schema).is_some() {
            return;
        }
        let place = origin::of(schema).to_owned();
        let is_composition = matches!(schema.schema_kind, SchemaKind::AllOf { .. });
        if is_composition && !place.is_empty() && self.within.contains(&place) {
            self.recursive.entry(place.clone()).or_insert_with(|| name_of(&place));
        }
        if let Some(name) = self.recursive.get(&place).filter(|_| is_composition && !self.within.is_empty()) {
            refer(schema, name);
            return;
        }
        if is_composition {
            merge_one(&self.original, schema);
            self.within.push(place);
        }
        children(schema, &mut |child| {
            if let Child::Schema(schema) = child {
                self.one(schema);
            }
        });
        if is_composition {
            self.within.pop();
        }
    }

    /// Adds a component for each inline composition that contains itself.
    fn name_recursive(mut self, openapi: &mut OpenAPI) {
        let mut components = IndexMap::new();
        // A component may contain further ones.
        while let Some((place, name)) = self.recursive.iter().find(|(_, name)| !components.contains_key(*name)) {
            let (place, name) = (place.clone(), name.clone());
            let mut found = anything();
            each_root(&mut self.original, &mut |_, root| {
                if let Child::Schema(schema) = root {
                    descend(schema, &mut |child| {
                        if let Child::Schema(schema) = child
                            && origin::of(schema) == place
                        {
                            found = schema.clone();
                        }
                    });
                }
            });
            self.root(&mut found);
            components.insert(name, ReferenceOr::Item(found));
        }
        if components.is_empty() {
            return;
        }
        each_root(openapi, &mut |_, root| {
            if let Child::Schema(schema) = root {
                descend(schema, &mut |child| {
                    if let Child::Schema(schema) = child
                        && let Some(name) = self.recursive.get(origin::of(schema))
                    {
                        refer(schema, name);
                    }
                });
            }
        });
        openapi.components.get_or_insert_default().schemas.extend(components);
    }
}

/// Replaces a schema with a reference to a component.
fn refer(schema: &mut Schema, name: &str) {
    schema.schema_kind =
        SchemaKind::AllOf { all_of: vec![ReferenceOr::Reference { reference: schema_reference(name) }] };
}

/// `/components/schemas/Tree/properties/child/allOf/1` → `Tree-child`
fn name_of(place: &str) -> String {
    let is_name = |step: &String| !matches!(step.as_str(), "components" | "schemas" | "properties" | "items" | "allOf");
    let names: Vec<_> = steps(place).filter(is_name).filter(|step| step.parse::<usize>().is_err()).collect();
    names.join("-")
}

/// Adds a property for every required name, with any value if the property is undescribed.
fn complete(schema: &mut Schema) {
    let SchemaKind::Type(Type::Object(object)) = &mut schema.schema_kind else { return };
    if object.properties.is_empty() {
        return;
    }
    for name in &object.required {
        object.properties.entry(name.clone()).or_insert_with(|| ReferenceOr::Item(Box::new(anything())));
    }
}

/// Removes parts that only describe, and uses their description for the whole.
fn forget_empty_parts(schema: &mut Schema) {
    let SchemaKind::AllOf { all_of: parts } = &mut schema.schema_kind else { return };
    let (empty, rest): (Vec<_>, Vec<_>) = parts.drain(..).partition(|part| part.as_item().is_some_and(adds_nothing));
    let mut described = empty.iter().filter_map(|part| part.as_item()?.schema_data.description.clone());
    if let (None, Some(description)) = (&schema.schema_data.description, described.next_back()) {
        schema.schema_data.description = Some(description);
    }
    *parts = if rest.is_empty() { empty } else { rest };
    unwrap_choice(schema);
}

/// Replaces a composition whose only part is a choice with that choice.
fn unwrap_choice(schema: &mut Schema) {
    let SchemaKind::AllOf { all_of: parts } = &mut schema.schema_kind else { return };
    if let [ReferenceOr::Item(part)] = &mut parts[..]
        && matches!(part.schema_kind, SchemaKind::OneOf { .. } | SchemaKind::AnyOf { .. })
    {
        let discriminator = part.schema_data.discriminator.take();
        let kind = std::mem::replace(&mut part.schema_kind, any_kind());
        schema.schema_data.discriminator = schema.schema_data.discriminator.take().or(discriminator);
        schema.schema_data.nullable |= part.schema_data.nullable;
        schema.schema_kind = kind;
    }
}

/// Whether a schema only states that values are objects.
fn adds_nothing(schema: &Schema) -> bool {
    says_nothing(schema)
        || matches!(&schema.schema_kind, SchemaKind::Type(Type::Object(object)) if is_any_object(object))
}

fn merge_one(openapi: &OpenAPI, schema: &mut Schema) {
    if !matches!(schema.schema_kind, SchemaKind::AllOf { .. }) {
        return;
    }
    let Some(mut wholes) = wholes(openapi, schema) else { return };
    if wholes.iter().all(|whole| whole.object.properties.is_empty()) {
        return;
    }
    if wholes.len() == 1 {
        let Whole { object, origins, .. } = wholes.remove(0);
        schema.schema_kind = SchemaKind::Type(Type::Object(object));
        origin::note_properties(schema, origins);
        return;
    }
    let discriminator = schema.schema_data.discriminator.take();
    let pointer = origin::of(schema).to_owned();
    let members = wholes.into_iter().map(|whole| ReferenceOr::Item(member(whole, discriminator.as_ref(), &pointer)));
    schema.schema_kind = SchemaKind::OneOf { one_of: members.collect() };
}

/// Returns one of several objects. The discriminator becomes a property with a constant value.
fn member(whole: Whole, discriminator: Option<&Discriminator>, pointer: &str) -> Schema {
    let Whole { mut object, origins, title, chosen } = whole;
    if let (Some(discriminator), Some(chosen)) = (discriminator, &chosen) {
        let name = &discriminator.property_name;
        let has_values = object.properties.get(name).and_then(ReferenceOr::as_item).is_some_and(|property| {
            matches!(&property.schema_kind, SchemaKind::Type(Type::String(text)) if !text.enumeration.is_empty())
        });
        if !has_values {
            object.properties.insert(name.clone(), ReferenceOr::Item(Box::new(constant(discriminator, chosen))));
        }
        if !object.required.contains(name) {
            object.required.push(name.clone());
        }
    }
    let mut schema = Schema { schema_data: SchemaData::default(), schema_kind: SchemaKind::Type(Type::Object(object)) };
    schema.schema_data.title = title;
    origin::note(&mut schema, pointer.to_owned());
    origin::note_properties(&mut schema, origins);
    schema
}

/// Returns the schema of a discriminator's values that name a component.
fn constant(discriminator: &Discriminator, component: &str) -> Schema {
    let named = |target: &str| component_name::<Schema>(target).unwrap_or(target) == component;
    let mapped = discriminator.mapping.iter().filter(|(_, target)| named(target));
    let mut tags: Vec<_> = mapped.map(|(tag, _)| Some(tag.clone())).collect();
    if tags.is_empty() {
        tags.push(Some(component.to_owned()));
    }
    let text = StringType { enumeration: tags, ..StringType::default() };
    Schema { schema_data: SchemaData::default(), schema_kind: SchemaKind::Type(Type::String(text)) }
}
