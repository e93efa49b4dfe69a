//! The API key and e-mail addresses stay where they belong: every fault × every kind of call, with everything that is said.

use std::time::Duration;

use libtest_mimic::Trial;
use promotekit::mock::{self, Response, Calls, Fault, Server};
use promotekit::webhooks::Event;
use promotekit::{Affiliate, Client, CreateReferral, Error, Method, UpdateAffiliate};
use serde_json::json;

use crate::collector::{Line, collect};
use crate::discreet;
use crate::mock_faults;
use crate::server::{KEY, wait};
use crate::trial;

pub(crate) fn trials() -> Vec<Trial> {
    let faults =
        mock_faults::faults().map(|(name, fault)| trial(format!("leak::fault::{name}"), move || of_a_fault(fault)));
    let answers = ANSWERS.iter().map(|(name, answer)| trial(format!("leak::answer::{name}"), || of_an_answer(*answer)));
    let others = [
        trial("leak::webhooks", of_webhooks),
        trial("leak::settings", of_settings),
        trial("leak::redirects_of_another_http_client", of_redirects),
    ];
    faults.chain(answers).chain(others).collect()
}

/// An answer that repeats what it should not.
type Row = (&'static str, fn() -> Response);

const ANSWERS: &[Row] = &[
    ("message", || text(400, "application/json", r#"{"success":false,"error":{"message":"WHO is bad","type":"WHO"}}"#)),
    ("refusal", || text(429, "application/json", r#"{"error":{"message":"WHO asks too often"}}"#)),
    ("failed_by_its_body", || text(200, "application/json", r#"{"success":false,"error":{"message":"WHO"}}"#)),
    ("page", || text(502, "text/html", "<p>WHO</p>")),
    ("redirect", || text(302, "text/html", "WHO").with("location", "https://ada%40example.com/?of=ada@example.com")),
    ("misfit", || text(200, "application/json", r#"{"success":true,"data":"WHO"}"#)),
    ("misfit_name", || text(200, "application/json", r#"{"success":true,"data":[{"WHO":1,"id":"WHO"}]}"#)),
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

/// One call of each kind, with addresses in query, path and body; all results are checked.
async fn calls(client: &Client, affiliate: &Affiliate) {
    let list = client.referrals().list().email("ada@example.com").extra_header("x-who", "ada@example.com");
    let mut rows = client.referrals().list().email("ada@example.com").stream();
    rows.next().await.into_iter().for_each(check);
    discreet::check_debug(&(&rows, &list, client));
    check(list.with_response().await);
    check(client.affiliates().update(affiliate.id, UpdateAffiliate::new().email("grace@example.com")).await);
    check(client.referrals().create(CreateReferral::new(affiliate.id, "alan@example.com")).await);
    let request = client.request(Method::GET, "/referrals/ada@example.com").query("of", "ada@example.com");
    check(request.json(&json!({"email": "ada@example.com"})).await);
}

#[track_caller]
fn check<T>(result: Result<T, Error>) {
    if let Err(error) = result {
        discreet::check(&error);
    }
}

/// Whatever a crate says: the key is never in it. What we and the crates below us say has no address in it either.
#[track_caller]
fn check_lines(lines: &[Line]) {
    assert!(lines.iter().any(|line| line.target == "promotekit"));
    discreet_lines(lines);
}

#[track_caller]
fn discreet_lines(lines: &[Line]) {
    for line in lines {
        discreet::check_text(&line.text);
    }
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

fn of_an_answer(answer: fn() -> Response) {
    let (server, client) = start();
    server.respond_next(answer());
    check_kept_body(&wait(client.payouts().list().max_retries(0)).expect_err("a failure"));
    let affiliate = server.seed(json!({})).expect("an affiliate");
    (0..20).for_each(|_| server.respond_next(answer()));
    let ((), lines) = collect(|| wait(calls(&client, &affiliate)));
    check_lines(&lines);
}

/// What an answer of failure says is there for those who ask for it, and nothing else shows it.
#[track_caller]
fn check_kept_body(error: &Error) {
    discreet::check(error);
    match error.raw_body() {
        Some(body) => assert!(body.is_empty() || String::from_utf8_lossy(body).contains(KEY), "{error}"),
        None => assert!(matches!(error, Error::Decode { .. }), "{error}"),
    }
}

fn of_webhooks() {
    let bodies = [
        "ada@example.com",
        r#"{"type":"ada@example.com"}"#,
        r#"{"type":"referral.created","data":{"id":"ada@example.com"}}"#,
        r#"{"type":"referral.created","data":{"ada@example.com":1}}"#,
        r#"{"type":7,"ada@example.com":8}"#,
    ];
    let ((), lines) = collect(|| bodies.iter().for_each(|body| check(Event::parse(body.as_bytes()))));
    discreet_lines(&lines);
}

fn of_settings() {
    let builder =
        || Client::builder(format!("{KEY}\u{e4}")).base_url(format!("http://ada@example.com:{KEY}@x.example"));
    let builder = || builder().extra_header("authorization", KEY).extra_query("of", "ada@example.com");
    discreet::check_debug(&builder());
    let (result, lines) = collect(|| builder().build());
    discreet::check(&result.expect_err("bad settings"));
    discreet_lines(&lines);
}

/// An HTTP client of the user's own may follow redirects. The key does not go with it.
fn of_redirects() {
    let (server, other) = (start().0, start().0);
    let affiliate: Affiliate = server.seed(json!({})).expect("an affiliate");
    let http = reqwest::Client::builder().no_proxy().build().expect("an HTTP client");
    let client = server.client_builder().http_client(http).build().expect("a client");
    for host in ["localhost", "127.0.0.1"] {
        let to = format!("http://{host}:{}/api/v1/payouts", other.address().port());
        for operation in ["list_payouts", "create_referral"] {
            server.fault(operation, Calls::Every, Fault::Redirect(to.clone())).expect("a fault");
        }
        wait(async {
            assert!(client.payouts().list().await.is_err(), "the other one is told no key");
            let new = CreateReferral::new(affiliate.id, "ada@example.com");
            assert!(client.referrals().create(new).await.is_err());
        });
        server.clear_faults();
    }
    let seen = other.requests();
    assert_eq!(seen.len(), 4);
    for request in seen {
        assert!(!format!("{:?} {request}", request.headers).contains(KEY), "{request}");
        assert!(!request.headers.contains_key("authorization"));
    }
}
