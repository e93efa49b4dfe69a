//! Expands a composition into the objects that its values can be.

use openapiv3::{ObjectType, OpenAPI, ReferenceOr, Schema, SchemaKind, Type};
use serde_json::{Map, Value};

use super::intersections::both;
use super::untyped::give_types_in;
use crate::anything::{anything, says_nothing};
use crate::document::{boxed_schema, component_name, resolve};
use crate::kind::is_any_object;
use crate::origin;
use crate::source::join;

/// The maximum depth of nested compositions.
const DEPTH: usize = 16;
/// The maximum number of parts to visit; later parts are ignored.
const MOST_PARTS: usize = 5_000;
/// The maximum number of alternative objects; more are merged into one object with all their properties.
const MOST: usize = 24;

/// One of the objects that the values of a composition can be.
#[derive(Clone, Default)]
pub(super) struct Whole {
    pub(super) object: ObjectType,
    /// The place of each property.
    pub(super) origins: Map<String, Value>,
    /// The titles or component names of the chosen alternatives.
    pub(super) title: Option<String>,
    /// The chosen component, if there was only one choice.
    pub(super) chosen: Option<String>,
}

/// Returns the objects; `None` if a part does not describe objects.
pub(super) fn wholes(openapi: &OpenAPI, schema: &Schema) -> Option<Vec<Whole>> {
    let wholes = Composition { openapi, within: Vec::new(), parts: 0 }.schema(schema, DEPTH)?;
    Some(wholes).filter(|wholes| !wholes.is_empty())
}

struct Composition<'a> {
    openapi: &'a OpenAPI,
    /// The references being followed.
    within: Vec<&'a str>,
    /// The number of parts visited so far.
    parts: usize,
}

impl<'a> Composition<'a> {
    fn schema(&mut self, schema: &'a Schema, depth: usize) -> Option<Vec<Whole>> {
        let depth = depth.checked_sub(1)?;
        self.parts += 1;
        if self.parts > MOST_PARTS {
            return Some(vec![Whole::default()]);
        }
        match &schema.schema_kind {
            SchemaKind::Type(Type::Object(object)) => Some(vec![of_object(schema, object)]),
            SchemaKind::AllOf { all_of: parts } => parts.iter().try_fold(vec![Whole::default()], |wholes, part| {
                Some(combine(self.openapi, &wholes, &self.part(part, depth)?))
            }),
            SchemaKind::OneOf { one_of: members } | SchemaKind::AnyOf { any_of: members } => {
                self.choice(members, depth)
            }
            _ if says_nothing(schema) => Some(vec![Whole::default()]),
            _ => None,
        }
    }

    fn part(&mut self, part: &'a ReferenceOr<Schema>, depth: usize) -> Option<Vec<Whole>> {
        let ReferenceOr::Reference { reference } = part else { return self.schema(part.as_item()?, depth) };
        if self.within.contains(&reference.as_str()) {
            return None;
        }
        self.within.push(reference);
        let wholes = resolve(self.openapi, part).and_then(|schema| self.schema(schema, depth));
        self.within.pop();
        wholes
    }

    /// Returns the objects of a choice. Members that are not objects are ignored.
    fn choice(&mut self, members: &'a [ReferenceOr<Schema>], depth: usize) -> Option<Vec<Whole>> {
        let is_circle = |member: &ReferenceOr<Schema>| matches!(member, ReferenceOr::Reference { reference } if self.within.contains(&reference.as_str()));
        // A member contains the composition itself, so the other parts of the composition decide which member it is.
        if members.iter().any(is_circle) {
            return Some(vec![Whole::default()]);
        }
        let mut wholes = Vec::new();
        for member in members {
            let component = match member {
                ReferenceOr::Reference { reference } => component_name::<Schema>(reference),
                ReferenceOr::Item(_) => None,
            };
            let title = component.or_else(|| member.as_item()?.schema_data.title.as_deref());
            let found = self.part(member, depth).unwrap_or_default();
            let is_one = found.len() == 1;
            wholes.extend(found.into_iter().map(|whole| Whole {
                title: title.filter(|_| is_one).map(str::to_owned).or(whole.title.clone()),
                chosen: component.map(str::to_owned),
                ..whole
            }));
        }
        // Alternatives that only require properties are not different types.
        if !wholes.is_empty() && wholes.iter().all(|whole| whole.object.properties.is_empty()) {
            return Some(vec![Whole::default()]);
        }
        (!wholes.is_empty()).then(|| bounded(wholes))
    }
}

fn of_object(schema: &Schema, object: &ObjectType) -> Whole {
    let places = object.properties.keys().map(|name| (name.clone(), Value::String(origin::of_property(schema, name))));
    Whole { object: object.clone(), origins: places.collect(), title: None, chosen: None }
}

/// Combines every object of one part with every object of the other.
fn combine(openapi: &OpenAPI, wholes: &[Whole], parts: &[Whole]) -> Vec<Whole> {
    let (wholes, parts) = match wholes.len() * parts.len() {
        ..=MOST => (wholes.to_vec(), parts.to_vec()),
        _ => (vec![any_of(wholes.to_vec())], vec![any_of(parts.to_vec())]),
    };
    let several = wholes.len() > 1 && parts.len() > 1;
    wholes.iter().flat_map(|whole| parts.iter().map(move |part| one_object(openapi, whole, part, several))).collect()
}

/// Merges two objects, and the properties that both have.
fn one_object(openapi: &OpenAPI, whole: &Whole, part: &Whole, several: bool) -> Whole {
    let Whole { mut object, mut origins, title, chosen } = whole.clone();
    for (name, property) in &part.object.properties {
        let merged = match object.properties.get(name) {
            Some(known) if says_little(property) => described(known, property),
            Some(known) if !says_little(known) => refined(openapi, known, property),
            _ => property.clone(),
        };
        let is_new = !object.properties.get(name).is_some_and(|known| *known == merged);
        origins.extend(part.origins.get(name).filter(|_| is_new).map(|place| (name.clone(), place.clone())));
        object.properties.insert(name.clone(), merged);
    }
    for name in &part.object.required {
        if !object.required.contains(name) {
            object.required.push(name.clone());
        }
    }
    object.additional_properties = object.additional_properties.or(part.object.additional_properties.clone());
    let title = match (title, &part.title) {
        (Some(one), Some(other)) => Some(format!("{one} {other}")),
        // The names of two choices cannot be combined.
        _ if several => None,
        (one, other) => one.or(other.clone()),
    };
    Whole { object, origins, title, chosen: if several { None } else { chosen.or(part.chosen.clone()) } }
}

/// Merges two definitions of a property. If they cannot be merged, the later one wins.
fn refined(
    openapi: &OpenAPI,
    known: &ReferenceOr<Box<Schema>>,
    property: &ReferenceOr<Box<Schema>>,
) -> ReferenceOr<Box<Schema>> {
    // Two parts may inherit a property from the same component.
    if is_same(known, property) {
        return known.clone();
    }
    let [one, other] = [known, property].map(|schema| schema.clone().unbox());
    if let Some(mut merged) = both(openapi, &one, &other) {
        if let ReferenceOr::Item(merged) = &mut merged {
            give_types_in(merged);
        }
        return boxed_schema(merged);
    }
    let is_object = |schema: &ReferenceOr<Schema>| {
        let found = resolve(openapi, schema).map(|schema| &schema.schema_kind);
        matches!(found, Some(SchemaKind::Type(Type::Object(_)) | SchemaKind::AllOf { .. }))
    };
    // The target of a second reference usually contains the first.
    match &other {
        ReferenceOr::Item(refinement) if is_object(&one) && is_object(&other) => {
            let mut merged = refinement.clone();
            // The merged schema is not written at the place of the refinement.
            let place = join(origin::of(refinement), "allOf");
            origin::note(&mut merged, place);
            merged.schema_kind = SchemaKind::AllOf { all_of: vec![one, other] };
            boxed_schema(ReferenceOr::Item(merged))
        }
        _ => property.clone(),
    }
}

/// Returns a property with the description of a later definition.
fn described(known: &ReferenceOr<Box<Schema>>, property: &ReferenceOr<Box<Schema>>) -> ReferenceOr<Box<Schema>> {
    let Some(description) = property.as_item().and_then(|schema| schema.schema_data.description.clone()) else {
        return known.clone();
    };
    let mut described = match known.clone().unbox() {
        ReferenceOr::Item(schema) => schema,
        reference @ ReferenceOr::Reference { .. } => {
            Schema { schema_kind: SchemaKind::AllOf { all_of: vec![reference] }, ..anything() }
        }
    };
    described.schema_data.description = Some(description);
    boxed_schema(ReferenceOr::Item(described))
}

/// Whether a property has no constraints beyond being an object.
fn says_little(property: &ReferenceOr<Box<Schema>>) -> bool {
    property.as_item().is_some_and(|schema| {
        says_nothing(schema)
            || matches!(&schema.schema_kind, SchemaKind::Type(Type::Object(object)) if is_any_object(object))
    })
}

fn bounded(wholes: Vec<Whole>) -> Vec<Whole> {
    if wholes.len() > MOST { vec![any_of(wholes)] } else { wholes }
}

/// Merges several objects into one with all their properties, and any value where they disagree.
fn any_of(wholes: Vec<Whole>) -> Whole {
    let mut wholes = wholes.into_iter();
    let mut sum = Whole { title: None, chosen: None, ..wholes.next().unwrap_or_default() };
    for whole in wholes {
        for (name, property) in whole.object.properties {
            let place = whole.origins.get(&name).cloned();
            match sum.object.properties.get_mut(&name) {
                None => {
                    sum.origins.extend(place.map(|place| (name.clone(), place)));
                    sum.object.properties.insert(name, property);
                }
                Some(known) if is_same(known, &property) => {}
                Some(known) => *known = ReferenceOr::Item(Box::new(anything())),
            }
        }
        sum.object.required.retain(|name| whole.object.required.contains(name));
        sum.object.additional_properties = None;
    }
    sum
}

fn is_same(one: &ReferenceOr<Box<Schema>>, other: &ReferenceOr<Box<Schema>>) -> bool {
    origin::without(&one.clone().unbox()) == origin::without(&other.clone().unbox())
}
