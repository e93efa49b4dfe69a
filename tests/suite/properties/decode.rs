//! Any response becomes a value that serializes to the same JSON, or an error without personal data.

use promotekit::mock::Response;
use promotekit::{Affiliate, AffiliateLink, Campaign, Commission, FirstPaymentCommission, Payout, PromoCode, Referral};
use proptest::prelude::*;
use proptest::sample::{Index, select};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tests::alike::{Form, alike};
use tests::calls::{CALLS, call_of, encode};
use tests::discreet;

use super::check;
use super::connection::Connection;
use super::json::{broken_sample, changed_sample, value};

/// Round trips for every object type of responses.
const TYPES: &[fn(&str) -> Option<Value>] = &[
    again::<Affiliate>,
    again::<AffiliateLink>,
    again::<PromoCode>,
    again::<Campaign>,
    again::<FirstPaymentCommission>,
    again::<Commission>,
    again::<Payout>,
    again::<Referral>,
];

fn again<T: DeserializeOwned + Serialize + PartialEq>(json: &str) -> Option<Value> {
    let object: T = serde_json::from_str(json).ok()?;
    let written = encode(&object);
    assert!(serde_json::from_value::<T>(written.clone()).expect("what was written") == object, "{json}");
    Some(written)
}

#[test]
fn objects_are_written_as_they_came() {
    let parts = changed_sample().prop_map(|(_, sample)| match sample.get("data") {
        Some(Value::Array(rows)) => rows.first().cloned().unwrap_or_default(),
        Some(data) => data.clone(),
        None => sample,
    });
    check(250, &prop_oneof![3 => parts, 1 => value()], |sent| {
        let json = sent.to_string();
        for back in TYPES.iter().filter_map(|again| again(&json)) {
            alike(&sent, &back, Form::Tolerated).unwrap_or_else(|difference| panic!("{difference}"));
        }
    });
}

#[test]
fn changed_samples_are_values_or_errors() {
    let connection = Connection::open();
    check(150, &(changed_sample(), status()), |((operation, sample), status)| {
        let body = sample.to_string();
        if let Some(back) = outcome(&connection, &operation, Response::new(status, "application/json", body)) {
            let rows =
                if back.get("pagination").is_some() && back.get("id").is_none() { &back["items"] } else { &back };
            alike(&sample["data"], rows, Form::Tolerated).unwrap_or_else(|difference| panic!("data{difference}"));
            assert_ne!(sample["success"], false);
        }
    });
}

#[test]
fn any_response_is_a_value_or_an_error() {
    let connection = Connection::open();
    let operation = select(CALLS).prop_map(|(operation, _)| operation);
    let kind = select(&["application/json", "text/html", "text/plain; charset=latin1", "image/png", "\u{7f}"][..]);
    check(150, &(operation, status(), kind, body()), |(operation, status, kind, body)| {
        outcome(&connection, operation, Response::new(status, kind, body));
    });
}

/// Returns the value of a call, if it succeeds; an error must not contain personal data.
fn outcome(connection: &Connection, operation: &str, response: Response) -> Option<Value> {
    let call = call_of(operation).expect("a call");
    connection.call(response, call).inspect_err(discreet::check).ok()
}

/// Any status, with a preference for common ones.
fn status() -> impl Strategy<Value = u16> {
    prop_oneof![6 => Just(200), 2 => select(&[201, 202, 400, 401, 404, 409, 422, 429, 500, 502, 503][..]), 2 => 200_u16..=999]
}

/// JSON, truncated JSON, JSON followed by other text, and any bytes.
fn body() -> impl Strategy<Value = Vec<u8>> {
    let json =
        || prop_oneof![value(), changed_sample().prop_map(|(_, sample)| sample)].prop_map(|json| json.to_string());
    let cut = (json(), any::<Index>()).prop_map(|(text, at)| text.as_bytes()[..at.index(text.len() + 1)].to_vec());
    let replaced = (json(), any::<Index>(), any::<u8>()).prop_map(|(text, at, byte)| {
        let mut bytes = text.into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        bytes
    });
    let broken = broken_sample().prop_map(String::into_bytes);
    prop_oneof![json().prop_map(String::into_bytes), broken, cut, replaced, prop::collection::vec(any::<u8>(), 0..200)]
}
