//! No log or error contains the API key or an e-mail address.

use promotekit::{Client, CreateAffiliate, CreateReferral, UpdateAffiliate};
use tests::calls::{ADA, GRACE};
use tests::discreet::{check, check_debug, leaks};
use tests::server::KEY;

#[test]
fn leaks_are_found() {
    assert!(leaks("Bearer pk_live_Example7Secret") && leaks("<ada@example.com>") && leaks("?email=ada%40x"));
    assert!(!leaks("[redacted]"));
}

#[test]
fn client_and_builder() {
    let builder = || Client::builder(KEY).base_url("http://127.0.0.1:9/api/v1");
    check_debug(&builder());
    check_debug(&Client::builder(KEY).base_url(format!("https://ada@example.com:{KEY}@localhost")));
    check_debug(&builder().build().expect("a client"));
    check_debug(&builder().build().expect("a client").affiliates());
}

#[test]
fn configuration_errors() {
    let bad_urls = [format!("https://ada@example.com:{KEY}@localhost"), format!("https://x/?{KEY}=a@b.c")];
    for url in bad_urls {
        check(&Client::builder(KEY).base_url(url).build().expect_err("a bad base URL"));
    }
    check(&Client::new(format!("{KEY}\n")).expect_err("a bad key"));
    check(&Client::new(format!(" {KEY} ada@example.com")).expect_err("a bad key"));
}

#[test]
fn request_values() {
    let client = Client::builder(KEY).build().expect("a client");
    let (affiliates, referrals) = (client.affiliates(), client.referrals());
    check_debug(&affiliates.list().email("ada@example.com").ref_code(KEY));
    check_debug(&affiliates.create(CreateAffiliate::new("grace@example.com", "Grace", "Hopper")));
    check_debug(&affiliates.update(ADA, UpdateAffiliate::new().payout_email("ada@example.com")));
    check_debug(&referrals.list().email("charles@example.com"));
    check_debug(&referrals.create(CreateReferral::new(GRACE, "alan@example.com")));
}
