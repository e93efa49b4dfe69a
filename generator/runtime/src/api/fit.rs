//! Decides whether a JSON value matches a type, and which variant of a union to use.

#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::collections::HashMap;

use serde_json::{Map, Value};

use super::form;
use super::{ApiSpec, Enumeration, Field, Kind, Member, Object, Rule, Union};

/// How well a value matches a type, from worst to best.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Fit {
    /// It cannot be a value of the type.
    No,
    /// It matches if the document is incomplete: an unknown value of an enumeration, or a violated rule.
    Tolerated,
    /// It matches everything that is documented.
    Exact,
}

impl ApiSpec {
    /// Returns the indices of the union's variants for a value, best first.
    ///
    /// The list contains the variants that the value matches exactly. They are ordered by the number of known
    /// properties, then by the narrowness of the type, then by the order of the document. Without an exact match, it
    /// contains the tolerated variant if there is only one.
    pub fn candidates(&self, union: &Union, value: &Value) -> Vec<usize> {
        let mut fits = Fits { api: self, known: HashMap::new() };
        let fits: Vec<Fit> = union.members.iter().map(|member| fits.member(member, value)).collect();
        let with = |wanted: Fit| (0..fits.len()).filter(|index| fits[*index] == wanted).collect::<Vec<_>>();
        let mut exact = with(Fit::Exact);
        if exact.is_empty() {
            let tolerated = with(Fit::Tolerated);
            // Several tolerated variants are ambiguous.
            return if tolerated.len() == 1 { tolerated } else { Vec::new() };
        }
        exact.sort_by_key(|index| {
            let kind = &union.members[*index].kind;
            (Reverse(self.known_properties(kind, value)), Reverse(narrowness(self, kind)))
        });
        exact
    }

    /// Whether a value may be of this kind.
    pub(crate) fn allows(&self, kind: &Kind, value: &Value) -> bool {
        Fits { api: self, known: HashMap::new() }.of(kind, value) != Fit::No
    }

    /// The number of a value's properties that are fields of the type.
    fn known_properties(&self, kind: &Kind, value: &Value) -> usize {
        let (Kind::Named(name), Some(entries)) = (kind, value.as_object()) else { return 0 };
        if let Some(object) = self.object(name) {
            return object.fields.iter().filter(|field| entries.contains_key(field.name)).count();
        }
        let members = self.union(name).map_or(&[][..], |union| union.members);
        members.iter().map(|member| self.known_properties(&member.kind, value)).max().unwrap_or_default()
    }
}

/// Ranks types whose values can match each other; a higher number is a narrower type.
fn narrowness(api: &ApiSpec, kind: &Kind) -> u8 {
    match kind {
        Kind::Any | Kind::File => 0,
        Kind::String | Kind::Number => 1,
        Kind::Decimal | Kind::Map(_) => 2,
        Kind::List(inner) | Kind::Nullable(inner) => narrowness(api, inner).max(2),
        Kind::Named(name) => api.newtype(name).map_or(4, |newtype| narrowness(api, &newtype.kind)),
        Kind::Boolean | Kind::Integer | Kind::Timestamp | Kind::Date | Kind::Uuid => 3,
    }
}

struct Fits<'a> {
    api: &'a ApiSpec,
    /// Cached results by value and type: a value inside several unions is checked once per type.
    known: HashMap<(usize, &'static str), Fit>,
}

impl Fits<'_> {
    /// If the variant is itself a union, it needs a variant for the value.
    fn member(&mut self, member: &Member, value: &Value) -> Fit {
        let union = if let Kind::Named(name) = member.kind { self.api.union(name) } else { None };
        match union {
            Some(union) => self.union(union, value),
            None => self.of(&member.kind, value).min(rules(member.rules, value)),
        }
    }

    fn of(&mut self, kind: &Kind, value: &Value) -> Fit {
        match (kind, value) {
            (Kind::Nullable(_), Value::Null) => Fit::Exact,
            (Kind::Nullable(inner), value) => self.of(inner, value),
            (Kind::List(item), Value::Array(items)) => self.all(item, items.iter()),
            (Kind::Map(item), Value::Object(entries)) => self.all(item, entries.values()),
            (Kind::Named(name), value) => self.named(name, value),
            // Amounts are also deserialized from strings.
            (Kind::Decimal, Value::String(text)) if form::is_decimal(text) => Fit::Tolerated,
            (kind, value) => exact_or(form::has(kind, value), Fit::No),
        }
    }

    fn all<'v>(&mut self, kind: &Kind, values: impl Iterator<Item = &'v Value>) -> Fit {
        let mut worst = Fit::Exact;
        for value in values {
            worst = worst.min(self.of(kind, value));
            if worst == Fit::No {
                break;
            }
        }
        worst
    }

    fn named(&mut self, name: &'static str, value: &Value) -> Fit {
        let key = (std::ptr::from_ref(value).addr(), name);
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        let fit = self.described(name, value);
        self.known.insert(key, fit);
        fit
    }

    fn described(&mut self, name: &str, value: &Value) -> Fit {
        if let Some(object) = self.api.object(name) {
            return value.as_object().map_or(Fit::No, |entries| self.object(object, entries));
        }
        if let Some(known) = self.api.enumeration(name) {
            return enumeration(known, value);
        }
        if let Some(union) = self.api.union(name) {
            // A value without a variant is kept unchanged.
            return self.union(union, value).max(Fit::Tolerated);
        }
        match self.api.newtype(name) {
            Some(newtype) => self.of(&newtype.kind, value).min(rules(newtype.rules, value)),
            None => Fit::Exact,
        }
    }

    fn union(&mut self, union: &Union, value: &Value) -> Fit {
        if let Some(tag) = union.tag {
            let tag = value.get(tag).and_then(Value::as_str);
            let member = union.members.iter().find(|member| tag.is_some_and(|tag| member.tags.contains(&tag)));
            return member.map_or(Fit::No, |member| self.member(member, value));
        }
        union.members.iter().map(|member| self.member(member, value)).max().unwrap_or(Fit::No)
    }

    fn object(&mut self, object: &Object, entries: &Map<String, Value>) -> Fit {
        let mut worst = Fit::Exact;
        for field in object.fields {
            worst = worst.min(self.field(field, entries.get(field.name)));
            if worst == Fit::No {
                return Fit::No;
            }
        }
        let unknown = entries.iter().filter(|(name, _)| object.field(name).is_none()).map(|(_, value)| value);
        match object.others {
            super::Others::Any => worst,
            // Deserializing keeps undocumented properties.
            super::Others::None => worst.min(exact_or(unknown.count() == 0, Fit::Tolerated)),
            super::Others::Of(kind) => worst.min(self.all(&kind, unknown).max(Fit::Tolerated)),
        }
    }

    fn field(&mut self, field: &Field, value: Option<&Value>) -> Fit {
        match value {
            None => exact_or(!field.required, Fit::No),
            Some(Value::Null) if field.nullable => Fit::Exact,
            // Deserializing treats null as absent.
            Some(Value::Null) if !field.required => Fit::Tolerated,
            Some(value) => self.of(&field.kind, value).min(rules(field.rules, value)),
        }
    }
}

fn enumeration(known: &Enumeration, value: &Value) -> Fit {
    let Some(text) = known.text_of(value) else { return Fit::No };
    match known.values {
        values if values.contains(&text.as_ref()) => Fit::Exact,
        // A constant distinguishes types.
        [_] => Fit::No,
        _ if known.closed => Fit::Tolerated,
        _ => Fit::Exact,
    }
}

fn rules(rules: &[Rule], value: &Value) -> Fit {
    let fit = |rule: &Rule| match rule {
        _ if rule.broken_by(value).is_none() => Fit::Exact,
        Rule::Values([_]) => Fit::No,
        _ => Fit::Tolerated,
    };
    rules.iter().map(fit).min().unwrap_or(Fit::Exact)
}

fn exact_or(is_exact: bool, otherwise: Fit) -> Fit {
    if is_exact { Fit::Exact } else { otherwise }
}
