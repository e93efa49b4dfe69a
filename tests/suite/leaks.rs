//! The API key and e-mail addresses never leak, beyond the tables of `cases`.

use std::time::Duration;

use promotekit::mock::{self, Calls, Fault, Server};
use promotekit::webhooks::Event;
use promotekit::{Affiliate, Client, CreateReferral};
use serde_json::json;
use tests::collector::collect;
use tests::discreet;
use tests::server::{KEY, wait};

fn start() -> (Server, Client) {
    let server = mock::builder().api_key(KEY).start().expect("a server");
    let builder = server.client_builder().timeout(Duration::from_millis(100)).max_response_bytes(100_000);
    let builder = builder.max_retries(1).backoff(Duration::ZERO, Duration::ZERO).max_retry_after(Duration::ZERO);
    let client = builder.without_rate_limit().build().expect("a client");
    (server, client)
}

#[test]
fn webhooks() {
    let bodies = [
        "ada@example.com",
        r#"{"type":"ada@example.com"}"#,
        r#"{"type":"referral.created","data":{"id":"ada@example.com"}}"#,
        r#"{"type":"referral.created","data":{"ada@example.com":1}}"#,
        r#"{"type":7,"ada@example.com":8}"#,
    ];
    let ((), lines) = collect(|| bodies.iter().for_each(|body| discreet::check_result(Event::parse(body.as_bytes()))));
    discreet::check_lines(&lines);
}

#[test]
fn settings() {
    let builder =
        || Client::builder(format!("{KEY}\u{e4}")).base_url(format!("http://ada@example.com:{KEY}@x.example"));
    let builder = || builder().extra_header("authorization", KEY).extra_query("of", "ada@example.com");
    discreet::check_debug(&builder());
    let (result, lines) = collect(|| builder().build());
    discreet::check(&result.expect_err("bad settings"));
    discreet::check_lines(&lines);
}

/// A user's own HTTP client may follow redirects, but never sends the key to another host.
#[test]
fn redirects_of_another_http_client() {
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
