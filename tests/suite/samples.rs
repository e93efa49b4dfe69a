//! Response samples field by field, and the comparison that `cases` relies on.

use rust_decimal::Decimal;
use serde_json::json;
use tests::alike::{Form, alike};
use tests::calls::call_of;
use tests::corpus;
use tests::server::{Reply, Server, wait};

/// The expected digits are literals, because parsing the sample as JSON numbers could round them in the same way.
#[test]
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
        let server = Server::replying([Reply::json(200, corpus::text(sample))]);
        let page = wait(server.client().commissions().list()).unwrap_or_else(|error| panic!("{sample}: {error}"));
        let text = |amount: &Decimal| amount.to_string();
        let read: Vec<_> = page.iter().map(|row| (text(&row.revenue_amount), text(&row.commission_amount))).collect();
        let expected: Vec<_> = digits.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        assert_eq!(read, expected, "{sample}");
    }
}

/// Success statuses are undocumented, so each of them is accepted.
#[test]
fn a_created_status_is_a_success() {
    for status in [200, 201, 202] {
        let server = Server::replying([Reply::json(status, corpus::text("create_referral/typical.response"))]);
        let call = call_of("create_referral").expect("a call of create_referral");
        let referral = wait(call(&server.client())).unwrap_or_else(|error| panic!("{status}: {error}"));
        assert_eq!(referral["email"], "charles@example.com", "{status}");
    }
}

/// Tests the comparison itself, which could otherwise accept everything.
#[test]
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
