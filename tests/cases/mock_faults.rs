//! Faults of the mock server: the client's error, whether the server processed the request, and that it keeps serving.

use std::time::Duration;

use libtest_mimic::Trial;
use promotekit::mock::{self, Calls, Fault, RetryAfter, Server};
use promotekit::{Affiliate, CreateReferral, Error, SubscriptionStatus};
use serde_json::json;
use tests::server::wait;
use tests::shape::shape;

use crate::case;

/// A name, a fault, the errors of a GET and a POST, and the number of objects that the POST created.
type Row = (&'static str, fn() -> Fault, &'static str, &'static str, usize);

const ROWS: &[Row] = &[
    ("status", || Fault::Status(503), "Api 503", "OutcomeUnknown from create_referral: Api 503", 0),
    (
        "status_429",
        || Fault::RetryLater(429, RetryAfter::Seconds(1)),
        "RateLimited Some(1s)",
        "RateLimited Some(1s)",
        0,
    ),
    ("html", || Fault::Html(502), "Api 502", "OutcomeUnknown from create_referral: Api 502", 0),
    ("redirect", || Fault::Redirect("http://127.0.0.1:1/".to_owned()), "Api 307", "Api 307", 0),
    ("close_before", || Fault::CloseBefore, "Disconnected", "OutcomeUnknown from create_referral: Disconnected", 0),
    ("close_after", || Fault::CloseAfter, "Disconnected", "OutcomeUnknown from create_referral: Disconnected", 1),
    ("truncate", || Fault::Truncate, "Disconnected", "OutcomeUnknown from create_referral: Disconnected", 1),
    ("delay", || Fault::Delay(Duration::from_secs(2)), "Timeout", "OutcomeUnknown from create_referral: Timeout", 0),
    ("slow", || Fault::Slow(Duration::from_millis(200)), "Timeout", "OutcomeUnknown from create_referral: Timeout", 1),
    ("oversized", || Fault::Oversized(200_000), "ResponseTooLarge", "ResponseTooLarge", 1),
    ("gzip_bomb", || Fault::GzipBomb(2_000_000), "ResponseTooLarge", "ResponseTooLarge", 1),
    ("nulls", || Fault::NullFields, "ok", "ok", 1),
    ("absent", || Fault::AbsentFields, "ok", "ok", 1),
    ("unknown_fields", || Fault::UnknownFields, "ok", "ok", 1),
    ("unknown_values", || Fault::UnknownValues, "ok", "ok", 1),
];

/// Returns every fault with its name.
pub(crate) fn faults() -> impl Iterator<Item = (&'static str, fn() -> Fault)> {
    ROWS.iter().map(|(name, fault, ..)| (*name, *fault))
}

pub(crate) fn cases() -> Vec<Trial> {
    ROWS.iter().map(|row| case(format!("mock_fault::{}", row.0), || check(row))).collect()
}

fn client(server: &Server) -> promotekit::Client {
    let builder = server.client_builder().timeout(Duration::from_millis(700)).max_response_bytes(100_000);
    builder.max_retries(0).build().expect("a client")
}

fn outcome<T>(result: Result<T, Error>) -> String {
    result.map_or_else(|error| shape(&error), |_| "ok".to_owned())
}

/// Compares without the operation at the start and without variable text at the end.
#[track_caller]
fn starts_like(actual: &str, expected: &str) {
    let actual = actual.split_once(": ").map_or(actual, |(_, rest)| rest);
    assert!(actual.starts_with(expected), "{actual} is not {expected}");
}

fn check((_, fault, of_get, of_post, left): &Row) {
    let server = mock::start().expect("a server");
    let ada: Affiliate = server.seed(json!({"email": "ada@example.com"})).expect("an affiliate");
    server.fault("list_referrals", Calls::First(1), fault()).expect("a fault");
    server.fault("create_referral", Calls::First(1), fault()).expect("a fault");
    wait(async {
        let client = client(&server);
        starts_like(&outcome(client.referrals().list().await), of_get);
        let new = CreateReferral::new(ada.id, "grace@example.com").subscription_status(SubscriptionStatus::Active);
        starts_like(&outcome(client.referrals().create(new).await), of_post);
        let kept = client.referrals().list().await.expect("the server goes on serving");
        assert_eq!(kept.len(), *left, "what the server has done");
    });
    assert!(server.requests_for("create_referral").len() <= 1, "nothing is sent twice");
}
