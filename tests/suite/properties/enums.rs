//! Open enums carry any string unchanged.

use std::convert::Infallible;
use std::fmt::{Debug, Display};
use std::str::FromStr;

use promotekit::{CodeMode, CommissionType, PayoutStatus, SubscriptionStatus};
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::check;
use super::texts::text;

#[test]
fn commission_types_carry_any_text() {
    carries(CommissionType::KNOWN);
}

#[test]
fn code_modes_carry_any_text() {
    carries(CodeMode::KNOWN);
}

#[test]
fn payout_statuses_carry_any_text() {
    carries(PayoutStatus::KNOWN);
}

#[test]
fn subscription_statuses_carry_any_text() {
    carries(SubscriptionStatus::KNOWN);
}

/// The traits that every open enum implements.
trait Open: FromStr<Err = Infallible> + Clone + Display + Debug + Ord + AsRef<str> + Serialize + DeserializeOwned {}
impl<T: FromStr<Err = Infallible> + Clone + Display + Debug + Ord + AsRef<str> + Serialize + DeserializeOwned> Open
    for T
{
}

fn carries<T: Open + 'static>(known: &'static [T]) {
    let of_known = (prop::sample::select(known), any::<bool>(), "[ _-]?");
    let near = of_known.prop_map(|(value, upper, end)| {
        let text = format!("{value}{end}");
        if upper { text.to_uppercase() } else { text }
    });
    let value = || prop_oneof![near.clone(), text()];
    check(500, &(value(), value()), |(one, other)| {
        let [first, second] = [&one, &other].map(|text| carried(known, text));
        assert_eq!(first.cmp(&second), one.cmp(&other));
        assert_eq!(first == second, one == other);
    });
}

/// Returns the value of a string, after comparing it with the string in every form.
fn carried<T: Open>(known: &[T], text: &str) -> T {
    let Ok(value) = text.parse::<T>();
    let json = Value::from(text);
    let read: T = serde_json::from_str(&json.to_string()).expect("a text is a value");
    assert_eq!(read, value);
    assert_eq!((value.to_string().as_str(), value.as_ref()), (text, text));
    assert_eq!(serde_json::to_value(&value).expect("JSON"), json);
    let is_known = known.iter().any(|known| known.as_ref() == text);
    assert_eq!(known.contains(&value), is_known);
    assert_eq!(format!("{value:?}").starts_with("Unknown("), !is_known);
    value
}
