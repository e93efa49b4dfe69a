//! Formats an object as lines of field name and value.

use clientsmith_runtime::api::Kind;
use clientsmith_runtime::mock::spec::MockSpec;
use serde_json::value::RawValue;

use super::escape;
use super::formatter::Formatter;
use crate::json::{RawObject, array_items};
use crate::rows::CURRENCY;

/// The maximum depth of nested objects as lines; deeper ones are printed as JSON.
const DEPTH: usize = 8;

/// A dotted name, such as `seller.links[0].url`, and a value.
pub(crate) type FieldLine = (String, String);

/// Returns the fields of an object: documented fields in the order of the type, then the others.
pub(crate) fn fields(formatter: &Formatter, spec: &'static MockSpec, kind: Kind, value: &RawValue) -> Vec<FieldLine> {
    let mut fields = FieldLines { formatter, spec, lines: Vec::new() };
    fields.add(&FieldValue { name: String::new(), kind, value, currency: None }, 0);
    fields.lines
}

struct FieldLines<'a> {
    formatter: &'a Formatter,
    spec: &'static MockSpec,
    lines: Vec<FieldLine>,
}

struct FieldValue<'a> {
    name: String,
    kind: Kind,
    value: &'a RawValue,
    /// The currency in the same object.
    currency: Option<&'a RawValue>,
}

impl FieldLines<'_> {
    fn add(&mut self, entry: &FieldValue<'_>, depth: usize) {
        let inner = if depth < DEPTH { self.inside(entry) } else { Vec::new() };
        for entry in &inner {
            self.add(entry, depth + 1);
        }
        if inner.is_empty() {
            let FieldValue { name, kind, value, currency } = entry;
            self.lines.push((escape::line(name).into_owned(), self.formatter.text(*kind, Some(value), *currency)));
        }
    }

    /// Returns the fields of an object, or the items of a list of objects.
    fn inside<'a>(&self, FieldValue { name, kind, value, .. }: &FieldValue<'a>) -> Vec<FieldValue<'a>> {
        if let Some(object) = RawObject::parse(value.get()) {
            let currency = object.get(CURRENCY);
            let dot = if name.is_empty() { "" } else { "." };
            let entry = |(field, kind, value): (&str, Kind, &'a RawValue)| FieldValue {
                name: format!("{name}{dot}{field}"),
                kind,
                value,
                currency,
            };
            return self.ordered(*kind, &object).into_iter().map(entry).collect();
        }
        let elements = array_items(value.get()).unwrap_or_default();
        if !elements.iter().any(|item| item.get().starts_with('{')) {
            return Vec::new();
        }
        let kind = if let Kind::List(kind) = kind { **kind } else { Kind::Any };
        let item = |(index, value)| FieldValue { name: format!("{name}[{index}]"), kind, value, currency: None };
        elements.into_iter().enumerate().map(item).collect()
    }

    fn ordered<'a, 'r>(&self, kind: Kind, object: &'r RawObject<'a>) -> Vec<(&'r str, Kind, &'a RawValue)> {
        let documented = match kind {
            Kind::Named(name) => self.spec.api.object(name).map(|object| object.fields).unwrap_or_default(),
            _ => &[],
        };
        let other = if let Kind::Map(kind) = kind { *kind } else { Kind::Any };
        let known =
            documented.iter().filter_map(|field| object.get(field.name).map(|value| (field.name, field.kind, value)));
        let others = object.iter().filter(|(name, _)| !documented.iter().any(|field| field.name == *name));
        known.chain(others.map(|(name, value)| (name, other, value))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::SPEC;
    use crate::output::Zone;

    #[track_caller]
    fn check(kind: Kind, json: &str, expected: &[(&str, &str)]) {
        let value: &RawValue = serde_json::from_str(json).unwrap();
        let lines = fields(&Formatter::new(Zone::Utc), &SPEC, kind, value);
        let lines: Vec<_> = lines.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(lines, expected);
    }

    #[test]
    fn documented_fields_come_first_and_unknown_ones_too() {
        check(
            Kind::Named("Sale"),
            r#"{"updated_at": "2025-06-01T12:00:04Z", "made_at": "2025-06-01T12:00:04Z", "amount": 49,
                "currency": "usd", "id": "1", "receipt": null, "a\u001bb": {"x": [1, 2], "\u202e": {}},
                "seller": {"links": [{"code": "ada", "n": 1}], "y": 1.50, "visits": [], "email": "a\nb"}}"#,
            &[
                ("id", "1"),
                ("amount", "49.00 USD"),
                ("currency", "usd"),
                ("made_at", "2025-06-01 12:00 UTC"),
                ("seller.email", "a\\nb"),
                ("seller.links[0].code", "ada"),
                ("seller.links[0].n", "1"),
                ("seller.visits", "[]"),
                ("seller.y", "1.50"),
                ("receipt", ""),
                ("updated_at", "2025-06-01T12:00:04Z"),
                ("a\\u001bb.x", "[1,2]"),
                ("a\\u001bb.\\u202e", "{}"),
            ],
        );
    }

    #[test]
    fn values_of_no_known_type() {
        check(Kind::Any, r#"{"b":{"c":true},"a":"x"}"#, &[("b.c", "true"), ("a", "x")]);
        check(Kind::Map(&Kind::Timestamp), r#"{"b":"2025-06-01T12:00:04Z"}"#, &[("b", "2025-06-01 12:00 UTC")]);
        check(Kind::String, r#""x""#, &[("", "x")]);
        check(Kind::Any, "null", &[("", "")]);
        let deep = "{\"a\":".repeat(10) + "1" + &"}".repeat(10);
        check(Kind::Any, &deep, &[("a.a.a.a.a.a.a.a", r#"{"a":{"a":1}}"#)]);
    }
}
