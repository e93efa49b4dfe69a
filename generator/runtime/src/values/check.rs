//! Documented rules, checked before anything is sent; all violations come back in one error.

use std::collections::BTreeMap;

use bytes::Bytes;
use jiff::Timestamp;
use jiff::civil::Date;
use rust_decimal::Decimal;
use serde_json::{Map, Value};
use uuid::Uuid;

use super::amount;
use super::nullable::Nullable;
use crate::api::{Bound, Object, Rule};
use crate::error::{Error, Violation};

/// A value of a request that rules can look at: as a number, as a string, as a list, as an object with fields of its own.
pub trait Checked {
    /// The number that it is, if it is one.
    fn number(&self) -> Option<Decimal> {
        None
    }

    /// The string that it is, if it is one.
    fn text(&self) -> Option<&str> {
        None
    }

    /// How many items it has, if it is a list.
    fn items(&self) -> Option<usize> {
        None
    }

    /// Whether there is a value; null is one.
    fn is_set(&self) -> bool {
        true
    }

    /// Whether JSON numbers carry its amounts without loss.
    fn fits_json(&self) -> bool {
        true
    }

    /// Reports the violations inside.
    fn check(&self, checks: &mut Checks) {
        let _ = checks;
    }
}

/// Collects the violations of one request.
#[derive(Debug)]
pub struct Checks {
    operation: &'static str,
    /// The path of the value that is being checked.
    path: String,
    violations: Vec<Violation>,
}

impl Checks {
    pub(crate) fn new(operation: &'static str) -> Self {
        Self { operation, path: String::new(), violations: Vec::new() }
    }

    /// Checks fields of an object against their descriptions. Fields without rules need not be among them.
    pub fn fields(&mut self, object: &Object, values: &[(&str, &dyn Checked)]) {
        for (name, value) in values {
            let Some(field) = object.field(name) else { continue };
            self.rules(name, *value, field.rules);
            if !value.fits_json() {
                self.report(name, "must fit in a JSON number, as up to 15 significant digits do");
            }
            self.inside(name, |checks| value.check(checks));
        }
        let find = |wanted: &str| values.iter().find(|(name, _)| *name == wanted).map(|(_, value)| *value);
        for condition in object.conditions {
            let applies = find(condition.when).and_then(Checked::text).is_some_and(|text| condition.is.contains(&text));
            if applies && find(condition.field).is_some_and(|value| !value.is_set()) {
                let values = alternatives(condition.is);
                self.report(condition.field, format!("is required when `{}` is {values}", condition.when));
            }
        }
    }

    /// Checks one value; a value that is absent breaks no rule.
    pub(crate) fn rules(&mut self, name: &str, value: &(impl Checked + ?Sized), rules: &[Rule]) {
        for rule in rules {
            if let Some(expected) = rule.broken_by(value) {
                self.report(name, expected);
            }
        }
    }

    /// Checks a path parameter, which can be neither empty nor a relative segment.
    pub(crate) fn path(&mut self, name: &str, text: &str) {
        match text {
            "" => self.report(name, "must not be empty"),
            "." | ".." => self.report(name, "must not be a relative path"),
            _ => {}
        }
    }

    /// Whether this can be sent in a header; if not, that is reported.
    pub(crate) fn header(&mut self, name: &str, text: &str) -> bool {
        let valid = http::HeaderValue::try_from(text).is_ok();
        if !valid {
            self.report(name, "must hold only what a header can carry");
        }
        valid
    }

    /// Fails if anything was reported.
    pub(crate) fn finish(self) -> Result<(), Error> {
        if self.violations.is_empty() {
            return Ok(());
        }
        Err(Error::InvalidRequest { operation: self.operation, violations: self.violations })
    }

    pub(crate) fn report(&mut self, name: &str, rule: impl Into<String>) {
        self.violations.push(Violation { path: join(&self.path, name), rule: rule.into() });
    }

    fn inside(&mut self, name: &str, check: impl FnOnce(&mut Self)) {
        let inner = join(&self.path, name);
        let outer = std::mem::replace(&mut self.path, inner);
        check(self);
        self.path = outer;
    }
}

/// The path of what is called `name` inside of what has a path.
fn join(path: &str, name: &str) -> String {
    let dot = if path.is_empty() || name.starts_with('[') { "" } else { "." };
    format!("{path}{dot}{name}")
}

impl Rule {
    /// What the value must be, if it breaks the rule.
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
            Self::MinLength(least) => {
                length(&|length| length >= least, format!("must have at least {least} characters"))
            }
            Self::MaxLength(most) => length(&|length| length <= most, format!("must have at most {most} characters")),
            Self::MinItems(least) => count(&|items| items >= least, format!("must have at least {least} items")),
            Self::MaxItems(most) => count(&|items| items <= most, format!("must have at most {most} items")),
            Self::Email => value.text().filter(|text| !is_email(text)).map(|_| "must be an e-mail address".to_owned()),
        }
    }
}

fn is_email(text: &str) -> bool {
    let spaced = text.chars().any(|c| c.is_whitespace() || c.is_control());
    matches!(text.split_once('@'), Some((local, domain)) if !spaced && !local.is_empty() && !domain.is_empty() && !domain.contains('@'))
}

fn alternatives(values: &[&str]) -> String {
    values.iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(" or ")
}

/// Values that no rule is about.
macro_rules! plain {
    ($($ty:ty),*) => {
        $(impl Checked for $ty {})*
    };
}
plain!(bool, Bytes, Date, Map<String, Value>, Timestamp, Uuid);

macro_rules! numbers {
    ($($number:ty),*) => {
        $(impl Checked for $number {
            fn number(&self) -> Option<Decimal> {
                Some((*self).into())
            }
        })*
    };
}
numbers!(i8, u8, i16, u16, i32, u32, i64, u64);

macro_rules! floats {
    ($($float:ty),*) => {
        $(impl Checked for $float {
            fn number(&self) -> Option<Decimal> {
                Decimal::try_from(*self).ok()
            }
        })*
    };
}
floats!(f32, f64);

impl Checked for Decimal {
    fn number(&self) -> Option<Decimal> {
        Some(*self)
    }

    fn fits_json(&self) -> bool {
        amount::fits_json(self)
    }
}

impl Checked for String {
    fn text(&self) -> Option<&str> {
        Some(self)
    }
}

impl Checked for Value {
    fn number(&self) -> Option<Decimal> {
        match self {
            Self::Number(number) => match (number.as_i64(), number.as_u64()) {
                (Some(number), _) => Some(number.into()),
                (None, Some(number)) => Some(number.into()),
                (None, None) => {
                    let text = number.to_string();
                    let exact = text.parse().ok().or_else(|| Decimal::from_scientific(&text).ok());
                    exact.or_else(|| number.as_f64().map(nearest))
                }
            },
            _ => None,
        }
    }

    fn text(&self) -> Option<&str> {
        self.as_str()
    }

    fn items(&self) -> Option<usize> {
        self.as_array().map(Vec::len)
    }
}

/// For a number that no decimal can be: the one nearest to it that is on the same side of zero.
fn nearest(number: f64) -> Decimal {
    let size = if number.abs() < 1.0 { Decimal::new(1, Decimal::MAX_SCALE) } else { Decimal::MAX };
    if number < 0.0 { -size } else { size }
}

impl<T: Checked> Checked for Vec<T> {
    fn items(&self) -> Option<usize> {
        Some(self.len())
    }

    fn fits_json(&self) -> bool {
        self.iter().all(T::fits_json)
    }

    fn check(&self, checks: &mut Checks) {
        for (index, item) in self.iter().enumerate() {
            checks.inside(&format!("[{index}]"), |checks| item.check(checks));
        }
    }
}

impl<T: Checked> Checked for BTreeMap<String, T> {
    fn fits_json(&self) -> bool {
        self.values().all(T::fits_json)
    }

    fn check(&self, checks: &mut Checks) {
        for (key, value) in self {
            checks.inside(key, |checks| value.check(checks));
        }
    }
}

/// A value that may be missing has what its value has.
macro_rules! transparent {
    ($($wrapper:ident => $value:expr, $is_set:expr;)*) => {
        $(impl<T: Checked> Checked for $wrapper<T> {
            fn number(&self) -> Option<Decimal> {
                $value(self).and_then(T::number)
            }
            fn text(&self) -> Option<&str> {
                $value(self).and_then(T::text)
            }
            fn items(&self) -> Option<usize> {
                $value(self).and_then(T::items)
            }
            fn is_set(&self) -> bool {
                $is_set(self)
            }
            fn fits_json(&self) -> bool {
                $value(self).is_none_or(T::fits_json)
            }
            fn check(&self, checks: &mut Checks) {
                if let Some(value) = $value(self) {
                    value.check(checks);
                }
            }
        })*
    };
}
transparent! {
    Option => Option::as_ref, Option::is_some;
    Nullable => Nullable::value, |_: &Nullable<T>| true;
    Box => |boxed| Some(Box::as_ref(boxed)), |boxed: &Self| boxed.as_ref().is_set();
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::api::{Condition, Field, Kind};

    fn whole(number: i64) -> Decimal {
        Decimal::new(number, 0)
    }

    #[track_caller]
    #[allow(clippy::needless_pass_by_value, reason = "literals read better at the call")]
    fn check<T: Checked>(value: T, rules: &[Rule], expected: &[&str]) {
        let mut checks = Checks::new("op");
        checks.rules("x", &value, rules);
        let found: Vec<_> = checks.violations.iter().map(|violation| violation.rule.as_str()).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn bounds() {
        let percent = [Rule::Minimum(Bound::new(1, 0)), Rule::Maximum(Bound::new(100, 0))];
        check(1_i64, &percent, &[]);
        check(100_i64, &percent, &[]);
        check(0_i64, &percent, &["must be at least 1"]);
        check(Some(101_i64), &percent, &["must be at most 100"]);
        check(None::<i64>, &percent, &[]);
        check(whole(0), &[Rule::ExclusiveMinimum(Bound::new(0, 0))], &["must be greater than 0"]);
        check(Decimal::new(1, 28), &[Rule::ExclusiveMinimum(Bound::new(0, 0))], &[]);
        check(5_u64, &[Rule::ExclusiveMaximum(Bound::new(5, 0))], &["must be less than 5"]);
        check(Decimal::new(15, 1), &[Rule::MultipleOf(Bound::new(5, 1))], &[]);
        check(7_i32, &[Rule::MultipleOf(Bound::new(2, 0))], &["must be a multiple of 2"]);
        check(7_i32, &[Rule::MultipleOf(Bound::new(0, 0))], &[]);
    }

    #[test]
    fn rules_hold_for_numbers_beyond_decimals() {
        let positive = [Rule::ExclusiveMinimum(Bound::new(0, 0))];
        for good in [json!(1e300), json!(1e-300)] {
            check(good, &positive, &[]);
        }
        for bad in [json!(-1e300), json!(-1e-300), json!(0.0), json!(-0.0)] {
            check(bad, &positive, &["must be greater than 0"]);
        }
    }

    #[test]
    fn strings_and_lists() {
        check("é".to_owned(), &[Rule::MinLength(1), Rule::MaxLength(1)], &[]);
        check(String::new(), &[Rule::MinLength(1)], &["must have at least 1 characters"]);
        check("abc".to_owned(), &[Rule::MaxLength(2)], &["must have at most 2 characters"]);
        check(vec![1], &[Rule::MinItems(2)], &["must have at least 2 items"]);
        check(Some(Nullable::Value(vec![1, 2, 3])), &[Rule::MaxItems(2)], &["must have at most 2 items"]);
    }

    #[test]
    fn email_addresses() {
        for good in ["a@b", "ada+promo@example.com", "ünï@exämple.com"] {
            check(good.to_owned(), &[Rule::Email], &[]);
        }
        for bad in ["", "ada", "@example.com", "ada@", "a@b@c", "a b@c", "a@b\n"] {
            check(bad.to_owned(), &[Rule::Email], &["must be an e-mail address"]);
        }
    }

    static ITEM: Object =
        Object::new("Item", &[Field::new("count", Kind::Integer).rules(&[Rule::Minimum(Bound::new(1, 0))])]);
    static ORDER: Object = Object::new(
        "Order",
        &[
            Field::new("items", Kind::List(&Kind::Named("Item"))),
            Field::new("item", Kind::Named("Item")),
            Field::new("prices", Kind::List(&Kind::Decimal)),
            Field::new("price", Kind::Decimal),
            Field::new("mode", Kind::String),
            Field::new("url", Kind::String),
        ],
    )
    .conditions(&[Condition { field: "url", when: "mode", is: &["link", "both"] }]);

    struct Item(i64);

    impl Checked for Item {
        fn check(&self, checks: &mut Checks) {
            checks.fields(&ITEM, &[("count", &self.0)]);
        }
    }

    #[track_caller]
    fn order(values: &[(&str, &dyn Checked)], expected: &[&str]) {
        let mut checks = Checks::new("op");
        checks.fields(&ORDER, values);
        let found: Vec<_> = checks.violations.iter().map(ToString::to_string).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn fields_are_checked_with_their_paths() {
        order(
            &[("items", &vec![Item(1), Item(0)]), ("item", &Some(Box::new(Item(0))))],
            &["`items[1].count` must be at least 1", "`item.count` must be at least 1"],
        );
        order(&[("items", &vec![vec![Item(0)]])], &["`items[0][0].count` must be at least 1"]);
        order(&[("item", &BTreeMap::from([("a".to_owned(), Item(0))]))], &["`item.a.count` must be at least 1"]);
    }

    #[test]
    fn conditions() {
        let (link, code) = (Some("link".to_owned()), "code".to_owned());
        let (unset, null) = (None::<Nullable<String>>, Some(Nullable::<String>::Null));
        order(&[("mode", &link), ("url", &unset)], &["`url` is required when `mode` is `link` or `both`"]);
        order(&[("mode", &link), ("url", &null)], &[]);
        order(&[("mode", &code), ("url", &unset)], &[]);
    }

    #[test]
    fn amounts_too_long_for_json_are_rejected() {
        let long: Decimal = "1234567890123456789.01".parse().unwrap();
        let expected = "must fit in a JSON number, as up to 15 significant digits do";
        let expected = ["prices", "price"].map(|name| format!("`{name}` {expected}"));
        order(
            &[("prices", &vec![whole(1), long]), ("price", &Some(Nullable::Value(long)))],
            &expected.each_ref().map(String::as_str),
        );
        order(&[("prices", &Vec::<Decimal>::new()), ("price", &whole(1))], &[]);
    }

    #[test]
    fn all_violations_come_together() {
        let mut checks = Checks::new("op");
        checks.path("id", "..");
        checks.path("key", "");
        checks.header("x-tag", "a\nb");
        assert_eq!(
            checks.finish().unwrap_err().to_string(),
            "op: the request was not sent: `id` must not be a relative path; `key` must not be empty; \
             `x-tag` must hold only what a header can carry"
        );
    }
}
