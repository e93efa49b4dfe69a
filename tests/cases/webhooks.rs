//! Webhook bodies become events and serialize to the same JSON. Other bodies are errors that quote nothing of them.

use libtest_mimic::Trial;
use promotekit::Error;
use promotekit::webhooks::{Delivery, Event};
use serde_json::Value;
use tests::alike::{Form, alike};
use tests::calls::encode;
use tests::corpus::{self, Sample};
use tests::discreet;
use tests::events::VARIANTS;

use crate::case;

/// Bodies of unknown events, with the name of each event.
const UNKNOWN: &[(&str, &str, &str)] = &[
    ("with_data", "payout.created", r#"{"type":"payout.created","data":{"id":7,"email":"ada@example.com"}}"#),
    ("with_other_fields", "payout.created", r#"{"type":"payout.created","data":[1],"at":"now","try":{"no":2}}"#),
    ("without_data", "ping", r#"{"type":"ping"}"#),
    ("another_case", "Affiliate.Created", r#"{"type":"Affiliate.Created","data":true}"#),
    ("empty_name", "", r#"{"type":"","data":""}"#),
];

/// Bodies that are no event, or do not match the event that they name.
const BAD: &[(&str, &[u8], &str)] = &[
    ("empty", b"", "the event is not as documented at `.`: the body ends too early, at line 1 column 0"),
    (
        "not_json",
        b"type=ada@example.com",
        "the event is not as documented at `.`: the body is not JSON, at line 1 column 2",
    ),
    (
        "not_text",
        b"{\"type\":\"\xff\"}",
        "the event is not as documented at `type`: the body is not JSON, at line 1 column 10",
    ),
    ("list", b"[]", "the event is not as documented at `.`: expected an event, which is an object, found sequence"),
    ("null", b"null", "the event is not as documented at `.`: expected an event, which is an object, found null"),
    (
        "string",
        b"\"ada@example.com\"",
        "the event is not as documented at `.`: expected an event, which is an object, found string",
    ),
    ("nameless", br#"{"data":{}}"#, "the event is not as documented at `.`: missing field `type`"),
    ("null_name", br#"{"type":null}"#, "the event is not as documented at `type`: expected a string, found null"),
    (
        "two_names",
        br#"{"type":"a@b.c","type":"ping"}"#,
        "the event is not as documented at `.`: duplicate field `type`",
    ),
    (
        "two_bodies",
        br#"{"type":"ping"}{"type":"ping"}"#,
        "the event is not as documented at `.`: trailing characters after the value",
    ),
    (
        "cut_short",
        br#"{"type":"ping","data":{"ada@example.com":["#,
        "the event is not as documented at `data`: the body ends too early, at line 1 column 42",
    ),
    (
        "without_data",
        br#"{"type":"commission.created"}"#,
        "commission.created: the event is not as documented at `.`: missing field `data`",
    ),
    (
        "null_data",
        br#"{"type":"commission.created","data":null}"#,
        "commission.created: the event is not as documented at `data`: expected struct Commission, found null",
    ),
    (
        "two_data",
        br#"{"type":"unknown","data":{"email":"ada@example.com"},"data":{"email":"ada@example.com"}}"#,
        "unknown: the event is not as documented at `.`: duplicate field `data`",
    ),
    (
        "bad_id",
        br#"{"type":"referral.created","data":{"id":"ada@example.com"}}"#,
        "referral.created: the event is not as documented at `data.id`: the value does not have the documented format",
    ),
    (
        "secret_name",
        br#"{"type":"pk_live_Example7Secret","data":{},"data":{}}"#,
        "the event is not as documented at `.`: duplicate field `data`",
    ),
    (
        "number_out_of_range",
        br#"{"type":"ada@example.com","data":1e999}"#,
        "the event is not as documented at `data`: the body is not JSON, at line 1 column 38",
    ),
];

pub(crate) fn cases() -> Vec<Trial> {
    let samples =
        corpus::of_webhooks().map(|sample| case(format!("webhook::{}", sample.name), move || check_sample(&sample)));
    let unknown = UNKNOWN
        .iter()
        .map(|(name, event, body)| case(format!("webhook::unknown::{name}"), move || check_unknown(event, body)));
    let bad = BAD
        .iter()
        .map(|(name, body, expected)| case(format!("webhook::bad::{name}"), move || check_bad(body, expected)));
    samples.chain(unknown).chain(bad).collect()
}

fn check_sample(sample: &Sample) {
    let delivery = Delivery::parse(sample.text()).unwrap_or_else(|error| panic!("{error}"));
    let is_variant = VARIANTS.iter().find(|(name, _)| *name == sample.name).map(|(_, is_variant)| is_variant);
    assert!(is_variant.expect("a row of VARIANTS")(&delivery.event), "{:?}", delivery.event);
    assert_eq!(delivery.event.name(), sample.name);
    assert!(delivery.extra.is_empty());
    for back in [encode(&delivery), encode(&delivery.event)] {
        alike(&sample.json(), &back, Form::Documented).unwrap_or_else(|difference| panic!("{difference}"));
    }
}

fn check_unknown(name: &str, body: &str) {
    let delivery = Delivery::parse(body).unwrap_or_else(|error| panic!("{error}"));
    assert!(delivery.extra.is_empty(), "the event itself has them");
    assert_eq!(delivery.event.name(), name);
    assert_eq!(Event::parse(body).expect("an event"), delivery.event);
    let sent: Value = serde_json::from_str(body).expect("JSON");
    assert_eq!([encode(&delivery), encode(&delivery.event)], [sent.clone(), sent]);
    let Event::Unknown(event) = delivery.event else { panic!("{name} is known") };
    assert_eq!(event.name, name);
}

#[track_caller]
fn check_bad(body: &[u8], expected: &str) {
    let error = Event::parse(body).expect_err("no event");
    assert_eq!(error.to_string(), expected);
    assert!(matches!(error, Error::Event { .. }));
    assert_eq!((error.status(), error.is_retryable(), error.request_sent()), (None, false, false));
    discreet::check(&error);
}
