//! The API key and e-mail addresses never leak: every fault × every kind of call, with all log output.

use std::time::Duration;

use libtest_mimic::Trial;
use promotekit::mock::{self, Calls, Fault, Response, Server};
use promotekit::{Affiliate, Client, CreateReferral, Error, Method, UpdateAffiliate};
use serde_json::json;
use tests::collector::{Line, collect};
use tests::discreet;
use tests::server::{KEY, wait};

use crate::case;
use crate::mock_faults;

pub(crate) fn cases() -> Vec<Trial> {
    let faults =
        mock_faults::faults().map(|(name, fault)| case(format!("leak::fault::{name}"), move || of_a_fault(fault)));
    let responses =
        RESPONSES.iter().map(|(name, response)| case(format!("leak::response::{name}"), || of_a_response(*response)));
    faults.chain(responses).collect()
}

/// A name, and a response that contains secrets.
type Row = (&'static str, fn() -> Response);

const RESPONSES: &[Row] = &[
    ("message", || text(400, "application/json", r#"{"success":false,"error":{"message":"WHO is bad","type":"WHO"}}"#)),
    ("rejection", || text(429, "application/json", r#"{"error":{"message":"WHO asks too often"}}"#)),
    ("failed_by_its_body", || text(200, "application/json", r#"{"success":false,"error":{"message":"WHO"}}"#)),
    ("page", || text(502, "text/html", "<p>WHO</p>")),
    ("redirect", || text(302, "text/html", "WHO").with("location", "https://ada%40example.com/?of=ada@example.com")),
    ("mismatch", || text(200, "application/json", r#"{"success":true,"data":"WHO"}"#)),
    ("mismatch_name", || text(200, "application/json", r#"{"success":true,"data":[{"WHO":1,"id":"WHO"}]}"#)),
    ("no_json", || text(200, "application/json", "WHO")),
    ("headers", || text(503, "text/plain", "").with("x-who", "ada@example.com").with("retry-after", "ada@example.com")),
];

fn text(status: u16, kind: &str, body: &str) -> Response {
    Response::new(status, kind, body.replace("WHO", &format!("ada@example.com ada%40example.com {KEY}")))
}

fn start() -> (Server, Client) {
    let server = mock::builder().api_key(KEY).start().expect("a server");
    let builder = server.client_builder().timeout(Duration::from_millis(100)).max_response_bytes(100_000);
    let builder = builder.max_retries(1).backoff(Duration::ZERO, Duration::ZERO).max_retry_after(Duration::ZERO);
    let client = builder.without_rate_limit().build().expect("a client");
    (server, client)
}

/// Makes one call of each kind, with addresses in query, path and body, and checks all results.
async fn calls(client: &Client, affiliate: &Affiliate) {
    let list = client.referrals().list().email("ada@example.com").extra_header("x-who", "ada@example.com");
    let mut rows = client.referrals().list().email("ada@example.com").stream();
    rows.next().await.into_iter().for_each(discreet::check_result);
    discreet::check_debug(&(&rows, &list, client));
    discreet::check_result(list.with_response().await);
    discreet::check_result(
        client.affiliates().update(affiliate.id, UpdateAffiliate::new().email("grace@example.com")).await,
    );
    discreet::check_result(client.referrals().create(CreateReferral::new(affiliate.id, "alan@example.com")).await);
    let request = client.request(Method::GET, "/referrals/ada@example.com").query("of", "ada@example.com");
    discreet::check_result(request.json(&json!({"email": "ada@example.com"})).await);
}

/// Checks that no crate logs the key, and that this crate and its dependencies log no address.
#[track_caller]
fn check_lines(lines: &[Line]) {
    assert!(lines.iter().any(|line| line.target == "promotekit"));
    discreet::check_lines(lines);
}

fn of_a_fault(fault: fn() -> Fault) {
    let (server, client) = start();
    let affiliate = server.seed(json!({})).expect("an affiliate");
    for operation in ["list_referrals", "update_affiliate", "create_referral"] {
        server.fault(operation, Calls::Every, fault()).expect("a fault");
    }
    let ((), lines) = collect(|| wait(calls(&client, &affiliate)));
    check_lines(&lines);
}

fn of_a_response(response: fn() -> Response) {
    let (server, client) = start();
    server.respond_next(response());
    check_kept_body(&wait(client.payouts().list().max_retries(0)).expect_err("a failure"));
    let affiliate = server.seed(json!({})).expect("an affiliate");
    (0..20).for_each(|_| server.respond_next(response()));
    let ((), lines) = collect(|| wait(calls(&client, &affiliate)));
    check_lines(&lines);
}

/// Checks that an error exposes its body only through `raw_body`.
#[track_caller]
fn check_kept_body(error: &Error) {
    discreet::check(error);
    match error.raw_body() {
        Some(body) => assert!(body.is_empty() || String::from_utf8_lossy(body).contains(KEY), "{error}"),
        None => assert!(matches!(error, Error::Decode { .. }), "{error}"),
    }
}
