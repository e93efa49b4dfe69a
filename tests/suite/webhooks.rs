//! Events: the mock server's samples, extra fields, bounds.

use promotekit::mock;
use promotekit::webhooks::{Delivery, Event};
use serde_json::{Value, json};
use tests::alike::{Form, alike};
use tests::calls::encode;
use tests::corpus;
use tests::discreet;
use tests::events::VARIANTS;

#[test]
fn every_variant_has_a_sample() {
    for (name, _) in VARIANTS {
        assert!(corpus::of_webhooks().any(|sample| sample.name == *name), "{name}");
    }
}

#[test]
fn samples_of_the_mock_server() {
    let emitted: Vec<_> = mock::SAMPLE_EVENTS.iter().map(|(name, _)| *name).collect();
    let documented: Vec<_> = VARIANTS.iter().map(|(name, _)| *name).collect();
    assert_eq!(emitted, documented);
    for sample in corpus::of_webhooks() {
        let body: Value = serde_json::from_str(mock::sample_event(&sample.name).expect("a body")).expect("JSON");
        assert_eq!(body, sample.json());
    }
    assert_eq!(mock::sample_event("payout.created"), None);
}

/// Undocumented fields are kept, both next to the data and inside it.
#[test]
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

#[test]
fn nesting_is_bounded() {
    let nested = |depth: usize| format!(r#"{{"type":"ping","data":{}1{}}}"#, "[".repeat(depth), "]".repeat(depth));
    Event::parse(nested(100)).expect("an event");
    for depth in [200, 1_000_000] {
        let error = Event::parse(nested(depth)).expect_err("too deep");
        let expected = "ping: the event is not as documented at `data[0][0][0][0][0][0][0][0][0][0][0][0][0][0][0]…`: \
                        the body is nested too deeply, at line 1 column 149";
        assert_eq!(error.to_string(), expected);
    }
}

#[test]
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
