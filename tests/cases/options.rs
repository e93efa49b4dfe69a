//! Settings of a call and of a client: their effects, and the values that are rejected before anything is sent.

use std::time::Duration;

use libtest_mimic::Trial;
use promotekit::mock::{self, Server};
use promotekit::{Client, Error, RateLimit};
use tests::server::{KEY, wait};
use tests::shape::violations;

use crate::case;

/// A name, extra headers, and the violations in order.
type Headers = (&'static str, &'static [(&'static str, &'static str)], &'static [(&'static str, &'static str)]);

const TAKEN: &str = "is set by the client";

const UNFIT: &str = "must contain only printable ASCII characters";

const NAMELESS: &str = "must be a valid header name";

const REJECTED_HEADERS: &[Headers] = &[
    ("authorization", &[("Authorization", "Bearer ada@example.com")], &[("Authorization", TAKEN)]),
    ("host", &[("HOST", "ada@example.com")], &[("HOST", TAKEN)]),
    ("content_length", &[("content-length", "7")], &[("content-length", TAKEN)]),
    ("transfer_encoding", &[("Transfer-Encoding", "chunked")], &[("Transfer-Encoding", TAKEN)]),
    ("empty_name", &[("", "1")], &[("extra_header", NAMELESS)]),
    ("name_with_a_space", &[("ada@example.com x", "1")], &[("extra_header", NAMELESS)]),
    ("name_with_a_break", &[("x-a\r\nauthorization", "ada@example.com")], &[("extra_header", NAMELESS)]),
    ("value_with_a_break", &[("x-a", "ada@example.com\r\nx-b: 1")], &[("x-a", UNFIT)]),
    ("value_with_a_zero", &[("x-a", "ada@example.com\0")], &[("x-a", UNFIT)]),
    (
        "all_at_once",
        &[("host", "a"), ("x-fine", "1"), ("x-a", "\n"), ("x y", "1"), ("authorization", "b")],
        &[("host", TAKEN), ("x-a", UNFIT), ("extra_header", NAMELESS), ("authorization", TAKEN)],
    ),
];

/// A name, settings of a client, and all their errors.
type Settings = (&'static str, fn() -> promotekit::ClientBuilder, &'static [&'static str]);

const REJECTED_SETTINGS: &[Settings] = &[
    ("key_empty", || Client::builder(""), &["the API key is empty"]),
    ("key_blank", || Client::builder(" \t"), &["the API key is empty"]),
    ("key_with_a_break", || Client::builder("pk_1\n"), &["the API key begins or ends with white space"]),
    ("key_not_ascii", || Client::builder("pk_ä"), &["the API key must contain only printable ASCII characters"]),
    ("url_none", || to("api.example.com"), &["the base URL is not a URL (relative URL without a base)"]),
    ("url_scheme", || to("ftp://api.example.com"), &["the base URL must begin with https://"]),
    ("url_password", || to("https://a:b@api.example.com"), &["the base URL must not contain a user name or password"]),
    ("url_query", || to("https://api.example.com?a=1"), &["the base URL must not contain a query or fragment"]),
    (
        "url_plain_http",
        || to("http://api.example.com"),
        &["the base URL would send the API key over plain http; use https"],
    ),
    ("timeout", || to(HTTPS).timeout(Duration::ZERO), &["the timeout must be greater than zero"]),
    ("deadline", || to(HTTPS).deadline(Duration::ZERO), &["the deadline must be greater than zero"]),
    (
        "connect_timeout",
        || to(HTTPS).connect_timeout(Duration::ZERO),
        &["the connect timeout must be greater than zero"],
    ),
    ("response_limit", || to(HTTPS).max_response_bytes(0), &["the response limit must be greater than zero"]),
    (
        "rate_limit",
        || to(HTTPS).rate_limit(RateLimit::new(0, Duration::from_secs(1))),
        &["the rate limit must be greater than zero"],
    ),
    (
        "rate_limit_of_days",
        || to(HTTPS).rate_limit(RateLimit::new(1, Duration::MAX)),
        &["the window of a rate limit must be at most a day"],
    ),
    (
        "headers",
        || to(HTTPS).extra_header("Host", "x").extra_header("x-a", "ada@example.com\n"),
        &["the header `Host` is set by the client", "the header `x-a` must contain only printable ASCII characters"],
    ),
    (
        "all_at_once",
        || {
            let builder = Client::builder("pk ä").base_url("http://api.example.com").timeout(Duration::ZERO);
            let builder = builder.deadline(Duration::ZERO).connect_timeout(Duration::ZERO).max_response_bytes(0);
            builder.rate_limit(RateLimit::new(1, Duration::ZERO))
        },
        &[
            "the API key must contain only printable ASCII characters",
            "the base URL would send the API key over plain http; use https",
            "the timeout must be greater than zero",
            "the connect timeout must be greater than zero",
            "the deadline must be greater than zero",
            "the rate limit must be greater than zero",
            "the response limit must be greater than zero",
        ],
    ),
];

const HTTPS: &str = "https://api.example.com/v1";

fn to(url: &str) -> promotekit::ClientBuilder {
    Client::builder(KEY).base_url(url)
}

pub(crate) fn cases() -> Vec<Trial> {
    let headers = REJECTED_HEADERS
        .iter()
        .map(|row| case(format!("option::rejected_header::{}", row.0), || headers_are_rejected(row)));
    let settings =
        REJECTED_SETTINGS.iter().map(|row| case(format!("option::setting::{}", row.0), || settings_are_rejected(row)));
    headers.chain(settings).collect()
}

fn server() -> Server {
    mock::builder().api_key(KEY).start().expect("a server")
}

fn headers_are_rejected((_, headers, expected): &Headers) {
    let server = server();
    let client = server.client().expect("a client");
    let list = headers.iter().fold(client.payouts().list(), |list, (name, value)| list.extra_header(*name, *value));
    assert_eq!(violations(&wait(list).expect_err("a header that is not sent")), *expected);
    assert!(server.requests().is_empty());
}

fn settings_are_rejected((_, builder, expected): &Settings) {
    match builder().build() {
        Err(Error::Config { problems, .. }) => assert_eq!(problems, *expected),
        other => panic!("{other:?}"),
    }
}
