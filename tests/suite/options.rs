//! Settings of a single call and of a client: what they do, and what is refused before anything is sent.

use std::time::{Duration, Instant};

use libtest_mimic::Trial;
use promotekit::mock::{self, Calls, Fault, Server};
use promotekit::{Client, Error, RateLimit, blocking};

use crate::discreet;
use crate::server::{KEY, wait};
use crate::shape::shape;
use crate::trial;

/// Extra headers, and what is wrong with each, in order.
type Headers = (&'static str, &'static [(&'static str, &'static str)], &'static [(&'static str, &'static str)]);

const TAKEN: &str = "is set by the client itself";
const UNFIT: &str = "must hold only what a header can carry";
const NAMELESS: &str = "must have the name of a header";

const REFUSED_HEADERS: &[Headers] = &[
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

/// Settings of a client, and everything that is wrong with them.
type Settings = (&'static str, fn() -> promotekit::ClientBuilder, &'static [&'static str]);

const REFUSED_SETTINGS: &[Settings] = &[
    ("key_empty", || Client::builder(""), &["the API key is empty"]),
    ("key_blank", || Client::builder(" \t"), &["the API key is empty"]),
    ("key_with_a_break", || Client::builder("pk_1\n"), &["the API key has white space around it"]),
    ("key_not_ascii", || Client::builder("pk_ä"), &["the API key holds characters other than printable ASCII"]),
    ("url_none", || to("api.example.com"), &["the base URL is not a URL (relative URL without a base)"]),
    ("url_scheme", || to("ftp://api.example.com"), &["the base URL must begin with https://"]),
    ("url_password", || to("https://a:b@api.example.com"), &["the base URL must not hold a user name or password"]),
    ("url_query", || to("https://api.example.com?a=1"), &["the base URL must not hold a query or fragment"]),
    (
        "url_plain_http",
        || to("http://api.example.com"),
        &["the base URL would send the API key over plain http; use https"],
    ),
    ("timeout", || to(HTTPS).timeout(Duration::ZERO), &["a timeout of zero leaves no time for an answer"]),
    ("deadline", || to(HTTPS).deadline(Duration::ZERO), &["a deadline of zero leaves no time for an answer"]),
    (
        "connect_timeout",
        || to(HTTPS).connect_timeout(Duration::ZERO),
        &["a connect timeout of zero leaves no time for a connection"],
    ),
    (
        "response_limit",
        || to(HTTPS).max_response_bytes(0),
        &["a response limit of zero bytes leaves no room for an answer"],
    ),
    (
        "rate_limit",
        || to(HTTPS).rate_limit(RateLimit::new(0, Duration::from_secs(1))),
        &["a rate limit of zero lets nothing leave"],
    ),
    (
        "rate_limit_of_days",
        || to(HTTPS).rate_limit(RateLimit::new(1, Duration::MAX)),
        &["a rate limit counts within a day at the most"],
    ),
    (
        "headers",
        || to(HTTPS).extra_header("Host", "x").extra_header("x-a", "ada@example.com\n"),
        &["the header `Host` is set by the client itself", "the header `x-a` must hold only what a header can carry"],
    ),
    (
        "all_at_once",
        || {
            let builder = Client::builder("pk ä").base_url("http://api.example.com").timeout(Duration::ZERO);
            let builder = builder.deadline(Duration::ZERO).connect_timeout(Duration::ZERO).max_response_bytes(0);
            builder.rate_limit(RateLimit::new(1, Duration::ZERO))
        },
        &[
            "the API key holds characters other than printable ASCII",
            "the base URL would send the API key over plain http; use https",
            "a timeout of zero leaves no time for an answer",
            "a connect timeout of zero leaves no time for a connection",
            "a deadline of zero leaves no time for an answer",
            "a rate limit of zero lets nothing leave",
            "a response limit of zero bytes leaves no room for an answer",
        ],
    ),
];

const HTTPS: &str = "https://api.example.com/v1";

fn to(url: &str) -> promotekit::ClientBuilder {
    Client::builder(KEY).base_url(url)
}

pub(crate) fn trials() -> Vec<Trial> {
    let headers = REFUSED_HEADERS
        .iter()
        .map(|row| trial(format!("option::refused_header::{}", row.0), || headers_are_refused(row)));
    let settings =
        REFUSED_SETTINGS.iter().map(|row| trial(format!("option::setting::{}", row.0), || settings_are_refused(row)));
    let others = [
        trial("option::extras_arrive", extras_arrive),
        trial("option::extras_of_a_client", extras_of_a_client),
        trial("option::extra_headers_replace_ours", extra_headers_replace_ours),
        trial("option::times_of_zero", times_of_zero),
        trial("option::times_without_end", times_without_end),
        trial("option::a_deadline_cuts_an_attempt", a_deadline_cuts_an_attempt),
        trial("option::a_deadline_is_for_all_attempts", a_deadline_is_for_all_attempts),
        trial("option::of_a_client", of_a_client),
        trial("option::rules_hold_in_streams", rules_hold_in_streams),
        trial("option::rules_hold_for_the_blocking_client", rules_hold_for_the_blocking_client),
    ];
    headers.chain(settings).chain(others).collect()
}

fn server() -> Server {
    mock::builder().api_key(KEY).start().expect("a server")
}

#[track_caller]
fn violations(error: &Error) -> Vec<(&str, &str)> {
    discreet::check(error);
    assert!(!error.request_sent() && !error.is_retryable(), "{error}");
    let Error::InvalidRequest { violations, .. } = error else { panic!("{error:?}") };
    violations.iter().map(|found| (found.path.as_str(), found.rule.as_str())).collect()
}

fn headers_are_refused((_, headers, expected): &Headers) {
    let server = server();
    let client = server.client().expect("a client");
    let list = headers.iter().fold(client.payouts().list(), |list, (name, value)| list.extra_header(*name, *value));
    assert_eq!(violations(&wait(list).expect_err("a header that is not sent")), *expected);
    assert!(server.requests().is_empty());
}

fn settings_are_refused((_, builder, expected): &Settings) {
    match builder().build() {
        Err(Error::Config { problems, .. }) => assert_eq!(problems, *expected),
        other => panic!("{other:?}"),
    }
}

/// What is not documented arrives beside what is, encoded.
fn extras_arrive() {
    let server = server();
    let client = server.client().expect("a client");
    let list = client.referrals().list().email("ada+x@example.com").limit(7);
    let list = list.extra_query("expand[]", "a b&c=d#e").extra_query("expand[]", "ü").extra_query("page", "2");
    wait(list.extra_header("X-Trace", "1").extra_header("x-trace", "2")).expect("a page");
    let seen = server.requests();
    let pairs: Vec<_> = seen[0].query_pairs();
    let pairs: Vec<_> = pairs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let extra = [("expand[]", "a b&c=d#e"), ("expand[]", "ü"), ("page", "2")];
    assert_eq!(pairs, [&[("email", "ada+x@example.com"), ("limit", "7")], &extra[..]].concat());
    let values: Vec<_> = seen[0].headers.get_all("x-trace").iter().collect();
    assert_eq!(values, ["1", "2"]);
    wait(client.payouts().list().extra_query("a", "")).expect("a page");
    assert_eq!(server.requests()[1].query.as_deref(), Some("a="));
}

fn extra_headers_replace_ours() {
    let server = server();
    let client = server.client().expect("a client");
    wait(client.payouts().list().extra_header("user-agent", "mine/1")).expect("a page");
    let seen = server.requests();
    assert_eq!(seen[0].headers.get_all("user-agent").iter().collect::<Vec<_>>(), ["mine/1"]);
}

/// What every call of a client carries, a call may carry with another value.
fn extras_of_a_client() {
    let server = server();
    let builder = server.client_builder().extra_header("x-app", "ours").extra_query("of", "client");
    let client = builder.extra_header("x-more", "1").build().expect("a client");
    wait(client.payouts().list()).expect("a page");
    wait(client.payouts().list().extra_header("x-app", "this").extra_query("of", "call")).expect("a page");
    let seen = server.requests();
    let headers: Vec<_> = seen.iter().map(|request| [&request.headers["x-app"], &request.headers["x-more"]]).collect();
    assert_eq!(headers, [["ours", "1"], ["this", "1"]]);
    assert_eq!(seen[0].query.as_deref(), Some("of=client"));
    assert_eq!(seen[1].query.as_deref(), Some("of=client&of=call"));
}

fn times_of_zero() {
    let server = server();
    let client = server.client().expect("a client");
    let list = || client.payouts().list();
    let rule = "must leave time for an answer";
    for (list, expected) in [
        (list().timeout(Duration::ZERO), &[("timeout", rule)][..]),
        (list().deadline(Duration::ZERO), &[("deadline", rule)]),
        (
            list().deadline(Duration::ZERO).timeout(Duration::ZERO).page(0),
            &[("page", "must be at least 1"), ("timeout", rule), ("deadline", rule)],
        ),
    ] {
        assert_eq!(violations(&wait(list).expect_err("no time")), expected);
    }
    assert!(server.requests().is_empty());
}

/// No time is so long that the clock overflows.
fn times_without_end() {
    let server = server();
    server.fault("list_payouts", Calls::First(1), Fault::Status(503)).expect("a fault");
    let builder = server.client_builder().timeout(Duration::MAX).deadline(Duration::MAX);
    let builder = builder.connect_timeout(Duration::MAX).backoff(Duration::ZERO, Duration::MAX);
    let client = builder.max_retry_after(Duration::MAX).build().expect("a client");
    wait(client.payouts().list().timeout(Duration::MAX).deadline(Duration::MAX)).expect("a page");
}

fn a_deadline_cuts_an_attempt() {
    let server = server();
    server.fault("list_payouts", Calls::Every, Fault::Delay(Duration::from_secs(20))).expect("a fault");
    let client = server.client().expect("a client");
    let error = wait(client.payouts().list().deadline(Duration::from_millis(100))).expect_err("no answer in time");
    let Error::Timeout { sent: true, after, .. } = error else { panic!("{error:?}") };
    assert!(after <= Duration::from_millis(100), "{after:?}");
}

fn a_deadline_is_for_all_attempts() {
    let server = server();
    server.fault("list_payouts", Calls::Every, Fault::Delay(Duration::from_secs(20))).expect("a fault");
    let builder = server.client_builder().timeout(Duration::from_millis(90)).max_retries(100);
    let client = builder.backoff(Duration::ZERO, Duration::ZERO).build().expect("a client");
    let begun = Instant::now();
    let reply = wait(client.payouts().list().deadline(Duration::from_millis(250)));
    assert!(matches!(reply, Err(Error::Timeout { .. })), "{reply:?}");
    let elapsed = begun.elapsed();
    assert!((Duration::from_millis(180)..Duration::from_secs(2)).contains(&elapsed), "{elapsed:?}");
}

/// What a call does not set comes from its client.
fn of_a_client() {
    let server = server();
    server.fault("list_payouts", Calls::Every, Fault::Status(503)).expect("a fault");
    let builder = server.client_builder().backoff(Duration::ZERO, Duration::ZERO).max_retries(2);
    let client = builder.deadline(Duration::from_secs(60)).build().expect("a client");
    for (list, requests) in [(client.payouts().list(), 3), (client.payouts().list().max_retries(0), 4)] {
        let error = wait(list).expect_err("a failure");
        assert!(shape(&error).starts_with("list_payouts: Api 503"), "{error}");
        assert_eq!(server.requests().len(), requests);
    }
}

/// A reader of a list that breaks a rule gives the error first, and then ends.
fn rules_hold_in_streams() {
    let server = server();
    let client = server.client().expect("a client");
    let list = || client.commissions().list();
    let at_least = "must be at least 1";
    for (list, expected) in [
        (list().page(0), ("page", at_least)),
        (list().page(-1), ("page", at_least)),
        (list().limit(101), ("limit", "must be at most 100")),
        (list().extra_header("host", "x"), ("host", TAKEN)),
        (list().timeout(Duration::ZERO), ("timeout", "must leave time for an answer")),
    ] {
        wait(async {
            let mut rows = list.clone().stream();
            let error = rows.next().await.expect("an error").expect_err("a rule is broken");
            assert_eq!(violations(&error), [expected]);
            assert!(rows.next().await.is_none());
            let mut pages = list.pages();
            let error = pages.next().await.expect("an error").expect_err("a rule is broken");
            assert_eq!(violations(&error), [expected]);
            assert!(pages.next().await.is_none());
        });
    }
    assert!(server.requests().is_empty());
}

fn rules_hold_for_the_blocking_client() {
    let server = server();
    let client = blocking::Client::builder(KEY).base_url(server.url()).build().expect("a client");
    let list = client.commissions().list().page(0).extra_header("host", "x");
    let expected = [("page", "must be at least 1"), ("host", TAKEN)];
    assert_eq!(violations(&list.clone().send().expect_err("rules are broken")), expected);
    assert_eq!(violations(&list.clone().with_response().send().expect_err("rules are broken")), expected);
    let (mut rows, mut pages) = (list.clone().rows(), list.pages());
    assert_eq!(violations(&rows.next().expect("an error").expect_err("rules are broken")), expected);
    assert_eq!(violations(&pages.next().expect("an error").expect_err("rules are broken")), expected);
    assert!(rows.next().is_none() && pages.next().is_none());
    assert!(server.requests().is_empty());
    let error = blocking::Client::builder("").timeout(Duration::ZERO).build().expect_err("settings are refused");
    let Error::Config { problems, .. } = error else { panic!("{error:?}") };
    assert_eq!(problems.len(), 2);
}
