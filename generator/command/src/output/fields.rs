//! An object as lines of name and value.

use serde_json::value::RawValue;

use super::escape;
use super::shown::Shown;
use crate::columns::CURRENCY;
use crate::record::{Record, items};
use clientsmith_runtime::api::Kind;
use clientsmith_runtime::mock::spec::MockSpec;

/// How deep objects are taken apart; what is deeper is shown as JSON.
const DEPTH: usize = 8;

/// A name, such as `seller.links[0].url`, and a value.
pub(crate) type Line = (String, String);

/// The fields of an object: those that its type documents in their order, then the others in theirs.
pub(crate) fn fields(shown: &Shown, table: &'static MockSpec, kind: Kind, value: &RawValue) -> Vec<Line> {
    let mut fields = Fields { shown, table, lines: Vec::new() };
    fields.add(&Entry { name: String::new(), kind, value, currency: None }, 0);
    fields.lines
}

struct Fields<'a> {
    shown: &'a Shown,
    table: &'static MockSpec,
    lines: Vec<Line>,
}

struct Entry<'a> {
    name: String,
    kind: Kind,
    value: &'a RawValue,
    /// What the object says about its amounts.
    currency: Option<&'a RawValue>,
}

impl Fields<'_> {
    fn add(&mut self, entry: &Entry<'_>, depth: usize) {
        let inner = if depth < DEPTH { self.inside(entry) } else { Vec::new() };
        for entry in &inner {
            self.add(entry, depth + 1);
        }
        if inner.is_empty() {
            let Entry { name, kind, value, currency } = entry;
            self.lines.push((escape::line(name).into_owned(), self.shown.text(*kind, Some(value), *currency)));
        }
    }

    /// The values in an object or a list of objects.
    fn inside<'a>(&self, Entry { name, kind, value, .. }: &Entry<'a>) -> Vec<Entry<'a>> {
        if let Some(record) = Record::parse(value.get()) {
            let currency = record.get(CURRENCY);
            let dot = if name.is_empty() { "" } else { "." };
            let entry = |(field, kind, value): (&str, Kind, &'a RawValue)| Entry {
                name: format!("{name}{dot}{field}"),
                kind,
                value,
                currency,
            };
            return self.ordered(*kind, &record).into_iter().map(entry).collect();
        }
        let items = items(value.get()).unwrap_or_default();
        if !items.iter().any(|item| item.get().starts_with('{')) {
            return Vec::new();
        }
        let kind = if let Kind::List(kind) = kind { **kind } else { Kind::Any };
        let item = |(place, value)| Entry { name: format!("{name}[{place}]"), kind, value, currency: None };
        items.into_iter().enumerate().map(item).collect()
    }

    fn ordered<'a, 'r>(&self, kind: Kind, record: &'r Record<'a>) -> Vec<(&'r str, Kind, &'a RawValue)> {
        let documented = match kind {
            Kind::Named(name) => self.table.api.object(name).map(|object| object.fields).unwrap_or_default(),
            _ => &[],
        };
        let other = if let Kind::Map(kind) = kind { *kind } else { Kind::Any };
        let known =
            documented.iter().filter_map(|field| record.get(field.name).map(|value| (field.name, field.kind, value)));
        let others = record.iter().filter(|(name, _)| !documented.iter().any(|field| field.name == *name));
        known.chain(others.map(|(name, value)| (name, other, value))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::TABLE;
    use crate::output::Times;

    #[track_caller]
    fn check(kind: Kind, json: &str, expected: &[(&str, &str)]) {
        let value: &RawValue = serde_json::from_str(json).unwrap();
        let lines = fields(&Shown::new(Times::Utc), &TABLE, kind, value);
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
