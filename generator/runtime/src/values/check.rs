//! Checks documented rules before a request is sent; one error contains all violations.

use rust_decimal::Decimal;
use serde_json::{Map, Value};

use crate::api::{ApiSpec, Encoding, Object, Others, Parameter, Rule};
use crate::error::{Error, Violation};

/// A value of a request, as rules see it: a number, string, boolean or list, or an object with fields.
pub trait Checked {
    /// The value as a number.
    fn number(&self) -> Option<Decimal> {
        None
    }

    /// The value as a string.
    fn text(&self) -> Option<&str> {
        None
    }

    /// The number of items of a list.
    fn items(&self) -> Option<usize> {
        None
    }

    /// Visits the items of a list or the values of a map, each with its index or key.
    fn each(&self, visit: &mut dyn FnMut(&str, &dyn Checked)) {
        let _ = visit;
    }

    /// The value as a boolean.
    fn truth(&self) -> Option<bool> {
        None
    }

    /// Whether there is a value; null is a value.
    fn is_set(&self) -> bool {
        true
    }

    /// Reports violations of nested values.
    fn check(&self, checks: &mut Checks) {
        let _ = checks;
    }
}

/// Collects the violations of one request.
#[derive(Debug)]
pub struct Checks {
    operation: &'static str,
    /// The path of the current value.
    path: String,
    /// Whether the value will be serialized as JSON, which cannot represent every amount.
    pub(super) are_for_json: bool,
    violations: Vec<Violation>,
}

impl Checks {
    pub(crate) fn new(operation: &'static str) -> Self {
        Self { operation, path: String::new(), are_for_json: true, violations: Vec::new() }
    }

    /// Checks fields of an object against their descriptions. Fields without rules may be omitted.
    pub fn fields(&mut self, object: &Object, values: &[(&str, &dyn Checked)]) {
        for (name, value) in values {
            let Some(field) = object.field(name) else { continue };
            self.rules(name, *value, field.rules);
            self.inside(name, |checks| value.check(checks));
        }
        let find = |wanted: &str| values.iter().find(|(name, _)| *name == wanted).map(|(_, value)| *value);
        for condition in object.conditions {
            let applies = find(condition.when).and_then(Checked::text).is_some_and(|text| condition.is.contains(&text));
            if applies && find(condition.field).is_some_and(|value| !value.is_set()) {
                let values = alternatives(condition.is);
                self.report(condition.field, format!("is required if `{}` is {values}", condition.when));
            }
        }
    }

    /// Checks the properties of an object that have no field.
    pub fn others(&mut self, api: &ApiSpec, object: &Object, extra: &Map<String, Value>) {
        for (name, value) in extra {
            match &object.others {
                Others::None => self.report(name, "is not a property of the object"),
                Others::Of(kind) if !api.allows(kind, value) => self.report(name, "does not have the documented type"),
                Others::Any | Others::Of(_) => {}
            }
        }
    }

    /// Checks a newtype, and the value inside.
    pub fn newtype(&mut self, api: &ApiSpec, name: &str, value: &dyn Checked) {
        self.rules_here(value, api.newtype(name).map_or(&[][..], |newtype| newtype.rules));
        value.check(self);
    }

    /// Checks a parameter; returns whether it violates no rule.
    pub(crate) fn parameter(&mut self, parameter: &Parameter, value: &impl Checked) -> bool {
        let before = self.violations.len();
        self.rules(parameter.name, value, parameter.rules);
        self.are_for_json = parameter.encoding == Encoding::Json;
        self.inside(parameter.name, |checks| value.check(checks));
        self.are_for_json = true;
        self.violations.len() == before
    }

    /// Checks one value; an absent value violates no rule.
    pub(crate) fn rules(&mut self, name: &str, value: &(impl Checked + ?Sized), rules: &[Rule]) {
        self.inside(name, |checks| checks.rules_here(value, rules));
    }

    fn rules_here(&mut self, value: &(impl Checked + ?Sized), rules: &[Rule]) {
        for rule in rules {
            if let Rule::Items(rules) = rule {
                value.each(&mut |key, item| self.inside(key, |checks| checks.rules_here(item, rules)));
            } else if let Some(expected) = rule.broken_by(value) {
                self.report_here(&expected);
            }
        }
    }

    /// Checks a path parameter: it must be neither empty nor a relative segment.
    pub(crate) fn path(&mut self, name: &str, text: &str) {
        match text {
            "" => self.report(name, "must not be empty"),
            "." | ".." => self.report(name, "must not be a relative path"),
            _ => {}
        }
    }

    /// Returns an encoded parameter, or reports the rule that it violates.
    pub(crate) fn written<T>(&mut self, name: &str, written: Result<T, &'static str>) -> Option<T> {
        written.map_err(|rule| self.report(name, rule)).ok()
    }

    /// Returns an error if there are violations.
    pub(crate) fn finish(self) -> Result<(), Error> {
        if self.violations.is_empty() {
            return Ok(());
        }
        Err(Error::InvalidRequest { operation: self.operation, violations: self.violations })
    }

    /// Reports a violation by the current value.
    pub(super) fn report_here(&mut self, rule: &str) {
        let path = if self.path.is_empty() { "body" } else { &self.path };
        self.violations.push(Violation { path: path.to_owned(), rule: rule.to_owned() });
    }

    pub(crate) fn report(&mut self, name: &str, rule: impl Into<String>) {
        self.violations.push(Violation { path: join(&self.path, name), rule: rule.into() });
    }

    pub(super) fn inside(&mut self, name: &str, check: impl FnOnce(&mut Self)) {
        let inner = join(&self.path, name);
        let outer = std::mem::replace(&mut self.path, inner);
        check(self);
        self.path = outer;
    }
}

/// Returns the violations of a body as messages.
pub fn violations(body: &impl Checked) -> Vec<String> {
    let mut checks = Checks::new("body");
    body.check(&mut checks);
    checks.violations.iter().map(ToString::to_string).collect()
}

/// Appends a name to the path of a value.
fn join(path: &str, name: &str) -> String {
    let dot = if path.is_empty() || name.starts_with('[') { "" } else { "." };
    format!("{path}{dot}{name}")
}

fn alternatives(values: &[&str]) -> String {
    values.iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(" or ")
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use super::*;
    use crate::api::{Bound, Condition, Field, Kind, Newtype};
    use crate::values::nullable::Nullable;

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
        check(4_u64, &[Rule::ExclusiveMaximum(Bound::new(5, 0))], &[]);
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
        check(String::new(), &[Rule::MinLength(1)], &["must have at least 1 character"]);
        check("abc".to_owned(), &[Rule::MaxLength(2)], &["must have at most 2 characters"]);
        check(vec![1], &[Rule::MinItems(2)], &["must have at least 2 items"]);
        check(Some(Nullable::Value(vec![1, 2, 3])), &[Rule::MaxItems(2)], &["must have at most 2 items"]);
    }

    #[test]
    fn the_only_values_of_booleans_and_numbers() {
        check(true, &[Rule::Values(&["true"])], &[]);
        check(false, &[Rule::Values(&["true"])], &["must be true"]);
        check(2, &[Rule::Values(&["1", "2.0"])], &[]);
        check(3, &[Rule::Values(&["1", "2.0"])], &["must be 1 or 2.0"]);
        // Strings have types of their own.
        check("3".to_owned(), &[Rule::Values(&["1"])], &[]);
    }

    #[test]
    fn rules_of_items() {
        const SHORT: Rule = Rule::Items(&[Rule::MaxLength(1), Rule::MinLength(1)]);
        const SHORTS: Rule = Rule::Items(&[SHORT]);
        const LOW: Rule = Rule::Items(&[Rule::Maximum(Bound::new(6, 0))]);
        let lists = vec![vec!["a".to_owned(), String::new()], vec!["bc".to_owned()]];
        let mut checks = Checks::new("op");
        checks.rules("lists", &lists, &[SHORTS]);
        let map = BTreeMap::from([("k".to_owned(), Some(Nullable::Value(7)))]);
        checks.rules("map", &map, &[LOW]);
        checks.rules("json", &json!({"k": ["bc"], "l": "bc"}), &[SHORTS]);
        let found: Vec<_> = checks.violations.iter().map(ToString::to_string).collect();
        let expected = [
            "`lists[0][1]` must have at least 1 character",
            "`lists[1][0]` must have at most 1 character",
            "`map.k` must be at most 6",
            "`json.k[0]` must have at most 1 character",
        ];
        assert_eq!(found, expected);
        // Without a place for a path, the message names the item.
        assert_eq!(SHORT.broken_by(&json!(["a", "bc"])).as_deref(), Some("[1] must have at most 1 character"));
        assert_eq!(SHORT.broken_by(&json!(["a", "b"])), None);
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

    /// A type without rules: nothing is known of its values.
    #[test]
    fn values_without_rules() {
        struct Opaque;
        impl Checked for Opaque {}
        assert_eq!((Opaque.number(), Opaque.text(), Opaque.items(), Opaque.truth()), (None, None, None, None));
        assert!(Opaque.is_set());
        Opaque.each(&mut |_, _| panic!("it has no items"));
        assert!(violations(&Opaque).is_empty());
    }

    static API: ApiSpec = ApiSpec {
        newtypes: &[Newtype { name: "Name", kind: Kind::String, rules: &[Rule::MaxLength(1)] }],
        ..crate::example::API
    };

    struct Name(String);

    impl Checked for Name {
        fn check(&self, checks: &mut Checks) {
            checks.newtype(&API, "Name", &self.0);
        }
    }

    #[test]
    fn additional_properties_and_newtypes() {
        let extra = json!({"a": 1, "b": "x"});
        let extra = extra.as_object().unwrap();
        for (others, expected) in [
            (Others::Any, &[][..]),
            (Others::Of(Kind::Integer), &["`b` does not have the documented type"]),
            (Others::None, &["`a` is not a property of the object", "`b` is not a property of the object"]),
        ] {
            let mut checks = Checks::new("op");
            checks.others(&API, &Object::new("Any", &[]).others(others), extra);
            let found: Vec<_> = checks.violations.iter().map(ToString::to_string).collect();
            assert_eq!(found, expected);
        }
        assert_eq!(violations(&Name("ab".to_owned())), ["`body` must have at most 1 character"]);
        assert!(violations(&Name("a".to_owned())).is_empty());
    }

    #[test]
    fn conditions() {
        let (link, code) = (Some("link".to_owned()), "code".to_owned());
        let (unset, null) = (None::<Nullable<String>>, Some(Nullable::<String>::Null));
        order(&[("mode", &link), ("url", &unset)], &["`url` is required if `mode` is `link` or `both`"]);
        order(&[("mode", &link), ("url", &null)], &[]);
        order(&[("mode", &code), ("url", &unset)], &[]);
    }

    #[test]
    fn amounts_too_long_for_json_are_rejected() {
        let long: Decimal = "1234567890123456789.01".parse().unwrap();
        let expected = "must fit in a JSON number (up to 15 significant digits)";
        let expected = ["prices[1]", "price"].map(|name| format!("`{name}` {expected}"));
        order(
            &[("prices", &vec![whole(1), long]), ("price", &Some(Nullable::Value(long)))],
            &expected.each_ref().map(String::as_str),
        );
        order(&[("prices", &Vec::<Decimal>::new()), ("price", &whole(1))], &[]);
    }

    /// Numbers must be finite at any depth: JSON would contain null in their place.
    #[test]
    fn numbers_are_finite() {
        let boxed = Some(Box::new(f32::NEG_INFINITY));
        order(
            &[("prices", &vec![1.0, f64::NAN]), ("price", &boxed)],
            &["`prices[1]` must be a finite number", "`price` must be a finite number"],
        );
        let mut checks = Checks::new("op");
        assert!(!checks.parameter(&Parameter::query("ratio", Kind::Any), &Some(f64::INFINITY)));
        f64::NAN.check(&mut checks);
        let found: Vec<_> = checks.violations.iter().map(ToString::to_string).collect();
        assert_eq!(found, ["`ratio` must be a finite number", "`body` must be a finite number"]);
    }

    /// A style writes every digit.
    #[test]
    fn amounts_in_parameters_may_be_long() {
        let long: Decimal = "1234567890123456789.01".parse().unwrap();
        let mut checks = Checks::new("op");
        assert!(checks.parameter(&Parameter::query("price", Kind::Decimal), &long));
        assert!(!checks.parameter(&Parameter::query("price", Kind::Decimal).json(), &long));
    }

    #[test]
    fn all_violations_come_together() {
        let mut checks = Checks::new("op");
        checks.path("id", "..");
        checks.path("key", "");
        assert_eq!(checks.written("tags", Ok(1)), Some(1));
        assert_eq!(checks.written::<()>("list", Err("must have no comma")), None);
        checks.report("x-tag", "must contain only printable ASCII characters");
        assert_eq!(
            checks.finish().unwrap_err().to_string(),
            "op: the request was not sent: `id` must not be a relative path; `key` must not be empty; \
             `list` must have no comma; `x-tag` must contain only printable ASCII characters"
        );
    }
}
