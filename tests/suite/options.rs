//! The effects of settings of a call and of a client.

use std::time::{Duration, Instant};

use promotekit::mock::{self, Calls, Fault, Server};
use promotekit::{Error, blocking};
use tests::server::{KEY, wait};
use tests::shape::{shape, violations};

const TAKEN: &str = "is set by the client";

fn server() -> Server {
    mock::builder().api_key(KEY).start().expect("a server")
}

/// Undocumented parameters are sent along with documented ones, encoded.
#[test]
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

#[test]
fn extra_headers_replace_ours() {
    let server = server();
    let client = server.client().expect("a client");
    wait(client.payouts().list().extra_header("user-agent", "mine/1")).expect("a page");
    let seen = server.requests();
    assert_eq!(seen[0].headers.get_all("user-agent").iter().collect::<Vec<_>>(), ["mine/1"]);
}

/// A call can override the client's extra headers and parameters.
#[test]
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

#[test]
fn times_of_zero() {
    let server = server();
    let client = server.client().expect("a client");
    let list = || client.payouts().list();
    let rule = "must be greater than zero";
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

/// Durations of any length do not overflow the clock.
#[test]
fn times_without_end() {
    let server = server();
    server.fault("list_payouts", Calls::First(1), Fault::Status(503)).expect("a fault");
    let builder = server.client_builder().timeout(Duration::MAX).deadline(Duration::MAX);
    let builder = builder.connect_timeout(Duration::MAX).backoff(Duration::ZERO, Duration::MAX);
    let client = builder.max_retry_after(Duration::MAX).build().expect("a client");
    wait(client.payouts().list().timeout(Duration::MAX).deadline(Duration::MAX)).expect("a page");
}

#[test]
fn a_deadline_cuts_an_attempt() {
    let server = server();
    server.fault("list_payouts", Calls::Every, Fault::Delay(Duration::from_secs(20))).expect("a fault");
    let client = server.client().expect("a client");
    let error = wait(client.payouts().list().deadline(Duration::from_millis(100))).expect_err("no response in time");
    let Error::Timeout { sent: true, after, .. } = error else { panic!("{error:?}") };
    assert!(after <= Duration::from_millis(100), "{after:?}");
}

#[test]
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

/// Calls inherit the client's settings.
#[test]
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

/// Streaming a list with invalid parameters yields the error once, then ends.
#[test]
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
        (list().timeout(Duration::ZERO), ("timeout", "must be greater than zero")),
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

#[test]
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
    let error = blocking::Client::builder("").timeout(Duration::ZERO).build().expect_err("settings are rejected");
    let Error::Config { problems, .. } = error else { panic!("{error:?}") };
    assert_eq!(problems.len(), 2);
}
