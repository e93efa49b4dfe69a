//! A value with its response: status, headers, body, attempts, time.

use std::time::Duration;

use promotekit::mock::{self, Calls, Fault, Response, Server};
use promotekit::{Affiliate, Client, CreateReferral, Error, Method, Referral};
use serde_json::json;
use tests::discreet;
use tests::server::{KEY, wait};
use tests::shape::shape;

fn start() -> (Server, Client) {
    let server = mock::builder().api_key(KEY).start().expect("a server");
    let client = server.client_builder().backoff(Duration::ZERO, Duration::ZERO).build().expect("a client");
    (server, client)
}

#[tokio::test]
async fn of_a_list() {
    let (server, client) = start();
    server.seed_many::<Referral>(3, |_| json!({})).expect("referrals");
    let list = client.referrals().list().limit(2);
    let plain = list.clone().await.expect("a page");
    let reply = list.with_response().await.expect("a reply");
    assert_eq!(reply.value, plain);
    assert_eq!((reply.status.as_u16(), reply.attempts), (200, 1));
    assert_eq!(reply.headers["content-type"], "application/json");
    let body: serde_json::Value = serde_json::from_slice(&reply.body).expect("the body as it arrived");
    assert_eq!(body["success"], true);
    assert_eq!(body["data"].as_array().map(Vec::len), Some(2));
}

#[test]
fn of_a_creation() {
    let (server, client) = start();
    let ada: Affiliate = server.seed(json!({})).expect("an affiliate");
    let new = CreateReferral::new(ada.id, "grace@example.com");
    let reply = wait(client.referrals().create(new).with_response()).expect("a reply");
    let body: serde_json::Value = serde_json::from_slice(&reply.body).expect("the body as it arrived");
    assert_eq!(body["data"]["id"], reply.value.id.to_string());
    assert_eq!(Some(reply.status.as_u16()), server.requests()[0].status);
}

#[test]
fn counts_attempts_and_time() {
    let (server, _) = start();
    server.fault("list_payouts", Calls::First(2), Fault::Status(503)).expect("a fault");
    let wait_for = Duration::from_millis(40);
    server.fault("list_payouts", Calls::Nth(3), Fault::Delay(wait_for)).expect("a fault");
    let client = server.client_builder().backoff(Duration::ZERO, Duration::ZERO).build().expect("a client");
    let reply = wait(client.payouts().list().with_response()).expect("a reply");
    assert_eq!((reply.attempts, reply.status.as_u16()), (3, 200));
    assert!(reply.elapsed >= wait_for && reply.elapsed < Duration::from_secs(20), "{:?}", reply.elapsed);
}

#[test]
fn body_is_decompressed() {
    let (server, client) = start();
    server.fault("list_payouts", Calls::Every, Fault::GzipBomb(50_000)).expect("a fault");
    let reply = wait(client.payouts().list().with_response()).expect("a reply");
    assert_eq!(reply.body.len(), 50_000);
    assert!(!reply.headers.contains_key("content-encoding"), "{:?}", reply.headers);
}

#[test]
fn of_an_empty_body() {
    let (server, client) = start();
    server.respond_next(Response::new(204, "application/json", ""));
    let reply = wait(client.request(Method::DELETE, "/things/7").with_response()).expect("a reply");
    assert_eq!((reply.value, reply.status.as_u16(), reply.body.len()), (json!(null), 204, 0));
}

#[tokio::test]
async fn errors_pass() {
    let (server, client) = start();
    server.respond_next(Response::new(200, "application/json", r#"{"success":false,"error":"no"}"#));
    server.respond_next(Response::new(404, "application/json", r#"{"success":false,"error":"gone"}"#));
    server.respond_next(Response::new(200, "application/json", "{"));
    for expected in ["Api 200 Other", "Api 404 NotFound", "Decode 200"] {
        let error = client.payouts().list().with_response().await.expect_err("a failure");
        assert!(shape(&error).starts_with(&format!("list_payouts: {expected}")), "{error:?}");
    }
    let error = client.payouts().list().page(0).with_response().await.expect_err("a rejection");
    assert!(matches!(error, Error::InvalidRequest { .. }), "{error:?}");
}

#[test]
fn shows_neither_headers_nor_body() {
    let (server, client) = start();
    let body = format!(r#"{{"success":true,"data":[],"of":"ada@example.com {KEY}"}}"#);
    server.respond_next(Response::new(200, "application/json", body).with("x-of", "ada@example.com"));
    let reply = wait(client.payouts().list().with_response()).expect("a reply");
    assert!(reply.headers.contains_key("x-of"));
    discreet::check_debug(&reply);
    discreet::check_debug(&client.payouts().list().extra_query("a", "ada@example.com").with_response());
}
