//! Documented rules, checked before anything is sent; all violations come back in one error.

use std::collections::BTreeMap;
use std::fmt;

use rust_decimal::Decimal;

use super::amount::Exact;
use super::error::{Error, Violation};
use super::operation::Operation;

/// A rule that the API documents for one value.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub(crate) enum Rule {
    /// A number must be at least this.
    Minimum(Bound),
    /// A number must be greater than this.
    ExclusiveMinimum(Bound),
    /// A number must be at most this.
    Maximum(Bound),
    /// A number must be less than this.
    ExclusiveMaximum(Bound),
    /// A number must be a whole multiple of this.
    MultipleOf(Bound),
    /// A text must have at least this many characters.
    MinLength(usize),
    /// A text must have at most this many characters.
    MaxLength(usize),
    /// A list must have at least this many items.
    MinItems(usize),
    /// A list must have at most this many items.
    MaxItems(usize),
    /// A text must be an e-mail address: one `@` with something on both sides and no white space.
    Email,
}

/// A number in a rule: `digits` with the decimal point `scale` places from its end.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bound {
    digits: i64,
    scale: u32,
}

impl fmt::Display for Bound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Decimal::new(self.digits, self.scale).fmt(f)
    }
}

/// A bound; a function so that tables can be static.
pub(crate) const fn bound(digits: i64, scale: u32) -> Bound {
    Bound { digits, scale }
}

/// A value that rules can look at: as a number, as a text, as a list.
pub(crate) trait Facets {
    /// Its number, if it is one.
    fn number(&self) -> Option<Decimal> {
        None
    }
    /// Its text, if it is one.
    fn text(&self) -> Option<&str> {
        None
    }
    /// How many items it has, if it is a list.
    fn items(&self) -> Option<usize> {
        None
    }
}

/// A request value that knows its own rules.
pub(crate) trait Check {
    /// Reports every violation.
    fn check(&self, checks: &mut Checks);
}

impl<T: Check> Check for Box<T> {
    fn check(&self, checks: &mut Checks) {
        (**self).check(checks);
    }
}

/// A body that is a list.
impl<T: Check> Check for Vec<T> {
    fn check(&self, checks: &mut Checks) {
        checks.objects("", Some(self));
    }
}

/// A body that is a map.
impl<T: Check> Check for BTreeMap<String, T> {
    fn check(&self, checks: &mut Checks) {
        for (key, value) in self {
            checks.object(key, Some(value));
        }
    }
}

/// Collects the violations of one request.
#[derive(Debug)]
pub(crate) struct Checks {
    operation: Operation,
    prefix: String,
    violations: Vec<Violation>,
}

impl Checks {
    /// Starts with none.
    pub(crate) fn new(operation: Operation) -> Self {
        Self { operation, prefix: String::new(), violations: Vec::new() }
    }

    /// Checks one value; a value that is absent breaks no rule.
    pub(crate) fn field<T: Facets>(&mut self, name: &str, value: Option<&T>, rules: &[Rule]) {
        let Some(value) = value else { return };
        for rule in rules {
            if let Some(expected) = rule.broken_by(value) {
                self.report(name, expected);
            }
        }
    }

    /// Checks that amounts can be written as JSON numbers.
    pub(crate) fn exact<T: Exact>(&mut self, name: &str, value: Option<&T>) {
        if value.is_some_and(|value| !value.fits_json()) {
            self.report(name, "must fit in a JSON number, as up to 15 significant digits do");
        }
    }

    /// Checks a path parameter, which can be neither empty nor a step up the path.
    pub(crate) fn path(&mut self, name: &str, text: &str) {
        match text {
            "" => self.report(name, "must not be empty"),
            "." | ".." => self.report(name, "must not be a relative path"),
            _ => {}
        }
    }

    /// Checks what is sent in a header.
    pub(crate) fn header(&mut self, name: &str, text: Option<&String>) {
        if text.is_some_and(|text| http::HeaderValue::try_from(text).is_err()) {
            self.report(name, "must hold only what a header can carry");
        }
    }

    /// Checks a field that another one's value makes required.
    pub(crate) fn required_when(
        &mut self,
        name: &str,
        present: bool,
        when: &str,
        value: Option<&str>,
        values: &[&str],
    ) {
        if !present && value.is_some_and(|value| values.contains(&value)) {
            self.report(name, format!("is required when `{when}` is {}", alternatives(values)));
        }
    }

    /// Checks an object inside the request.
    pub(crate) fn object<T: Check>(&mut self, name: &str, value: Option<&T>) {
        if let Some(value) = value {
            self.inside(name, |checks| value.check(checks));
        }
    }

    /// Checks the objects of a list inside the request.
    pub(crate) fn objects<T: Check>(&mut self, name: &str, values: Option<&Vec<T>>) {
        for (index, value) in values.into_iter().flatten().enumerate() {
            self.inside(&format!("{name}[{index}]"), |checks| value.check(checks));
        }
    }

    /// Fails if anything was reported.
    pub(crate) fn finish(self) -> Result<Operation, Error> {
        if self.violations.is_empty() {
            return Ok(self.operation);
        }
        Err(Error::InvalidRequest { operation: self.operation.id, violations: self.violations })
    }

    fn inside(&mut self, name: &str, check: impl FnOnce(&mut Self)) {
        let inner = format!("{}{name}.", self.prefix);
        let outer = std::mem::replace(&mut self.prefix, inner);
        check(self);
        self.prefix = outer;
    }

    pub(crate) fn report(&mut self, name: &str, rule: impl Into<String>) {
        self.violations.push(Violation { path: format!("{}{name}", self.prefix), rule: rule.into() });
    }
}

impl Rule {
    pub(crate) fn broken_by<T: Facets + ?Sized>(self, value: &T) -> Option<String> {
        let number = |holds: fn(Decimal, Decimal) -> bool, bound: Bound, expected: &str| {
            let bound = Decimal::new(bound.digits, bound.scale);
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

macro_rules! numbers {
    ($($number:ty),*) => {
        $(impl Facets for $number {
            fn number(&self) -> Option<Decimal> {
                Some((*self).into())
            }
        })*
    };
}
numbers!(Decimal, i8, u8, i16, u16, i32, u32, i64, u64);

macro_rules! floats {
    ($($float:ty),*) => {
        $(impl Facets for $float {
            fn number(&self) -> Option<Decimal> {
                Decimal::try_from(*self).ok()
            }
        })*
    };
}
floats!(f32, f64);

impl Facets for String {
    fn text(&self) -> Option<&str> {
        Some(self)
    }
}

impl<T> Facets for Vec<T> {
    fn items(&self) -> Option<usize> {
        Some(self.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(number: i64) -> Decimal {
        Decimal::new(number, 0)
    }

    #[track_caller]
    #[allow(clippy::needless_pass_by_value, reason = "literals read better at the call")]
    fn check<T: Facets>(value: T, rules: &[Rule], expected: &[&str]) {
        let mut checks = Checks::new(Operation::new("op", "/"));
        checks.field("x", Some(&value), rules);
        let found: Vec<_> = checks.violations.iter().map(|violation| violation.rule.as_str()).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn bounds() {
        let percent = [Rule::Minimum(bound(1, 0)), Rule::Maximum(bound(100, 0))];
        check(1_i64, &percent, &[]);
        check(100_i64, &percent, &[]);
        check(0_i64, &percent, &["must be at least 1"]);
        check(101_i64, &percent, &["must be at most 100"]);
        check(whole(0), &[Rule::ExclusiveMinimum(bound(0, 0))], &["must be greater than 0"]);
        check(Decimal::new(1, 28), &[Rule::ExclusiveMinimum(bound(0, 0))], &[]);
        check(5_u64, &[Rule::ExclusiveMaximum(bound(5, 0))], &["must be less than 5"]);
        check(Decimal::new(15, 1), &[Rule::MultipleOf(bound(5, 1))], &[]);
        check(7_i32, &[Rule::MultipleOf(bound(2, 0))], &["must be a multiple of 2"]);
        check(7_i32, &[Rule::MultipleOf(bound(0, 0))], &[]);
    }

    #[test]
    fn texts_and_lists() {
        check("é".to_owned(), &[Rule::MinLength(1), Rule::MaxLength(1)], &[]);
        check(String::new(), &[Rule::MinLength(1)], &["must have at least 1 characters"]);
        check("abc".to_owned(), &[Rule::MaxLength(2)], &["must have at most 2 characters"]);
        check(vec![1], &[Rule::MinItems(2)], &["must have at least 2 items"]);
        check(vec![1, 2, 3], &[Rule::MaxItems(2)], &["must have at most 2 items"]);
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

    #[test]
    fn amounts_too_long_for_json_are_refused() {
        let mut checks = Checks::new(Operation::new("op", "/"));
        let long: Decimal = "1234567890123456789.01".parse().unwrap();
        checks.exact("one", Some(&long));
        checks.exact("many", Some(&vec![whole(1), long]));
        checks.exact("none", None::<&Decimal>);
        checks.exact("short", Some(&whole(1)));
        let found: Vec<_> = checks.violations.iter().map(|violation| violation.path.as_str()).collect();
        assert_eq!(found, ["one", "many"]);
    }

    #[test]
    fn all_violations_come_together_with_their_paths() {
        struct Item(i64);
        impl Check for Item {
            fn check(&self, checks: &mut Checks) {
                checks.field("count", Some(&self.0), &[Rule::Minimum(bound(1, 0))]);
            }
        }
        let mut checks = Checks::new(Operation::new("op", "/"));
        checks.path("id", "..");
        checks.path("key", "");
        checks.objects("items", Some(&vec![Item(1), Item(0)]));
        checks.object("item", Some(&Item(0)));
        checks.required_when("url", false, "mode", Some("link"), &["link", "both"]);
        checks.required_when("url", false, "mode", Some("code"), &["link", "both"]);
        assert_eq!(
            checks.finish().unwrap_err().to_string(),
            "op: the request was not sent: `id` must not be a relative path; `key` must not be empty; \
             `items[1].count` must be at least 1; `item.count` must be at least 1; \
             `url` is required when `mode` is `link` or `both`"
        );
    }
}
