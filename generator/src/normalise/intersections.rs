//! Intersects the parts of an `allOf` over strings, numbers, booleans, or lists into one schema.
//!
//! The result has every constraint of the parts, so all of them are documented and checked.

use indexmap::IndexMap;
use openapiv3::{AnySchema, OpenAPI, ReferenceOr, Schema, SchemaData, SchemaKind, Type};
use serde_json::Value;

use super::inline::each_root;
use crate::anything::anything;
use crate::document::{Child, boxed_schema, descend, resolve};
use crate::kind::alone;
use crate::origin::PLACE;

/// The maximum depth of nested compositions.
const DEPTH: usize = 16;

pub(super) fn merge(openapi: &mut OpenAPI) {
    let original = openapi.clone();
    each_root(openapi, &mut |_, root| {
        if let Child::Schema(schema) = root {
            descend(schema, &mut |child| {
                if let Child::Schema(schema) = child {
                    merge_one(&original, schema);
                }
            });
        }
    });
}

fn merge_one(openapi: &OpenAPI, schema: &mut Schema) {
    let Some(merged) = parts(schema).and_then(|parts| all(openapi, &parts)) else { return };
    match merged {
        ReferenceOr::Reference { .. } => schema.schema_kind = SchemaKind::AllOf { all_of: vec![merged] },
        ReferenceOr::Item(merged) => {
            schema.schema_kind = merged.schema_kind;
            inherit(&mut schema.schema_data, merged.schema_data);
        }
    }
}

/// Returns the parts of a composition. A schema's own keywords are a part.
fn parts(schema: &Schema) -> Option<Vec<ReferenceOr<Schema>>> {
    match &schema.schema_kind {
        SchemaKind::AllOf { all_of } if alone(schema).is_none() => Some(all_of.clone()),
        SchemaKind::Any(any) if !any.all_of.is_empty() => {
            let own = SchemaKind::Any(AnySchema { all_of: Vec::new(), ..any.clone() });
            let own = Schema { schema_kind: own, ..anything() };
            Some(any.all_of.iter().cloned().chain([ReferenceOr::Item(own)]).collect())
        }
        _ => None,
    }
}

fn all(openapi: &OpenAPI, parts: &[ReferenceOr<Schema>]) -> Option<ReferenceOr<Schema>> {
    let (first, rest) = parts.split_first()?;
    keywords(openapi, first, DEPTH)?;
    rest.iter().try_fold(first.clone(), |merged, part| both(openapi, &merged, part))
}

/// Returns the intersection of two schemas; `None` if a schema is an object or a choice, or if they contradict each
/// other. A schema with all constraints of the other is returned unchanged, so a reference stays one.
pub(super) fn both(
    openapi: &OpenAPI,
    one: &ReferenceOr<Schema>,
    other: &ReferenceOr<Schema>,
) -> Option<ReferenceOr<Schema>> {
    let (left, right) = (keywords(openapi, one, DEPTH)?, keywords(openapi, other, DEPTH)?);
    let sum = intersection(openapi, &left, &right).ok()?;
    let same = if sum == left && (sum != right || one.as_item().is_none()) {
        Some(one)
    } else {
        Some(other).filter(|_| sum == right)
    };
    let is_reference = same.is_some_and(|same| same.as_item().is_none());
    let data = |part: &ReferenceOr<Schema>| match part {
        // A reference leads to what its target states.
        ReferenceOr::Reference { .. } if is_reference => Some(SchemaData::default()),
        _ => Some(resolve(openapi, part)?.schema_data.clone()),
    };
    let mut merged = data(other)?;
    inherit(&mut merged, data(one)?);
    // Lists about known values follow the order of one enumeration.
    if !sum.enumeration.is_empty() {
        let own = same.and_then(|same| Some(same.as_item()?.schema_data.extensions.clone()));
        let place = merged.extensions.shift_remove_entry(PLACE);
        merged.extensions = own.unwrap_or_else(|| place.into_iter().collect());
    }
    // A type forbids null; a schema without one does not.
    let [own, refined] = [resolve(openapi, one)?, resolve(openapi, other)?].map(|schema| schema.schema_data.nullable);
    merged.nullable = if left.typ.is_some() && right.typ.is_some() { own && refined } else { own || refined };
    let schema_kind = match same {
        Some(reference @ ReferenceOr::Reference { .. }) if is_silent(&merged) => return Some(reference.clone()),
        Some(reference @ ReferenceOr::Reference { .. }) => SchemaKind::AllOf { all_of: vec![reference.clone()] },
        Some(ReferenceOr::Item(same)) => same.schema_kind.clone(),
        None => SchemaKind::Any(sum),
    };
    Some(ReferenceOr::Item(Schema { schema_data: merged, schema_kind }))
}

/// Whether a schema states nothing beside its kind.
fn is_silent(data: &SchemaData) -> bool {
    let extensions = IndexMap::new();
    data.extensions.keys().all(|name| name == PLACE)
        && SchemaData { extensions, ..data.clone() } == SchemaData::default()
}

/// Adds what a schema does not state itself.
fn inherit(data: &mut SchemaData, from: SchemaData) {
    data.nullable |= from.nullable;
    data.read_only |= from.read_only;
    data.write_only |= from.write_only;
    data.deprecated |= from.deprecated;
    data.description = data.description.take().or(from.description);
    data.default = data.default.take().or(from.default);
    data.example = data.example.take().or(from.example);
    for (name, value) in from.extensions {
        data.extensions.entry(name).or_insert(value);
    }
}

/// Returns the keywords of a schema, including those of its parts.
fn keywords(openapi: &OpenAPI, schema: &ReferenceOr<Schema>, depth: usize) -> Option<AnySchema> {
    let depth = depth.checked_sub(1)?;
    match &resolve(openapi, schema)?.schema_kind {
        SchemaKind::Type(Type::Object(_)) => None,
        SchemaKind::OneOf { one_of: members } | SchemaKind::AnyOf { any_of: members } => {
            values_of(openapi, members, depth)
        }
        SchemaKind::Type(typed) => serde_json::from_value(serde_json::to_value(typed).ok()?).ok(),
        SchemaKind::AllOf { all_of } => sum(openapi, AnySchema::default(), all_of, depth),
        // The server checks `not`.
        SchemaKind::Not { .. } => Some(AnySchema::default()),
        SchemaKind::Any(any) => {
            let is_scalar = any.properties.is_empty()
                && any.required.is_empty()
                && any.additional_properties.is_none()
                && any.min_properties.is_none()
                && any.max_properties.is_none()
                && any.typ.as_deref() != Some("object");
            let [all_of, one_of, any_of] = [(); 3].map(|()| Vec::new());
            let own = AnySchema { all_of, one_of, any_of, not: None, ..any.clone() };
            let choices = [&any.one_of, &any.any_of].into_iter().filter(|members| !members.is_empty());
            let own = is_scalar.then_some(own).and_then(|own| sum(openapi, own, &any.all_of, depth))?;
            choices
                .into_iter()
                .try_fold(own, |own, members| intersection(openapi, &own, &values_of(openapi, members, depth)?).ok())
        }
    }
}

/// Returns the values of a choice between enumerations of one type; `None` for other choices.
fn values_of(openapi: &OpenAPI, members: &[ReferenceOr<Schema>], depth: usize) -> Option<AnySchema> {
    let parts: Vec<_> = members.iter().map(|member| keywords(openapi, member, depth)).collect::<Option<_>>()?;
    let typ = parts.first()?.typ.clone()?;
    let mut enumeration = Vec::new();
    for part in parts {
        if part.typ.as_ref() != Some(&typ) || part.enumeration.is_empty() {
            return None;
        }
        enumeration.extend(part.enumeration);
    }
    Some(AnySchema { typ: Some(typ), enumeration, ..AnySchema::default() })
}

fn sum(openapi: &OpenAPI, own: AnySchema, parts: &[ReferenceOr<Schema>], depth: usize) -> Option<AnySchema> {
    parts.iter().try_fold(own, |sum, part| intersection(openapi, &sum, &keywords(openapi, part, depth)?).ok())
}

/// Returns the constraints of both schemas; a conflict if no value or no single schema meets them.
fn intersection(openapi: &OpenAPI, one: &AnySchema, other: &AnySchema) -> Result<AnySchema, Conflict> {
    let (minimum, exclusive_minimum) =
        stricter((one.minimum, one.exclusive_minimum), (other.minimum, other.exclusive_minimum), f64::gt);
    let (maximum, exclusive_maximum) =
        stricter((one.maximum, one.exclusive_maximum), (other.maximum, other.exclusive_maximum), f64::lt);
    Ok(AnySchema {
        typ: agree(one.typ.as_ref(), other.typ.as_ref(), |one, other| match (one.as_str(), other.as_str()) {
            ("integer", "number") | ("number", "integer") => Some("integer".to_owned()),
            _ => None,
        })?,
        pattern: agree(one.pattern.as_ref(), other.pattern.as_ref(), |one, other| {
            Some(format!(r"^(?=[\s\S]*(?:{one}))(?=[\s\S]*(?:{other}))"))
        })?,
        multiple_of: agree(one.multiple_of.as_ref(), other.multiple_of.as_ref(), |one, other| {
            common_multiple(*one, *other)
        })?,
        minimum,
        exclusive_minimum,
        maximum,
        exclusive_maximum,
        items: match (&one.items, &other.items) {
            (Some(one), Some(other)) => {
                Some(boxed_schema(both(openapi, &one.clone().unbox(), &other.clone().unbox()).ok_or(Conflict)?))
            }
            (items, None) | (None, items) => items.clone(),
        },
        min_items: one.min_items.max(other.min_items),
        max_items: least(one.max_items, other.max_items),
        unique_items: one.unique_items.max(other.unique_items),
        enumeration: agree_on_values(&one.enumeration, &other.enumeration)?,
        format: agree(one.format.as_ref(), other.format.as_ref(), |one, other| {
            let narrow = ["int32", "float"].into_iter().find(|format| one == format || other == format);
            Some(narrow.map_or_else(|| other.clone(), str::to_owned))
        })?,
        min_length: one.min_length.max(other.min_length),
        max_length: least(one.max_length, other.max_length),
        ..AnySchema::default()
    })
}

/// No value, or no single schema, meets two keywords.
struct Conflict;

/// Returns the keyword that is present; if both are and differ, the result of `combine`.
fn agree<T: Clone + PartialEq>(
    one: Option<&T>,
    other: Option<&T>,
    combine: impl FnOnce(&T, &T) -> Option<T>,
) -> Result<Option<T>, Conflict> {
    match (one, other) {
        (Some(one), Some(other)) if one != other => combine(one, other).map(Some).ok_or(Conflict),
        (present, None) | (_, present) => Ok(present.cloned()),
    }
}

/// Returns the values of both enumerations; an empty one allows every value.
fn agree_on_values(one: &[Value], other: &[Value]) -> Result<Vec<Value>, Conflict> {
    if one.is_empty() || other.is_empty() {
        return Ok([one, other].concat());
    }
    let common: Vec<_> = one.iter().filter(|value| other.contains(value)).cloned().collect();
    if common.is_empty() { Err(Conflict) } else { Ok(common) }
}

type Bound = (Option<f64>, Option<bool>);

fn stricter(one: Bound, other: Bound, is_stricter: fn(&f64, &f64) -> bool) -> Bound {
    match (one.0, other.0) {
        (Some(left), Some(right)) if is_stricter(&right, &left) => other,
        (Some(left), Some(right)) if is_stricter(&left, &right) => one,
        (Some(_), Some(_)) => (one.0, one.1.max(other.1)),
        (Some(_), None) => one,
        (None, _) => other,
    }
}

fn least(one: Option<usize>, other: Option<usize>) -> Option<usize> {
    one.into_iter().chain(other).min()
}

/// Returns the least common multiple of two numbers, if it is one of them or both are integers.
fn common_multiple(one: f64, other: f64) -> Option<f64> {
    let (small, large) = (one.min(other), one.max(other));
    let mut multiples = (1..=1_000).map(|factor| large * f64::from(factor));
    multiples.find(|multiple| (multiple / small).fract() == 0.0)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::normalise::untyped::give_types_in;

    fn merged(parts: &Value) -> Value {
        let mut schema: Schema = serde_json::from_value(json!({ "allOf": parts })).expect("a schema");
        let components = json!({"schemas": {
            "Color": {"type": "string", "enum": ["red", "green"]},
            "Count": {"allOf": [{"type": "integer", "minimum": 1}, {"maximum": 99}]},
            "Thing": {"type": "object", "properties": {"id": {"type": "string"}}},
        }});
        let document =
            json!({"openapi": "3.0.3", "info": {"title": "", "version": ""}, "paths": {}, "components": components});
        merge_one(&serde_json::from_value(document).expect("a document"), &mut schema);
        give_types_in(&mut schema);
        serde_json::to_value(schema).expect("JSON")
    }

    #[test]
    fn all_constraints_apply() {
        for (parts, expected) in [
            (
                json!([{"minimum": 1}, {"maximum": 9}, {"type": "integer"}]),
                json!({"type": "integer", "minimum": 1, "maximum": 9}),
            ),
            (json!([{"type": "integer"}, {"minimum": 1}]), json!({"type": "integer", "minimum": 1})),
            (
                json!([{"type": "integer", "minimum": 1, "maximum": 9}, {"type": "number", "minimum": 3, "maximum": 12}]),
                json!({"type": "integer", "minimum": 3, "maximum": 9}),
            ),
            (
                json!([{"type": "number", "minimum": 1}, {"minimum": 1, "exclusiveMinimum": true}]),
                json!({"type": "number", "minimum": 1.0, "exclusiveMinimum": true}),
            ),
            (
                json!([{"type": "number", "maximum": 1, "exclusiveMaximum": true}, {"maximum": 2}]),
                json!({"type": "number", "maximum": 1.0, "exclusiveMaximum": true}),
            ),
            (
                json!([{"type": "integer", "multipleOf": 4}, {"multipleOf": 6}, {"multipleOf": 2}]),
                json!({"type": "integer", "multipleOf": 12}),
            ),
            (
                json!([{"type": "integer", "format": "int64"}, {"format": "int32"}]),
                json!({"type": "integer", "format": "int32"}),
            ),
            (
                json!([{"type": "string", "minLength": 1, "maxLength": 9}, {"minLength": 2, "maxLength": 20}]),
                json!({"type": "string", "minLength": 2, "maxLength": 9}),
            ),
            (
                json!([{"type": "string", "pattern": "a"}, {"pattern": "b"}]),
                json!({"type": "string", "pattern": r"^(?=[\s\S]*(?:a))(?=[\s\S]*(?:b))"}),
            ),
            (
                json!([{"type": "string"}, {"enum": ["a", "b"]}, {"enum": ["b", "c"]}]),
                json!({"type": "string", "enum": ["b"]}),
            ),
            (
                json!([{"type": "array", "items": {"type": "integer", "minimum": 1}, "minItems": 1, "maxItems": 9},
                       {"items": {"maximum": 5}, "minItems": 2, "uniqueItems": true}]),
                json!({"type": "array", "items": {"type": "integer", "minimum": 1, "maximum": 5},
                       "minItems": 2, "maxItems": 9, "uniqueItems": true}),
            ),
            // Compositions inside compositions, and a component with parts.
            (
                json!([{"$ref": "#/components/schemas/Count"}, {"allOf": [{"minimum": 5}, {"multipleOf": 5}]}]),
                json!({"type": "integer", "minimum": 5, "maximum": 99, "multipleOf": 5}),
            ),
            (
                json!([{"$ref": "#/components/schemas/Color"}, {"enum": ["red"]}]),
                json!({"type": "string", "enum": ["red"]}),
            ),
            (json!([{"type": "string"}, {"not": {"enum": ["a"]}}]), json!({"type": "string"})),
        ] {
            assert_eq!(merged(&parts), expected, "{parts}");
        }
    }

    #[test]
    fn the_last_description_applies() {
        let color = json!({"$ref": "#/components/schemas/Color"});
        let described = json!({"description": "Of the door.", "default": "red"});
        let expected = json!({"allOf": [color], "description": "Of the door.", "default": "red"});
        assert_eq!(merged(&json!([color, described])), expected);
        let text = json!({"type": "string", "description": "Any color."});
        let expected = json!({"type": "string", "description": "Of the door.", "default": "red"});
        assert_eq!(merged(&json!([text, described])), expected);
    }

    /// A part that adds nothing to a component does not take its name away.
    #[test]
    fn a_component_with_all_constraints_stays_a_reference() {
        let color = json!({"$ref": "#/components/schemas/Color"});
        for parts in [json!([color, {"type": "string"}]), json!([{"enum": ["red", "green", "blue"]}, color])] {
            assert_eq!(merged(&parts), json!({"allOf": [color]}), "{parts}");
        }
    }

    #[test]
    fn other_compositions_and_contradictions_stay() {
        for parts in [
            json!([{"$ref": "#/components/schemas/Thing"}, {"type": "object", "required": ["id"]}]),
            json!([{"type": "string"}, {"oneOf": [{"type": "string", "format": "date"}, {"type": "string", "format": "uuid"}]}]),
            json!([{"type": "string"}, {"type": "integer"}]),
            json!([{"type": "string", "enum": ["a"]}, {"type": "string", "enum": ["b"]}]),
        ] {
            assert_eq!(merged(&parts), json!({ "allOf": parts }), "{parts}");
        }
    }
}
