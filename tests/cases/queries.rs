//! Query parameters arrive unchanged, whatever characters they contain.

use libtest_mimic::Trial;
use promotekit::SubscriptionStatus;
use tests::calls::{Call, send};
use tests::corpus;
use tests::server::{Reply, Server, wait};

use crate::case;

type Query = &'static [(&'static str, &'static str)];

const ROWS: &[(&str, Call, Query)] = &[
    ("nothing_set", |client| send(client.affiliates().list()), &[]),
    (
        "email_with_plus",
        |client| send(client.affiliates().list().email("ada+promo@example.com")),
        &[("email", "ada+promo@example.com")],
    ),
    (
        "reserved_characters",
        |client| send(client.affiliates().list().ref_code("a&b=c d?e#f/g%20h+i")),
        &[("ref_code", "a&b=c d?e#f/g%20h+i")],
    ),
    ("unicode", |client| send(client.affiliates().list().promo_code("été 東京 🦀")), &[("promo_code", "été 東京 🦀")]),
    ("empty_text", |client| send(client.affiliates().list().ref_code("")), &[("ref_code", "")]),
    (
        "one_status",
        |client| send(client.referrals().list().subscription_status([SubscriptionStatus::PastDue])),
        &[("subscription_status", "past_due")],
    ),
    (
        "every_status",
        |client| send(client.referrals().list().subscription_status(SubscriptionStatus::KNOWN.iter().cloned())),
        &[("subscription_status", "active,signed_up,trialing,canceled,past_due")],
    ),
    (
        "unknown_status",
        |client| send(client.referrals().list().subscription_status(["active".into(), "paused".into()])),
        &[("subscription_status", "active,paused")],
    ),
    (
        "last_value_wins",
        |client| send(client.referrals().list().limit(5).limit(7).email("a@example.com").email("b@example.com")),
        &[("email", "b@example.com"), ("limit", "7")],
    ),
    (
        "bounds",
        |client| send(client.payouts().list().limit(100).page(i64::MAX)),
        &[("limit", "100"), ("page", "9223372036854775807")],
    ),
];

pub(crate) fn cases() -> Vec<Trial> {
    ROWS.iter().map(|(name, call, query)| case(format!("query::{name}"), || check(*call, query))).collect()
}

fn check(call: Call, expected: Query) {
    // Every list can be empty, so one response works for all rows.
    let server = Server::replying([Reply::json(200, corpus::text("list_affiliates/empty.response"))]);
    wait(call(&server.client())).unwrap_or_else(|error| panic!("{error}"));
    let seen = server.seen();
    let [request] = seen.as_slice() else { panic!("one request, not {seen:?}") };
    let mut pairs = request.query_pairs();
    pairs.sort();
    let expected: Vec<_> = expected.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    assert_eq!(pairs, expected, "{:?}", request.query);
    match &request.query {
        // Without parameters there is not even a question mark.
        None => assert!(expected.is_empty()),
        Some(raw) => assert!(raw.is_ascii() && !raw.is_empty() && !raw.contains(' '), "{raw}"),
    }
}
