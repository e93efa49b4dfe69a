//! Every sample of an answer goes over HTTP through the client, is encoded again, and still says what was sent.

use libtest_mimic::Trial;
use rust_decimal::Decimal;
use serde_json::{Value, json};

use crate::alike::{Form, alike};
use crate::calls::call_of;
use crate::corpus::{self, Sample};
use crate::server::{Reply, Server, wait};
use crate::trial;

pub(crate) fn trials() -> Vec<Trial> {
    let answer = |kind: &'static str, form| {
        corpus::of_kind(kind)
            .map(move |sample| trial(format!("sample::{}.{kind}", sample.id()), move || check_answer(&sample, form)))
    };
    let by_hand = [
        trial("sample::amounts_are_exact", amounts_are_exact),
        trial("sample::differences_are_found", differences_are_found),
        trial("sample::a_created_status_is_a_success", a_created_status_is_a_success),
    ];
    answer("response", Form::Documented).chain(answer("tolerated", Form::Tolerated)).chain(by_hand).collect()
}

fn check_answer(sample: &Sample, form: Form) {
    let call = call_of(&sample.folder).unwrap_or_else(|| panic!("no call of {}", sample.folder));
    let server = Server::answering([Reply::json(200, sample.text())]);
    let back = wait(call(&server.client())).unwrap_or_else(|error| panic!("{error}"));
    let sent = sample.json();
    let (data, pagination) = match sent.get("pagination") {
        Some(pagination) => (&back["items"], Some(pagination)),
        None => (&back, None),
    };
    alike(&sent["data"], data, form).unwrap_or_else(|difference| panic!("data{difference}"));
    if let Some(pagination) = pagination {
        alike(pagination, &without_nulls(&back["pagination"]), form)
            .unwrap_or_else(|difference| panic!("pagination{difference}"));
    }
    assert_eq!(server.seen().len(), 1);
}

/// The pagination says null where the answer says nothing.
fn without_nulls(value: &Value) -> Value {
    let fields = value.as_object().expect("an object");
    fields.iter().filter(|(_, value)| !value.is_null()).map(|(name, value)| (name.clone(), value.clone())).collect()
}

/// The digits are written out here because reading the sample as JSON numbers could round them the same wrong way.
fn amounts_are_exact() {
    let digits = [
        ("19.99", "100"),
        ("0.1", "0.000001"),
        ("1234567.89", "999999999999.99"),
        ("0", "0.1"),
        ("0.000001", "0"),
        ("999999999999.99", "19.99"),
        ("100", "1234567.89"),
    ];
    for sample in ["list_commissions/amounts.response", "list_commissions/amount_strings.tolerated"] {
        let server = Server::answering([Reply::json(200, corpus::text(sample))]);
        let page = wait(server.client().commissions().list()).unwrap_or_else(|error| panic!("{sample}: {error}"));
        let text = |amount: &Decimal| amount.to_string();
        let read: Vec<_> = page.iter().map(|row| (text(&row.revenue_amount), text(&row.commission_amount))).collect();
        let expected: Vec<_> = digits.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        assert_eq!(read, expected, "{sample}");
    }
}

/// The success statuses are not documented, so each of them counts.
fn a_created_status_is_a_success() {
    for status in [200, 201, 202] {
        let server = Server::answering([Reply::json(status, corpus::text("create_referral/typical.response"))]);
        let call = call_of("create_referral").expect("a call of create_referral");
        let referral = wait(call(&server.client())).unwrap_or_else(|error| panic!("{status}: {error}"));
        assert_eq!(referral["email"], "charles@example.com", "{status}");
    }
}

/// The comparison itself, which could otherwise pass everything.
fn differences_are_found() {
    let sent = json!({
        "id": "a", "none": null, "amount": 0, "count": 3, "at": "2025-06-01T14:00:00+02:00", "list": [{"x": null}, 1]
    });
    let same =
        [sent.clone(), json!({"id": "a", "amount": 0, "count": 3, "at": "2025-06-01T12:00:00Z", "list": [{}, 1]})];
    for back in same {
        assert_eq!(alike(&sent, &back, Form::Documented), Ok(()));
    }
    let different = [
        ("/id", json!("b")),
        ("/none", json!(0)),
        ("/amount", json!(0.0)),
        ("/amount", json!("0")),
        ("/amount", json!(null)),
        ("/count", json!(4)),
        ("/at", json!("2025-06-01T12:00:00.000000001Z")),
        ("/list", json!([{}])),
        ("/list/0", json!(null)),
        ("/list/0", json!({"x": null, "y": null})),
    ];
    for (place, value) in different {
        let mut back = sent.clone();
        *back.pointer_mut(place).expect("a place in the value") = value;
        assert!(alike(&sent, &back, Form::Tolerated).is_err(), "{back}");
    }
    let text = json!({"amount": "19.990", "count": "3"});
    assert_eq!(alike(&text, &json!({"amount": 19.99, "count": "3"}), Form::Tolerated), Ok(()));
    assert!(alike(&text, &json!({"amount": 19.99, "count": "3"}), Form::Documented).is_err());
    assert!(alike(&text, &json!({"amount": 19.98, "count": "3"}), Form::Tolerated).is_err());
    assert!(alike(&text, &json!({"amount": 19.99, "count": 3}), Form::Tolerated).is_err());
}
