//! Makes values of documented types, for responses without a sample.

use serde_json::{Map, Value, json};

use crate::api::{ApiSpec, Bound, Field, Kind, Rule};

/// The depth from which lists are empty, and objects have only their required fields.
const SHALLOW: usize = 3;
/// The depth from which values are null: the document describes only endless values.
const DEEPEST: usize = 24;

/// Returns a value of a kind: objects with their required fields and all plain ones, lists with one item.
pub(crate) fn value(api: &ApiSpec, kind: &Kind, rules: &[Rule], depth: usize) -> Value {
    if depth > DEEPEST {
        return Value::Null;
    }
    if let Some(value) = rules.iter().find_map(only_value) {
        return value;
    }
    match kind {
        Kind::String | Kind::File => Value::from(string(rules)),
        Kind::Boolean => json!(true),
        Kind::Integer | Kind::Number | Kind::Decimal => json!(number(rules)),
        Kind::Timestamp => json!("2024-01-01T00:00:00Z"),
        Kind::Date => json!("2024-01-01"),
        Kind::Uuid => json!("00000000-0000-4000-8000-000000000001"),
        Kind::Any | Kind::Map(_) => json!({}),
        Kind::Nullable(inner) => value(api, inner, rules, depth),
        Kind::List(item) => {
            let least =
                rules.iter().find_map(|rule| if let Rule::MinItems(least) = rule { Some(*least) } else { None });
            let count = least.unwrap_or(usize::from(depth < SHALLOW));
            let item = value(api, item, inner_rules(rules), depth + 1);
            Value::Array(vec![item; count])
        }
        Kind::Named(name) => named(api, name, depth),
    }
}

fn named(api: &ApiSpec, name: &str, depth: usize) -> Value {
    if let Some(object) = api.object(name) {
        return Value::Object(fields(api, object.fields, depth));
    }
    if let Some(known) = api.enumeration(name) {
        let first = known.values.first().copied().unwrap_or_default();
        return if known.integers { json!(first.parse::<i64>().unwrap_or_default()) } else { json!(first) };
    }
    if let Some(newtype) = api.newtype(name) {
        return value(api, &newtype.kind, newtype.rules, depth + 1);
    }
    let Some(union) = api.union(name) else { return json!({}) };
    let Some(member) = union.members.first() else { return json!({}) };
    let mut made = value(api, &member.kind, member.rules, depth + 1);
    if let (Some(tag), Some(value), Some(object)) = (union.tag, member.tags.first(), made.as_object_mut()) {
        object.insert(tag.to_owned(), json!(value));
    }
    made
}

fn fields(api: &ApiSpec, fields: &[Field], depth: usize) -> Map<String, Value> {
    let is_shown = |field: &&Field| field.required || (depth < SHALLOW && is_plain(api, &field.kind));
    let shown = fields.iter().filter(is_shown);
    shown.map(|field| (field.name.to_owned(), value(api, &field.kind, field.rules, depth + 1))).collect()
}

/// Whether values of a kind contain no others.
fn is_plain(api: &ApiSpec, kind: &Kind) -> bool {
    match kind {
        Kind::Nullable(inner) => is_plain(api, inner),
        Kind::List(_) | Kind::Map(_) | Kind::Any => false,
        Kind::Named(name) => api.enumeration(name).is_some(),
        _ => true,
    }
}

fn only_value(rule: &Rule) -> Option<Value> {
    let Rule::Values(values) = rule else { return None };
    serde_json::from_str(values.first()?).ok()
}

fn inner_rules(rules: &[Rule]) -> &[Rule] {
    rules.iter().find_map(|rule| if let Rule::Items(rules) = rule { Some(*rules) } else { None }).unwrap_or_default()
}

fn string(rules: &[Rule]) -> String {
    let is_email = rules.iter().any(|rule| matches!(rule, Rule::Email));
    let text = if is_email { "user@example.com" } else { "text" };
    rules.iter().fold(text.to_owned(), |text, rule| match rule {
        Rule::MinLength(least) => format!("{text:x<least$}"),
        Rule::MaxLength(most) => text.chars().take(*most).collect(),
        _ => text,
    })
}

/// Returns a whole number that satisfies the rules, if one does.
fn number(rules: &[Rule]) -> i64 {
    let floor = |bound: &Bound| i64::try_from(bound.decimal().floor()).unwrap_or_default();
    let ceil = |bound: &Bound| i64::try_from(bound.decimal().ceil()).unwrap_or_default();
    let (mut least, mut most, mut step) = (i64::MIN, i64::MAX, 1);
    for rule in rules {
        match rule {
            Rule::Minimum(bound) => least = least.max(ceil(bound)),
            Rule::ExclusiveMinimum(bound) => least = least.max(floor(bound).saturating_add(1)),
            Rule::Maximum(bound) => most = most.min(floor(bound)),
            Rule::ExclusiveMaximum(bound) => most = most.min(ceil(bound).saturating_sub(1)),
            Rule::MultipleOf(bound) => step = ceil(bound).max(1),
            _ => {}
        }
    }
    let number = 1.max(least).min(most);
    let below = number.div_euclid(step).saturating_mul(step);
    let above = if below == number { below } else { below.saturating_add(step) };
    if above <= most { above } else { below }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::API;

    #[test]
    fn numbers() {
        for (rules, expected) in [
            (&[][..], 1),
            (&[Rule::Minimum(Bound::new(75, 1))], 8),
            (&[Rule::ExclusiveMinimum(Bound::new(7, 0))], 8),
            (&[Rule::Maximum(Bound::new(-15, 1))], -2),
            (&[Rule::ExclusiveMaximum(Bound::new(1, 0))], 0),
            (&[Rule::Minimum(Bound::new(5, 0)), Rule::MultipleOf(Bound::new(3, 0))], 6),
            (&[Rule::Maximum(Bound::new(-3, 0)), Rule::MultipleOf(Bound::new(2, 0))], -4),
            (&[Rule::MultipleOf(Bound::new(1, 2))], 1),
            (&[Rule::Minimum(Bound::new(i64::MAX, 0)), Rule::MultipleOf(Bound::new(i64::MAX, 0))], i64::MAX),
        ] {
            assert_eq!(number(rules), expected, "{rules:?}");
        }
    }

    #[test]
    fn endless_values_are_null() {
        const ENDLESS: Kind = Kind::Nullable(&Kind::List(&Kind::List(&Kind::Named("nothing"))));
        assert_eq!(value(&API, &ENDLESS, &[], 0), json!([[{}]]));
        assert_eq!(value(&API, &Kind::String, &[], DEEPEST + 1), Value::Null);
        assert_eq!(value(&API, &Kind::Boolean, &[Rule::Values(&["false"])], 0), json!(false));
        let rules = [Rule::MinItems(2), Rule::Items(&[Rule::MinLength(5)])];
        assert_eq!(value(&API, &Kind::List(&Kind::String), &rules, 9), json!(["textx", "textx"]));
    }
}
