//! Undocumented endpoints, called through the same pipeline.

use std::time::Duration;

use libtest_mimic::Trial;
use promotekit::mock::{self, Response, Server};
use promotekit::{Client, Method};
use tests::discreet;
use tests::server::{KEY, wait};
use tests::shape::shape;

use crate::case;

pub(crate) fn cases() -> Vec<Trial> {
    let paths = BAD_PATHS
        .iter()
        .map(|(name, path)| case(format!("undocumented::bad_path::{name}"), || bad_paths_are_rejected(path)));
    let responses = RESPONSES
        .iter()
        .map(|(name, status, body, expected)| case(format!("undocumented::{name}"), || check(*status, body, expected)));
    paths.chain(responses).collect()
}

/// A name, status and body, and the result: the value or the error.
const RESPONSES: &[(&str, u16, &str, &str)] = &[
    ("empty_body", 200, "", "null"),
    ("no_content", 204, "", "null"),
    ("any_json", 201, "[1.10,{}]", "[1.1,{}]"),
    ("failed_by_its_body", 200, r#"{"success":false,"error":{"message":"no"}}"#, "request: Api 200 Other -: no"),
    ("no_json", 200, "<html>ada@example.com", "request: Decode 200 .: the body is not JSON, at line 1 column 1"),
    ("status", 404, r#"{"error":{"message":"of ada@example.com"}}"#, "request: Api 404 NotFound -: of [redacted]"),
];

const BAD_PATHS: &[(&str, &str)] = &[
    ("empty", ""),
    ("no_slash", "beta/thing"),
    ("other_host", "https://example.com/beta"),
    ("user", "@example.com/beta"),
    ("suffix", ".example.com/beta"),
    ("port", ":1/beta"),
    ("up", "/../beta"),
    ("up_encoded", "/%2e%2E/beta"),
    ("up_backwards", "/..\\beta"),
    ("up_within", "/beta/../../../x"),
    ("fragment", "/beta#ada@example.com"),
];

fn start() -> (Server, Client) {
    let server = mock::builder().api_key(KEY).start().expect("a server");
    let client = server.client_builder().backoff(Duration::ZERO, Duration::ZERO).build().expect("a client");
    (server, client)
}

fn json_response(status: u16, body: &str) -> Response {
    Response::new(status, "application/json", body.to_owned())
}

fn check(status: u16, body: &str, expected: &str) {
    let (server, client) = start();
    server.respond_next(json_response(status, body));
    let result = wait(client.request(Method::GET, "/beta/things/ada@example.com"));
    let found = result.map_or_else(
        |error| {
            discreet::check(&error);
            shape(&error)
        },
        |value| value.to_string(),
    );
    assert_eq!(found, expected);
    assert_eq!(server.requests().len(), 1);
}

fn bad_paths_are_rejected(path: &str) {
    let (server, client) = start();
    let error = wait(client.request(Method::GET, path)).expect_err("a bad path");
    discreet::check(&error);
    let expected = "request: the request was not sent: `path` must begin with `/` and stay below the base URL";
    assert_eq!(error.to_string(), expected);
    assert!(server.requests().is_empty());
}
