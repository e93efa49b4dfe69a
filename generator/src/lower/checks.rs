//! Turns the constraints of a schema into the rules to check before sending.

use openapiv3::{
    AdditionalProperties, IntegerType, NumberType, ReferenceOr, Schema, SchemaKind, StringType, Type,
    VariantOrUnknownOrEmpty,
};

use crate::kind::{Kind, kind_of};
use crate::model::{Bound, Rule};

/// Returns the rules of an inline schema; a named type has its own.
pub(super) fn rules(schema: &ReferenceOr<Schema>) -> Vec<Rule> {
    let kind = kind_of(schema);
    let ReferenceOr::Item(schema) = schema else { return Vec::new() };
    match &schema.schema_kind {
        SchemaKind::Type(Type::Number(number)) => number_rules(number),
        SchemaKind::Type(Type::Integer(integer)) => integer_rules(integer),
        SchemaKind::Type(Type::Boolean(boolean)) => values(boolean.enumeration.iter().flatten()),
        // Dates and identifiers are typed, so rules about their text do not apply.
        SchemaKind::Type(Type::String(text)) if kind == Kind::Text => text_rules(text),
        SchemaKind::Type(Type::Array(array)) => {
            let counts = [array.min_items.map(Rule::MinItems), array.max_items.map(Rule::MaxItems)];
            let items = array.items.as_ref().and_then(|items| item_rules(&items.clone().unbox()));
            counts.into_iter().chain([items]).flatten().collect()
        }
        SchemaKind::Type(Type::Object(object)) if object.properties.is_empty() => match &object.additional_properties {
            Some(AdditionalProperties::Schema(values)) => item_rules(values).into_iter().collect(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

fn item_rules(item: &ReferenceOr<Schema>) -> Option<Rule> {
    Some(rules(item)).filter(|rules| !rules.is_empty()).map(Rule::Items)
}

fn number_rules(number: &NumberType) -> Vec<Rule> {
    let minimum = if number.exclusive_minimum { Rule::ExclusiveMinimum } else { Rule::Minimum };
    let maximum = if number.exclusive_maximum { Rule::ExclusiveMaximum } else { Rule::Maximum };
    let rule = |value: Option<f64>, rule: fn(Bound) -> Rule| value.and_then(Bound::of).map(rule);
    [rule(number.minimum, minimum), rule(number.maximum, maximum), rule(number.multiple_of, Rule::MultipleOf)]
        .into_iter()
        .flatten()
        .chain(values(number.enumeration.iter().flatten()))
        .collect()
}

/// Returns the rule for the only values of a number or boolean.
fn values<T: ToString>(values: impl Iterator<Item = T>) -> Vec<Rule> {
    let values: Vec<_> = values.map(|value| value.to_string()).collect();
    if values.is_empty() { Vec::new() } else { vec![Rule::Values(values)] }
}

fn integer_rules(integer: &IntegerType) -> Vec<Rule> {
    let minimum = if integer.exclusive_minimum { Rule::ExclusiveMinimum } else { Rule::Minimum };
    let maximum = if integer.exclusive_maximum { Rule::ExclusiveMaximum } else { Rule::Maximum };
    let rule = |value: Option<i64>, rule: fn(Bound) -> Rule| value.map(|digits| rule(Bound { digits, scale: 0 }));
    [rule(integer.minimum, minimum), rule(integer.maximum, maximum), rule(integer.multiple_of, Rule::MultipleOf)]
        .into_iter()
        .flatten()
        .collect()
}

fn text_rules(text: &StringType) -> Vec<Rule> {
    let email = matches!(&text.format, VariantOrUnknownOrEmpty::Unknown(format) if format == "email");
    [text.min_length.map(Rule::MinLength), text.max_length.map(Rule::MaxLength), email.then_some(Rule::Email)]
        .into_iter()
        .flatten()
        .collect()
}

impl Bound {
    /// Returns the exact decimal of a float's shortest representation, if its digits fit.
    fn of(value: f64) -> Option<Self> {
        let text = value.to_string();
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        let digits = format!("{whole}{fraction}").parse().ok()?;
        let scale = u32::try_from(fraction.len()).ok().filter(|scale| *scale <= 28)?;
        Some(Self { digits, scale })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_exact() {
        for (value, digits, scale) in [(0.0, 0, 0), (0.01, 1, 2), (-2.5, -25, 1), (100.0, 100, 0), (1e-7, 1, 7)] {
            assert_eq!(Bound::of(value), Some(Bound { digits, scale }), "{value}");
        }
        assert_eq!(Bound::of(1e300), None);
        assert_eq!(Bound::of(1e-300), None);
    }
}
