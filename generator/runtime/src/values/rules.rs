//! Checks a value against a documented rule; a violation names the expected value.

use rust_decimal::Decimal;

use super::amount;
use super::check::Checked;
use crate::api::{Bound, Rule};

impl Rule {
    /// Returns the expectation, such as `must be greater than 0`, if the value violates the rule.
    pub(crate) fn broken_by(self, value: &(impl Checked + ?Sized)) -> Option<String> {
        let number = |holds: fn(Decimal, Decimal) -> bool, bound: Bound, expected: &str| {
            let bound = bound.decimal();
            value.number().filter(|number| !holds(*number, bound)).map(|_| format!("must be {expected} {bound}"))
        };
        let length = |fits: &dyn Fn(usize) -> bool, expected: String| {
            value.text().filter(|text| !fits(text.chars().count())).map(|_| expected)
        };
        let count = |fits: &dyn Fn(usize) -> bool, expected: String| {
            value.items().filter(|items| !fits(*items)).map(|_| expected)
        };
        match self {
            Self::Minimum(bound) => number(|number, bound| number >= bound, bound, "at least"),
            Self::ExclusiveMinimum(bound) => number(|number, bound| number > bound, bound, "greater than"),
            Self::Maximum(bound) => number(|number, bound| number <= bound, bound, "at most"),
            Self::ExclusiveMaximum(bound) => number(|number, bound| number < bound, bound, "less than"),
            Self::MultipleOf(bound) => number(
                |number, bound| number.checked_rem(bound).is_none_or(|rest| rest.is_zero()),
                bound,
                "a multiple of",
            ),
            Self::MinLength(least) => length(&|length| length >= least, size("at least", least, "character")),
            Self::MaxLength(most) => length(&|length| length <= most, size("at most", most, "character")),
            Self::MinItems(least) => count(&|items| items >= least, size("at least", least, "item")),
            Self::MaxItems(most) => count(&|items| items <= most, size("at most", most, "item")),
            Self::Values(values) => {
                let is_one = |text: &&str| {
                    value.truth().is_some_and(|truth| truth.to_string() == **text)
                        || value.number().is_some_and(|number| amount::decimal_in(text) == Some(number))
                };
                let has_one = value.truth().is_some() || value.number().is_some();
                (has_one && !values.iter().any(is_one)).then(|| format!("must be {}", values.join(" or ")))
            }
            Self::Items(rules) => {
                let mut broken = None;
                value.each(&mut |key, item| {
                    let expected = rules.iter().find_map(|rule| rule.broken_by(item));
                    broken = broken.take().or_else(|| expected.map(|expected| format!("{key} {expected}")));
                });
                broken
            }
            Self::Email => value.text().filter(|text| !is_email(text)).map(|_| "must be an e-mail address".to_owned()),
        }
    }
}

fn size(bound: &str, count: usize, unit: &str) -> String {
    format!("must have {bound} {count} {unit}{}", if count == 1 { "" } else { "s" })
}

fn is_email(text: &str) -> bool {
    let spaced = text.chars().any(|c| c.is_whitespace() || c.is_control());
    matches!(text.split_once('@'), Some((local, domain)) if !spaced && !local.is_empty() && !domain.is_empty() && !domain.contains('@'))
}
