//! What webhooks send becomes events and the same JSON again; whatever else arrives is an error that repeats none of it.

use libtest_mimic::Trial;
use promotekit::webhooks::{Delivery, Event};
use promotekit::{Error, mock};
use serde_json::{Value, json};

use crate::alike::{Form, alike};
use crate::calls::encode;
use crate::corpus::{self, Sample};
use crate::discreet;
use crate::trial;

type IsVariant = fn(&Event) -> bool;

/// The events that are documented, with the variant of each.
const VARIANTS: &[(&str, IsVariant)] = &[
    ("affiliate.created", |event| matches!(event, Event::AffiliateCreated(_))),
    ("affiliate.approved", |event| matches!(event, Event::AffiliateApproved(_))),
    ("referral.created", |event| matches!(event, Event::ReferralCreated(_))),
    ("referral.converted", |event| matches!(event, Event::ReferralConverted(_))),
    ("commission.created", |event| matches!(event, Event::CommissionCreated(_))),
];

/// Bodies that this version has no variant for, and the name of each event.
const UNKNOWN: &[(&str, &str, &str)] = &[
    ("with_data", "payout.created", r#"{"type":"payout.created","data":{"id":7,"email":"ada@example.com"}}"#),
    ("with_other_fields", "payout.created", r#"{"type":"payout.created","data":[1],"at":"now","try":{"no":2}}"#),
    ("without_data", "ping", r#"{"type":"ping"}"#),
    ("another_case", "Affiliate.Created", r#"{"type":"Affiliate.Created","data":true}"#),
    ("empty_name", "", r#"{"type":"","data":""}"#),
];

/// Bodies that are no event, or not the one that they say they are.
const BAD: &[(&str, &[u8], &str)] = &[
    ("empty", b"", "the event does not fit at `.`: the body ends too early, at line 1 column 0"),
    ("not_json", b"type=ada@example.com", "the event does not fit at `.`: the body is not JSON, at line 1 column 2"),
    ("not_text", b"{\"type\":\"\xff\"}", "the event does not fit at `type`: the body is not JSON, at line 1 column 10"),
    ("list", b"[]", "the event does not fit at `.`: expected an event, which is an object, found sequence"),
    ("null", b"null", "the event does not fit at `.`: expected an event, which is an object, found null"),
    (
        "string",
        b"\"ada@example.com\"",
        "the event does not fit at `.`: expected an event, which is an object, found string",
    ),
    ("nameless", br#"{"data":{}}"#, "the event does not fit at `.`: missing field `type`"),
    ("null_name", br#"{"type":null}"#, "the event does not fit at `type`: expected a string, found null"),
    ("two_names", br#"{"type":"a@b.c","type":"ping"}"#, "the event does not fit at `.`: duplicate field `type`"),
    (
        "two_bodies",
        br#"{"type":"ping"}{"type":"ping"}"#,
        "the event does not fit at `.`: there is more after the end of the value",
    ),
    (
        "cut_short",
        br#"{"type":"ping","data":{"ada@example.com":["#,
        "the event does not fit at `data`: the body ends too early, at line 1 column 42",
    ),
    (
        "without_data",
        br#"{"type":"commission.created"}"#,
        "commission.created: the event does not fit at `.`: missing field `data`",
    ),
    (
        "null_data",
        br#"{"type":"commission.created","data":null}"#,
        "commission.created: the event does not fit at `data`: expected struct Commission, found null",
    ),
    (
        "two_data",
        br#"{"type":"unknown","data":{"email":"ada@example.com"},"data":{"email":"ada@example.com"}}"#,
        "unknown: the event does not fit at `.`: duplicate field `data`",
    ),
    (
        "bad_id",
        br#"{"type":"referral.created","data":{"id":"ada@example.com"}}"#,
        "referral.created: the event does not fit at `data.id`: the value does not have the documented form",
    ),
    (
        "secret_name",
        br#"{"type":"pk_live_Example7Secret","data":{},"data":{}}"#,
        "the event does not fit at `.`: duplicate field `data`",
    ),
    (
        "number_out_of_range",
        br#"{"type":"ada@example.com","data":1e999}"#,
        "the event does not fit at `data`: the body is not JSON, at line 1 column 38",
    ),
];

pub(crate) fn trials() -> Vec<Trial> {
    let samples =
        corpus::of_webhooks().map(|sample| trial(format!("webhook::{}", sample.name), move || check_sample(&sample)));
    let unknown = UNKNOWN
        .iter()
        .map(|(name, event, body)| trial(format!("webhook::unknown::{name}"), move || check_unknown(event, body)));
    let bad = BAD
        .iter()
        .map(|(name, body, expected)| trial(format!("webhook::bad::{name}"), move || check_bad(body, expected)));
    let by_hand = [
        trial("webhook::every_variant_has_a_sample", every_variant_has_a_sample),
        trial("webhook::samples_of_the_stand_in", samples_of_the_stand_in),
        trial("webhook::other_fields_are_kept", other_fields_are_kept),
        trial("webhook::nesting_is_bounded", nesting_is_bounded),
        trial("webhook::no_bytes_make_it_panic", no_bytes_make_it_panic),
    ];
    samples.chain(unknown).chain(bad).chain(by_hand).collect()
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

fn every_variant_has_a_sample() {
    for (name, _) in VARIANTS {
        assert!(corpus::of_webhooks().any(|sample| sample.name == *name), "{name}");
    }
}

fn samples_of_the_stand_in() {
    let emitted: Vec<_> = mock::SAMPLE_EVENTS.iter().map(|(name, _)| *name).collect();
    let documented: Vec<_> = VARIANTS.iter().map(|(name, _)| *name).collect();
    assert_eq!(emitted, documented);
    for sample in corpus::of_webhooks() {
        let body: Value = serde_json::from_str(mock::sample_event(&sample.name).expect("a body")).expect("JSON");
        assert_eq!(body, sample.json());
    }
    assert_eq!(mock::sample_event("payout.created"), None);
}

/// Fields that nobody documents are kept, whether they stand beside the data or inside it.
fn other_fields_are_kept() {
    let mut body: Value = serde_json::from_str(&corpus::text("webhooks/referral.created")).expect("a JSON sample");
    body["attempt"] = json!({"number": 2, "of": null});
    body["data"]["score"] = json!([0.5, "high"]);
    let delivery = Delivery::parse(body.to_string()).expect("an event");
    assert_eq!(Value::Object(delivery.extra.clone()), json!({"attempt": {"number": 2, "of": null}}));
    let Event::ReferralCreated(referral) = &delivery.event else { panic!("another event") };
    assert_eq!(referral.extra["score"], json!([0.5, "high"]));
    alike(&body, &encode(&delivery), Form::Documented).unwrap_or_else(|difference| panic!("{difference}"));
    assert!(encode(&delivery.event).get("attempt").is_none());
}

fn nesting_is_bounded() {
    let nested = |depth: usize| format!(r#"{{"type":"ping","data":{}1{}}}"#, "[".repeat(depth), "]".repeat(depth));
    Event::parse(nested(100)).expect("an event");
    for depth in [200, 1_000_000] {
        let error = Event::parse(nested(depth)).expect_err("too deep");
        let expected = "ping: the event does not fit at `data[0][0][0][0][0][0][0][0][0][0][0][0][0][0][0]…`: \
                        the body is nested too deeply, at line 1 column 149";
        assert_eq!(error.to_string(), expected);
    }
}

fn no_bytes_make_it_panic() {
    let whole = corpus::text("webhooks/referral.created").trim_end().to_owned().into_bytes();
    for end in 0..whole.len() {
        discreet::check(&Event::parse(&whole[..end]).expect_err("a part of an event"));
        for byte in [b'"', b'}', b'\\', 0xff] {
            let mut changed = whole.clone();
            changed[end] = byte;
            if let Err(error) = Event::parse(&changed) {
                discreet::check(&error);
            }
        }
    }
}
