//! What goes wrong on demand: what the client makes of it, whether the server has acted, and that it goes on serving.

use std::time::Duration;

use libtest_mimic::Trial;
use promotekit::mock::{self, Calls, Fault, RetryAfter, Server};
use promotekit::{Affiliate, Campaign, CreateReferral, Error, Referral, SubscriptionStatus};
use serde_json::json;

use crate::server::wait;
use crate::shape::shape;
use crate::trial;

/// A fault, what a GET and a POST make of it, and how many objects the POST has left behind.
type Row = (&'static str, fn() -> Fault, &'static str, &'static str, usize);

const ROWS: &[Row] = &[
    ("status", || Fault::Status(503), "Api 503", "OutcomeUnknown from create_referral: Api 503", 0),
    (
        "status_429",
        || Fault::RetryLater(429, RetryAfter::Seconds(7)),
        "RateLimited Some(7s)",
        "RateLimited Some(7s)",
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

/// Every fault and its name.
pub(crate) fn faults() -> impl Iterator<Item = (&'static str, fn() -> Fault)> {
    ROWS.iter().map(|(name, fault, ..)| (*name, *fault))
}

pub(crate) fn trials() -> Vec<Trial> {
    let rows = ROWS.iter().map(|row| trial(format!("mock_fault::{}", row.0), || check(row)));
    let others = [
        trial("mock_fault::calls_are_chosen", calls_are_chosen),
        trial("mock_fault::unknown_operations", unknown_operations),
        trial("mock_fault::answers_drift", answers_drift),
        trial("mock_fault::rows_shift", rows_shift),
        trial("mock_fault::retry_after_a_date", retry_after_a_date),
        trial("mock_fault::differences_are_readable", differences_are_readable),
    ];
    rows.chain(others).collect()
}

fn client(server: &Server) -> promotekit::Client {
    let builder = server.client_builder().timeout(Duration::from_millis(700)).max_response_bytes(100_000);
    builder.max_retries(0).build().expect("a client")
}

fn outcome<T>(result: Result<T, Error>) -> String {
    result.map_or_else(|error| shape(&error), |_| "ok".to_owned())
}

/// Without the operation in front, and without what varies behind.
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

fn calls_are_chosen() {
    let server = mock::start().expect("a server");
    server.fault("list_campaigns", Calls::Nth(2), Fault::Status(500)).expect("a fault");
    let client = client(&server);
    let statuses = (0..3).map(|_| wait(client.campaigns().list()).err().and_then(|error| error.status()));
    assert_eq!(
        statuses.map(|status| status.map(|status| status.as_u16())).collect::<Vec<_>>(),
        [None, Some(500), None]
    );
    server.fault("list_campaigns", Calls::Every, Fault::CloseBefore).expect("a fault");
    assert!(wait(client.campaigns().list()).is_err());
    server.clear_faults();
    assert!(wait(client.campaigns().list()).is_ok());
}

fn unknown_operations() {
    let server = mock::start().expect("a server");
    let error = server.fault("list_nothing", Calls::Every, Fault::CloseBefore).expect_err("a refusal");
    assert_eq!(error.to_string(), "the API has no operation `list_nothing`");
}

fn answers_drift() {
    let server = mock::start().expect("a server");
    let spring: Campaign = server.seed(json!({})).expect("a campaign");
    let ada: Affiliate = server.seed(json!({"campaign_id": spring.id})).expect("an affiliate");
    let get = |fault: Fault| {
        server.clear_faults();
        server.fault("get_affiliate", Calls::Every, fault).expect("a fault");
        wait(client(&server).affiliates().get(ada.id)).expect("an affiliate")
    };
    let bare = get(Fault::AbsentFields);
    assert_eq!((bare.id, &bare.email), (ada.id, &ada.email), "what is required stays");
    assert_eq!((bare.links, bare.campaign, bare.created_at), (None, None, None));
    assert_eq!(get(Fault::NullFields).campaign, None);
    let more = get(Fault::UnknownFields);
    let inside = more.campaign.expect("a campaign");
    assert!(more.extra.contains_key("unheard_of") && inside.extra.contains_key("unheard_of"));
    let odd = get(Fault::UnknownValues).campaign.expect("a campaign");
    assert_eq!((odd.commission_type.as_str(), odd.code_mode.as_str()), ("unheard_of", "unheard_of"));
}

fn rows_shift() {
    let server = mock::start().expect("a server");
    server.seed_many::<Referral>(4, |number| json!({"stripe_customer_id": number.to_string()})).expect("referrals");
    server.fault("list_referrals", Calls::Nth(2), Fault::ShiftRows).expect("a fault");
    let client = client(&server);
    let page = |number| {
        let page = wait(client.referrals().list().limit(2).page(number)).expect("a page");
        page.into_iter().map(|row| row.stripe_customer_id.unwrap_or_default()).collect::<Vec<_>>()
    };
    assert_eq!(page(1), ["0", "1"]);
    assert_eq!(page(2), ["1", "2"], "a row that was on the first page comes again");
}

fn retry_after_a_date() {
    let server = mock::start().expect("a server");
    server.fault("list_payouts", Calls::Every, Fault::RetryLater(429, RetryAfter::DateIn(60))).expect("a fault");
    let error = wait(client(&server).payouts().list()).expect_err("a refusal");
    let wait = error.retry_after().expect("a time to wait");
    assert!((59..=60).contains(&wait.as_secs()), "{error:?}");
}

fn differences_are_readable() {
    let server = mock::start().expect("a server");
    let client = client(&server);
    let _ = wait(client.campaigns().list().limit(2));
    let _ = wait(client.payouts().list());
    server.assert_requests(&["GET /api/v1/campaigns?limit=2", "GET /api/v1/payouts"]);
    let panic = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        server.assert_requests(&[
            "GET /api/v1/campaigns?limit=2",
            "GET /api/v1/payouts?page=2",
            "GET /api/v1/referrals",
        ]);
    }));
    let text = panic.expect_err("a difference");
    let expected = "the requests differ (- expected, + arrived):\n  GET /api/v1/campaigns?limit=2\n\
        - GET /api/v1/payouts?page=2\n+ GET /api/v1/payouts\n- GET /api/v1/referrals";
    assert_eq!(text.downcast_ref::<String>().map(String::as_str), Some(expected));
}
