//! Undocumented endpoints, called through the same pipeline.

use std::time::Duration;

use promotekit::mock::{self, Calls, Fault, Response, Server};
use promotekit::{Client, Error, Method, RateLimit};
use serde::Deserialize;
use serde_json::{Value, json};
use tests::discreet;
use tests::server::{KEY, wait};
use tests::shape::shape;
use tests::virtual_time::Standstill;

fn start() -> (Server, Client) {
    let server = mock::builder().api_key(KEY).start().expect("a server");
    let client = server.client_builder().backoff(Duration::ZERO, Duration::ZERO).build().expect("a client");
    (server, client)
}

fn json_response(status: u16, body: &str) -> Response {
    Response::new(status, "application/json", body.to_owned())
}

/// The whole body is returned, including its envelope.
#[test]
fn whole_body() {
    let (server, client) = start();
    let body = json!({"success": true, "data": {"name": "thing"}, "more": [1]});
    server.respond_next(json_response(200, &body.to_string()));
    assert_eq!(wait(client.request(Method::GET, "/beta/thing")).expect("a value"), body);
    let seen = server.requests();
    assert_eq!((seen[0].method.as_str(), seen[0].path.as_str()), ("GET", "/api/v1/beta/thing"));
    assert_eq!(seen[0].headers["authorization"], format!("Bearer {KEY}").as_str());
    assert_eq!(seen[0].headers["accept"], "application/json");
    let agent = seen[0].headers["user-agent"].to_str().expect("a text");
    assert!(agent.starts_with(concat!("promotekit/", env!("CARGO_PKG_VERSION"), " (v1; spec ")), "{agent}");
}

#[test]
fn query_and_body() {
    let (server, client) = start();
    server.respond_next(json_response(200, "{}"));
    let call = client.request(Method::PATCH, "/beta/a b?x=1").query("n", 7).query("of", "ada+x@example.com&y");
    let call = call.json(&json!({"amount": 1.5})).extra_header("x-trace", "1").extra_query("z", "2");
    discreet::check_debug(&call);
    wait(call).expect("a value");
    let seen = server.requests();
    assert_eq!(seen[0].path, "/api/v1/beta/a%20b");
    let pairs = seen[0].query_pairs();
    let pairs: Vec<_> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(pairs, [("x", "1"), ("n", "7"), ("of", "ada+x@example.com&y"), ("z", "2")]);
    assert_eq!(seen[0].json(), Some(json!({"amount": 1.5})));
    assert_eq!(
        (&seen[0].headers["content-type"], &seen[0].headers["x-trace"]),
        (&"application/json".parse().expect("a value"), &"1".parse().expect("a value"))
    );
}

#[test]
fn body_that_json_cannot_hold() {
    let (server, client) = start();
    let body = std::collections::BTreeMap::from([(("ada@example.com", 1), 2)]);
    let error = wait(client.request(Method::POST, "/beta").json(&body)).expect_err("a body that cannot be written");
    assert_eq!(error.to_string(), "request: the request was not sent: `body` must be a value that JSON can represent");
    discreet::check(&error);
    assert!(server.requests().is_empty());
}

#[test]
fn other_types() {
    #[derive(Debug, PartialEq, Deserialize)]
    struct Thing {
        data: Vec<u8>,
    }
    let (server, client) = start();
    let get = || client.request(Method::GET, "/beta/thing").decode::<Thing>();
    server.respond_next(json_response(200, r#"{"data":[1,2]}"#));
    assert_eq!(wait(get()).expect("a thing"), Thing { data: vec![1, 2] });
    server.respond_next(json_response(200, r#"{"data":[1,"ada@example.com"]}"#));
    let error = wait(get()).expect_err("no thing");
    discreet::check(&error);
    assert_eq!(shape(&error), "request: Decode 200 data[1]: expected u8, found string");
    server.respond_next(json_response(200, ""));
    let error = wait(get()).expect_err("no thing");
    assert!(shape(&error).starts_with("request: Decode 200 .: "), "{error:?}");
}

#[test]
fn reads_are_repeated() {
    for method in [Method::GET, Method::PUT, Method::DELETE] {
        let (server, client) = start();
        server.respond_next(json_response(503, "{}"));
        server.respond_next(json_response(200, "7"));
        let reply = wait(client.request(method, "/beta/thing").with_response()).expect("a reply");
        assert_eq!((reply.value, reply.attempts), (json!(7), 2));
    }
}

#[test]
fn others_are_not_repeated() {
    for method in [Method::POST, Method::PATCH] {
        let (server, client) = start();
        server.respond_next(json_response(503, "{}"));
        let error = wait(client.request(method, "/beta/thing").json(&json!({}))).expect_err("nobody knows");
        assert!(matches!(error, Error::OutcomeUnknown { .. }), "{error:?}");
        assert_eq!(server.requests().len(), 1);
    }
    let (server, client) = start();
    server.fault("create_referral", Calls::Every, Fault::CloseAfter).expect("a fault");
    let error = wait(client.request(Method::POST, "/referrals").json(&json!({}))).expect_err("nobody knows");
    assert_eq!(shape(&error), "request: OutcomeUnknown from request: Disconnected");
    assert_eq!(server.requests().len(), 1);
}

#[test]
fn a_known_endpoint() {
    let (_server, client) = start();
    let body: Value = wait(client.request(Method::GET, "/campaigns").query("limit", 1)).expect("a body");
    assert_eq!((&body["success"], &body["data"]), (&json!(true), &json!([])));
}

#[tokio::test(start_paused = true)]
async fn the_same_rate_limit() {
    let (server, _) = start();
    let builder = server.client_builder().rate_limit(RateLimit::new(2, Duration::from_secs(10)));
    let client = builder.middleware(Standstill::default()).build().expect("a client");
    let begun = tokio::time::Instant::now();
    client.campaigns().list().await.expect("a page");
    client.request(Method::GET, "/campaigns").await.expect("a body");
    assert_eq!(begun.elapsed().as_secs(), 0);
    client.request(Method::GET, "/campaigns").await.expect("a body");
    assert_eq!(begun.elapsed().as_secs(), 10);
}
