//! Nothing that may end in a log shows the API key or an e-mail address.

use std::error::Error as _;
use std::fmt::{Debug, Display};

use libtest_mimic::Trial;
use promotekit::{Client, CreateAffiliate, CreateReferral, Error, UpdateAffiliate, Uuid};

use crate::calls::{ADA, GRACE};
use crate::server::KEY;
use crate::trial;

/// Checks an error and everything that caused it.
#[track_caller]
pub(crate) fn check(error: &Error) {
    check_texts(error);
    // No body is an id; what is said about that does not repeat it either.
    if let Some(result) = error.body::<Uuid>() {
        check_texts(&result.expect_err("no id"));
    }
    let mut cause = error.source();
    while let Some(error) = cause {
        check_texts(error);
        cause = error.source();
    }
}

#[track_caller]
fn check_texts<T: Debug + Display + ?Sized>(value: &T) {
    check_text(&value.to_string());
    check_debug(value);
}

/// Checks what `Debug` shows of a value.
#[track_caller]
pub(crate) fn check_debug<T: Debug + ?Sized>(value: &T) {
    check_text(&format!("{value:?}"));
    check_text(&format!("{value:#?}"));
}

/// Checks a text.
#[track_caller]
pub(crate) fn check_text(text: &str) {
    assert!(!leaks(text), "{text}");
}

/// Every fixture's address has an `@`, which in a URL is `%40`; nothing else in the suite has one.
fn leaks(text: &str) -> bool {
    [KEY, "@", "%40"].iter().any(|secret| text.contains(secret))
}

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial("discreet::leaks_are_found", || {
            assert!(leaks("Bearer pk_live_Example7Secret") && leaks("<ada@example.com>") && leaks("?email=ada%40x"));
            assert!(!leaks("[redacted]"));
        }),
        trial("discreet::client_and_builder", || {
            let builder = || Client::builder(KEY).base_url("http://127.0.0.1:9/api/v1");
            check_debug(&builder());
            check_debug(&Client::builder(KEY).base_url(format!("https://ada@example.com:{KEY}@localhost")));
            check_debug(&builder().build().expect("a client"));
            check_debug(&builder().build().expect("a client").affiliates());
        }),
        trial("discreet::configuration_errors", || {
            let bad_urls = [format!("https://ada@example.com:{KEY}@localhost"), format!("https://x/?{KEY}=a@b.c")];
            for url in bad_urls {
                check(&Client::builder(KEY).base_url(url).build().expect_err("a bad base URL"));
            }
            check(&Client::new(format!("{KEY}\n")).expect_err("a bad key"));
            check(&Client::new(format!(" {KEY} ada@example.com")).expect_err("a bad key"));
        }),
        trial("discreet::request_values", || {
            let client = Client::builder(KEY).build().expect("a client");
            let (affiliates, referrals) = (client.affiliates(), client.referrals());
            check_debug(&affiliates.list().email("ada@example.com").ref_code(KEY));
            check_debug(&affiliates.create(CreateAffiliate::new("grace@example.com", "Grace", "Hopper")));
            check_debug(&affiliates.update(ADA, UpdateAffiliate::new().payout_email("ada@example.com")));
            check_debug(&referrals.list().email("charles@example.com"));
            check_debug(&referrals.create(CreateReferral::new(GRACE, "alan@example.com")));
        }),
    ]
}
