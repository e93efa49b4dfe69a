//! Error responses as servers send them, and the resulting errors.

use std::time::Duration;

use http::header::ACCEPT;
use http::{HeaderName, HeaderValue, Method};

use super::*;
use crate::api::{Operation, Safety};
use crate::call::options::CallOptions;
use crate::example::API;
use crate::pipeline::outgoing::Outgoing;
use crate::{Client, ClientBuilder};

static OPERATION: Operation = Operation::new("op", "GET", "/things", Safety::Safe).redirects(&[302]);

fn call() -> Context {
    let client = ClientBuilder::<Client>::new(&API, "key_1".into()).build().unwrap();
    let outgoing = Outgoing {
        method: Method::GET,
        url: "https://api.example.com/v1/things".parse().unwrap(),
        accept: HeaderValue::from_static(ACCEPT.as_str()),
        body: None,
    };
    Context::new(&client, &OPERATION, CallOptions::default(), outgoing)
}

fn received(status: u16, headers: &[(&str, &str)], body: &'static [u8]) -> Received {
    let headers = headers
        .iter()
        .map(|(name, value)| (HeaderName::try_from(*name).unwrap(), HeaderValue::try_from(*value).unwrap()));
    Received { status: StatusCode::from_u16(status).unwrap(), headers: headers.collect(), body: body.into() }
}

const JSON: &[(&str, &str)] = &[("content-type", "application/json")];
const PROBLEM: &[(&str, &str)] = &[("content-type", "application/problem+json")];
const TEXT: &[(&str, &str)] = &[("content-type", "text/plain; charset=utf-8")];
const HTML: &[(&str, &str)] = &[("content-type", " text/html")];
const XML: &[(&str, &str)] = &[("content-type", "application/xml")];
const DATA: &[(&str, &str)] = &[("content-type", "application/octet-stream")];

type Row = (u16, &'static [(&'static str, &'static str)], &'static [u8], &'static str);

#[rustfmt::skip]
const ROWS: &[Row] = &[
    // The documented form.
    (400, JSON, br#"{"message":"No ada@example.com, key_1!","code":"ada@example.com"}"#, "400 Bad Request: No [redacted], [redacted]! ([redacted])"),
    (503, JSON, br#"{"message":"Later."}"#, "503 Service Unavailable: Later."),
    // Other forms.
    (422, JSON, br#"{"errors":[{"title":"Bad name"}]}"#, "422 Unprocessable Entity: Bad name"),
    (422, JSON, br#"{"errors":[{"title":"Bad","detail":"no ada@example.com"}],"code":"x1"}"#, "422 Unprocessable Entity: Bad: no [redacted] (x1)"),
    (400, JSON, br#""Not today, key_1.""#, "400 Bad Request: Not today, [redacted]."),
    (403, PROBLEM, br#"{"type":"about:blank","title":"Forbidden","status":403,"detail":"No quota."}"#, "403 Forbidden: Forbidden: No quota."),
    (400, JSON, br#"{"error":{"error":{"message":"Deep."}}}"#, "400 Bad Request: Deep."),
    (400, JSON, br#"{"message":{"detail":"An object."}}"#, "400 Bad Request: An object."),
    (400, JSON, br#"{"name":"Ada Lovelace"}"#, "400 Bad Request: a body without a message"),
    (400, JSON, b"[]", "400 Bad Request: a body without a message"),
    (500, TEXT, b"  Out of\n order: key_1, ada@example.com ", "500 Internal Server Error: Out of order: [redacted], [redacted]"),
    (502, HTML, b"<html><style>x</style><h1>Bad Gateway</h1></html>", "502 Bad Gateway: Bad Gateway"),
    (400, XML, b"<Error><Code>Bad</Code><Message>No.</Message></Error>", "400 Bad Request: Bad No."),
    (400, JSON, b"{half of", "400 Bad Request: {half of"),
    (500, &[], b"No type is said.", "500 Internal Server Error: No type is said."),
    (500, DATA, b"\xff\xfe", "500 Internal Server Error: a body without a message"),
    (500, JSON, b"", "500 Internal Server Error: an empty body"),
    (404, &[], b"", "404 Not Found: an empty body"),
    // Undocumented redirects.
    (301, &[("location", "https://other.example.com/x?email=ada")], b"", "301 Moved Permanently: redirected to other.example.com; redirects are not followed"),
    (301, &[("location", "/x")], b"Moved", "301 Moved Permanently: redirected; redirects are not followed"),
    (304, &[], b"", "304 Not Modified: redirected; redirects are not followed"),
    // Too many requests.
    (429, &[("retry-after", "7")], br#"{"message":"Slow down."}"#, "too many requests, wait 7 s"),
    (429, &[], b"", "too many requests"),
];

#[tokio::test]
async fn what_an_error_says() {
    let call = call();
    let mut wrong = Vec::new();
    for (status, headers, body, expected) in ROWS {
        let error = response(&call, &received(*status, headers, body)).expect_err("an error");
        let expected = format!("op: {expected}");
        if error.to_string() != expected {
            wrong.push(format!("{error}\n  not {expected}"));
        }
        assert_eq!(error.status().map(|status| status.as_u16()), Some(*status));
        assert_eq!(error.raw_body().map(|body| &body[..]), Some(*body));
        assert_eq!(error.headers().map(HeaderMap::len), Some(headers.len()));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test]
async fn the_response_is_reachable_from_the_error() {
    let call = call();
    let headers = [("x-request-id", "req_7"), ("location", "/elsewhere"), ("retry-after", "3")];
    for status in [301, 307, 400, 429, 500] {
        let body = br#"{"errors":[{"title":"ada@example.com"}]}"#;
        let error = response(&call, &received(status, &headers, body)).expect_err("an error");
        let error = outcome_unknown(&call, error);
        assert_eq!(error.request_id(), Some("req_7"), "{status}");
        assert_eq!(error.location(), Some("/elsewhere"), "{status}");
        assert_eq!(error.retry_after(), Some(Duration::from_secs(3)), "{status}");
        assert_eq!(error.body_shape().as_deref(), Some("{errors: [{title: string}]}"), "{status}");
        assert!(!format!("{error:?}").contains("ada@"), "{status}");
        assert_eq!(matches!(error, Error::OutcomeUnknown { .. }), status == 500);
    }
    let late = call.late();
    assert!(late.headers().is_none() && late.request_id().is_none() && late.location().is_none());
    assert!(late.body_shape().is_none() && late.raw_body().is_none());
    let empty = response(&call, &received(500, &[], b"")).expect_err("an error");
    assert_eq!((empty.request_id(), empty.location(), empty.body_shape()), (None, None, None));
}

#[tokio::test]
async fn documented_statuses_are_no_errors() {
    let call = call();
    for (status, is_success) in
        [(200, true), (204, true), (299, true), (302, true), (303, false), (304, false), (199, false)]
    {
        assert_eq!(response(&call, &received(status, &[], b"")).is_ok(), is_success, "{status}");
    }
}

#[tokio::test]
async fn which_errors_hide_an_outcome() {
    let call = call();
    let api = |status| response(&call, &received(status, &[], b"")).expect_err("an error");
    let sent = |sent| Error::Timeout { operation: "op", after: Duration::ZERO, sent };
    let disconnected = Error::Disconnected { operation: "op", source: "reset".into() };
    for (error, hides) in [
        (api(500), true),
        (api(503), true),
        (api(408), true),
        (api(400), false),
        (api(429), false),
        (sent(true), true),
        (sent(false), false),
        (disconnected, true),
        (Error::connect("op", "refused"), false),
        (Error::config("no key"), false),
    ] {
        let text = error.to_string();
        assert_eq!(matches!(outcome_unknown(&call, error), Error::OutcomeUnknown { .. }), hides, "{text}");
    }
}
