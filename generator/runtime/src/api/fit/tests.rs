//! One table: the types of a union, a value, and the variants that it is read as, best first.

use serde_json::json;

use super::*;
use crate::api::{Bound, Newtype, Others};
use crate::example;

const INTEGERS: Kind = Kind::List(&Kind::Integer);
const STRINGS: Kind = Kind::List(&Kind::String);
const DATES: Kind = Kind::List(&Kind::Date);

static API: ApiSpec = ApiSpec {
    objects: &[
        &Object::new("Card", &[constant("type", "CardType"), Field::new("number", Kind::String).required()]),
        &Object::new("Bank", &[constant("type", "BankType"), Field::new("iban", Kind::String).required()]),
        &Object::new("A", &[Field::new("a", Kind::Integer).required()]),
        &Object::new("AB", &[Field::new("a", Kind::Integer).required(), Field::new("b", Kind::String)]),
        &Object::new("ANull", &[Field::new("a", Kind::Integer).required(), Field::new("b", Kind::String).nullable()]),
        &Object::new("OnlyA", &[Field::new("a", Kind::Integer)]).others(Others::None),
        &Object::new("AndNumbers", &[Field::new("a", Kind::Integer)]).others(Others::Of(Kind::Integer)),
        &Object::new("Positive", &[Field::new("a", Kind::Integer).rules(&[Rule::Minimum(Bound::new(1, 0))])]),
        &Object::new("One", &[Field::new("a", Kind::Integer).rules(&[Rule::Values(&["1"])])]),
        &Object::new("Cat", &[Field::new("lives", Kind::Integer)]),
        &Object::new("Dog", &[Field::new("tricks", STRINGS)]),
    ],
    enumerations: &[
        Enumeration { name: "CardType", values: &["card"], closed: true, integers: false },
        Enumeration { name: "BankType", values: &["bank"], closed: true, integers: false },
        Enumeration { name: "Closed", values: &["red", "green"], closed: true, integers: false },
        Enumeration { name: "Open", values: &["small", "large"], closed: false, integers: false },
        Enumeration { name: "Level", values: &["1", "2"], closed: true, integers: true },
    ],
    unions: &[
        Union { name: "Payment", tag: None, members: &[named("Card"), named("Bank")] },
        Union { name: "Pet", tag: Some("kind"), members: &[named("Cat").tags(&["cat"]), named("Dog").tags(&["dog"])] },
    ],
    newtypes: &[
        Newtype { name: "Day", kind: Kind::Date, rules: &[] },
        Newtype { name: "Score", kind: Kind::Integer, rules: &[Rule::Maximum(Bound::new(10, 0))] },
    ],
    ..example::API
};

const fn named(name: &'static str) -> Member {
    Member::new(Kind::Named(name))
}

const fn constant(name: &'static str, kind: &'static str) -> Field {
    Field::new(name, Kind::Named(kind)).required()
}

fn of(kinds: &[Kind]) -> Vec<Member> {
    kinds.iter().map(|kind| Member::new(*kind)).collect()
}

#[track_caller]
fn check(members: &[Member], value: &Value, expected: &[usize]) {
    let union = Union { name: "Tried", tag: None, members: members.to_vec().leak() };
    assert_eq!(API.candidates(&union, value), expected, "{value}");
}

/// Constants, required properties and nested unions decide between objects.
#[test]
fn objects() {
    let payments = [named("Card"), named("Bank")];
    check(&payments, &json!({"type": "card", "number": "1"}), &[0]);
    check(&payments, &json!({"type": "bank", "iban": "1"}), &[1]);
    check(&payments, &json!({"type": "bank", "number": "1"}), &[]);
    check(&payments, &json!({"type": "bank", "number": "1", "iban": 1}), &[]);
    check(&payments, &json!({"type": "other", "iban": "1"}), &[]);
    check(&payments, &json!("card"), &[]);

    let nested = [named("A"), named("Payment")];
    check(&nested, &json!({"type": "bank", "iban": "1"}), &[1]);
    check(&nested, &json!({"a": 1}), &[0]);
    check(&nested, &json!({"a": 1, "type": "bank", "iban": "1"}), &[1, 0]);
    check(&[named("Payment")], &json!({"type": "other"}), &[]);

    let tagged = [named("A"), named("Pet")];
    check(&tagged, &json!({"a": 1, "kind": "dog", "tricks": ["roll"], "x": 0}), &[0, 1]);
    check(&tagged, &json!({"kind": "dog", "tricks": ["roll"]}), &[1]);
    check(&tagged, &json!({"kind": "cat", "tricks": ["roll"], "lives": "nine"}), &[]);
    check(&tagged, &json!({"kind": "bird"}), &[]);
}

/// The variant that knows most properties comes first.
#[test]
fn known_properties() {
    check(&[named("A"), named("AB")], &json!({"a": 1, "b": "x"}), &[1, 0]);
    check(&[named("A"), named("AB")], &json!({"a": 1}), &[0, 1]);
    check(&[Member::new(Kind::Map(&Kind::Any)), named("A")], &json!({"a": 1}), &[1, 0]);
    check(&[named("AB"), named("A")], &json!({"a": 1, "b": 2}), &[1]);
    check(&[named("AB"), named("A")], &json!({"b": "x"}), &[]);
}

/// A tolerated mismatch never decides between variants, and never beats an exact match.
#[test]
fn tolerance() {
    check(&[named("AB")], &json!({"a": 1, "b": null}), &[0]);
    check(&[named("AB")], &json!({"a": null}), &[]);
    check(&[named("AB"), named("ANull")], &json!({"a": 1, "b": null}), &[1]);
    check(&[named("OnlyA")], &json!({"a": 1, "z": 1}), &[0]);
    check(&[named("OnlyA"), named("A")], &json!({"a": 1, "z": 1}), &[1]);
    check(&[named("OnlyA"), named("A")], &json!({"a": 1}), &[0, 1]);
    check(&[named("AndNumbers"), named("A")], &json!({"a": 1, "z": 1}), &[0, 1]);
    check(&[named("AndNumbers"), named("A")], &json!({"a": 1, "z": "x"}), &[1]);
    check(&[named("AndNumbers")], &json!({"a": 1, "z": "x"}), &[0]);
    check(&[named("OnlyA"), named("AndNumbers")], &json!({"a": 1, "z": "x"}), &[]);
    let wrapped = [Member::new(Kind::List(&Kind::Named("Payment"))), Member::new(Kind::List(&Kind::Any))];
    check(&wrapped, &json!([{"type": "other"}]), &[1]);
    check(&wrapped[..1], &json!([{"type": "other"}]), &[0]);
}

#[test]
fn enumerations_and_rules() {
    check(&[named("Closed"), named("Open")], &json!("red"), &[0, 1]);
    check(&[named("Closed"), named("Open")], &json!("blue"), &[1]);
    check(&[named("Closed")], &json!("blue"), &[0]);
    check(&[named("CardType")], &json!("blue"), &[]);
    check(&[named("Closed"), named("Level")], &json!(1), &[1]);
    check(&[named("Level"), Member::new(Kind::Integer)], &json!(3), &[1]);

    check(&[named("Positive"), named("A")], &json!({"a": 1}), &[0, 1]);
    check(&[named("Positive"), named("A")], &json!({"a": 0}), &[1]);
    check(&[named("Positive")], &json!({"a": 0}), &[0]);
    check(&[named("One")], &json!({"a": 1}), &[0]);
    check(&[named("One")], &json!({"a": 0}), &[]);
    check(&[named("Score"), Member::new(Kind::Integer)], &json!(10), &[0, 1]);
    check(&[named("Score"), Member::new(Kind::Integer)], &json!(11), &[1]);
    let short = Member::new(Kind::String).rules(&[Rule::MaxLength(2)]);
    check(&[short, Member::new(Kind::String)], &json!("abc"), &[1]);
    check(&[short, Member::new(Kind::String)], &json!("ab"), &[0, 1]);
}

/// Of the kinds that fit, the narrower comes first.
#[test]
fn narrowness_of_kinds() {
    for (wide, narrow, value) in [
        (Kind::Any, Kind::String, json!("x")),
        (Kind::Any, Kind::Number, json!(1.5)),
        (Kind::String, Kind::Timestamp, json!("2024-02-29T12:00:00Z")),
        (Kind::String, Kind::Date, json!("2024-02-29")),
        (Kind::String, Kind::Uuid, json!("497f6eca-6276-4993-bfeb-53cbbbba6f08")),
        (Kind::String, Kind::Named("Day"), json!("2024-02-29")),
        (Kind::String, Kind::Named("Closed"), json!("red")),
        (Kind::Number, Kind::Decimal, json!(1.5)),
        (Kind::Number, Kind::Integer, json!(1)),
        (Kind::Decimal, Kind::Integer, json!(1)),
        (Kind::Any, Kind::Boolean, json!(true)),
        (Kind::Any, STRINGS, json!(["x"])),
        (STRINGS, DATES, json!(["2024-02-29"])),
        (Kind::Any, Kind::Map(&Kind::Any), json!({})),
        (Kind::Map(&Kind::Any), Kind::Named("Cat"), json!({})),
        (Kind::Number, Kind::Nullable(&Kind::Integer), json!(1)),
        (Kind::String, Kind::Nullable(&Kind::String), json!("x")),
    ] {
        check(&of(&[wide, narrow]), &value, &[1, 0]);
        check(&of(&[narrow, wide]), &value, &[0, 1]);
    }
}

#[test]
fn kinds() {
    check(&of(&[INTEGERS, STRINGS]), &json!([1, 2]), &[0]);
    check(&of(&[INTEGERS, STRINGS]), &json!([1, "x"]), &[]);
    check(&of(&[INTEGERS, Kind::Map(&Kind::Integer)]), &json!({"a": 1}), &[1]);
    check(&of(&[Kind::Map(&Kind::Integer)]), &json!({"a": 1, "b": "x"}), &[]);
    check(&of(&[Kind::Nullable(&Kind::String), Kind::Integer]), &json!(null), &[0]);
    check(&of(&[Kind::String, Kind::Integer]), &json!(null), &[]);
    check(&of(&[Kind::Decimal, Kind::Boolean]), &json!("1.5"), &[0]);
    check(&of(&[Kind::Decimal, Kind::Boolean]), &json!("x"), &[]);
    check(&of(&[Kind::Decimal, Kind::String]), &json!("1.5"), &[1]);
    assert!(API.allows(&Kind::Integer, &json!(1)) && API.allows(&Kind::Decimal, &json!("1.5")));
    assert!(!API.allows(&Kind::Integer, &json!("1")));
}

/// The same value is judged once for each type, in each of many nested unions.
#[test]
fn a_value_in_many_unions_is_cheap() {
    let mut fits = Fits { api: &API, known: HashMap::new() };
    let value = json!({"type": "bank", "iban": "1"});
    assert_eq!(fits.of(&Kind::Named("Payment"), &value), Fit::Exact);
    assert!(fits.known.len() > 1);
}
