//! No error contains an e-mail address from an error response.

use promotekit::Error;
use promotekit::mock::Response;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::json;
use tests::calls::{CALLS, call_of};
use tests::discreet;

use super::check;
use super::connection::Connection;
use super::texts::{LOCAL, address, text};

/// Encodings of the `@` in an address.
const SIGNS: &[&str] =
    &["@", "%40", "&#64;", "&#x40;", "&commat;", "&#064;", "&#X40;", "&#64", "%2540", "\u{ff20}", "\\u0040"];

/// A text that contains an address.
fn text_with_address() -> impl Strategy<Value = String> {
    let sign = prop_oneof![3 => Just("@"), 1 => select(SIGNS)];
    let around = select(&[" ", "<", ">", "\"", ":", "(", ")", ", ", "mailto:", "/", "\u{a0}", "\n", ".", "é"][..]);
    (text(), around.clone(), address(), sign, around, text()).prop_map(|(before, open, address, sign, close, after)| {
        // The space separates the text before from the address.
        format!("{before} {open}{}{close} {after}", address.replace('@', sign))
    })
}

#[test]
fn messages_show_no_address() {
    let connection = Connection::open();
    check(150, &(text_with_address(), text_with_address(), 400_u16..=599), |(message, code, status)| {
        let body = json!({"success": false, "error": {"message": message, "type": code}}).to_string();
        shows_none(&connection, "create_referral", Response::new(status, "application/json", body));
    });
}

#[test]
fn pages_show_no_address() {
    let connection = Connection::open();
    let operation = select(CALLS).prop_map(|(operation, _)| operation);
    let kind = select(&["text/html", "text/plain", "application/xml"][..]);
    check(150, &(operation, text_with_address(), kind, 400_u16..=599), |(operation, page, kind, status)| {
        shows_none(&connection, operation, Response::new(status, kind, page));
    });
}

#[test]
fn redirects_show_no_address() {
    let connection = Connection::open();
    let sign = select(&["@", "%40"][..]);
    let before = select(&["https://", "app://", "mailto:", "/", "?", "//"][..]);
    check(100, &(before, address(), sign, 300_u16..=399), |(before, address, sign, status)| {
        let location = format!("{before}{}", address.replace('@', sign));
        rejected(&connection, "get_payout", Response::new(status, "text/html", "").with("location", &location));
    });
}

fn shows_none(connection: &Connection, operation: &str, response: Response) {
    let error = rejected(connection, operation, response);
    let shown = format!("{error} {error:?}");
    assert!(!shown.contains(LOCAL), "{shown}");
}

fn rejected(connection: &Connection, operation: &str, response: Response) -> Error {
    let call = call_of(operation).expect("a call");
    let error = connection.call(response, call).expect_err("a failure");
    discreet::check(&error);
    error
}
