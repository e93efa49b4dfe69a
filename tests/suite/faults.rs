//! What the network does to a call: no connection, no answer, half an answer, too much of an answer.

use std::error::Error as _;
use std::net::{SocketAddr, TcpListener};
use std::process::Command;
use std::time::Duration;

use libtest_mimic::Trial;
use promotekit::{Client, Error};

use crate::calls::call_of;
use crate::corpus;
use crate::discreet;
use crate::server::{Reply, Server, builder, client, wait};
use crate::shape::shape;
use crate::trial;
use crate::wire::{Act, Then, Wire};

/// Long enough for a busy machine to hand the request over, short enough to wait for.
const PATIENCE: Duration = Duration::from_millis(700);
const LIMIT: usize = 64;

const HALF: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 50\r\n\r\n{\"success\":";
const HALF_A_CHUNK: &str = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n20\r\n{\"success\":";
const NO_HTTP: &str = "SSH-2.0-OpenSSH_9.6\r\n";
const LONG_CHUNKS: &str = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n\
    29\r\n{\"success\":true,\"data\":[],\"pagination\":{}\r\n19\r\n                         \r\n0\r\n\r\n";
const ANNOUNCED: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 65\r\n\r\n{";

/// A name, what happens after the request, the operation, the error. GET, PUT and POST differ.
const ROWS: &[(&str, Act, &str, &str)] = &[
    ("silence_get", stall(""), "list_affiliates", "list_affiliates: Timeout 700ms"),
    ("silence_put", stall(""), "update_affiliate", "update_affiliate: Timeout 700ms"),
    (
        "silence_post",
        stall(""),
        "create_referral",
        "create_referral: OutcomeUnknown from create_referral: Timeout 700ms",
    ),
    ("slow_body_get", stall(HALF), "list_affiliates", "list_affiliates: Timeout 700ms"),
    (
        "slow_body_post",
        stall(HALF),
        "create_referral",
        "create_referral: OutcomeUnknown from create_referral: Timeout 700ms",
    ),
    ("closed_before_get", close(""), "list_referrals", "list_referrals: Disconnected"),
    ("closed_before_put", close(""), "update_campaign", "update_campaign: Disconnected"),
    (
        "closed_before_post",
        close(""),
        "create_affiliate",
        "create_affiliate: OutcomeUnknown from create_affiliate: Disconnected",
    ),
    ("closed_within_get", close(HALF), "list_referrals", "list_referrals: Disconnected"),
    ("closed_within_a_chunk", close(HALF_A_CHUNK), "list_referrals", "list_referrals: Disconnected"),
    (
        "closed_within_post",
        close(HALF),
        "create_affiliate",
        "create_affiliate: OutcomeUnknown from create_affiliate: Disconnected",
    ),
    ("no_http_get", close(NO_HTTP), "get_payout", "get_payout: Disconnected"),
    (
        "no_http_post",
        close(NO_HTTP),
        "create_commission",
        "create_commission: OutcomeUnknown from create_commission: Disconnected",
    ),
    ("too_large_announced", close(ANNOUNCED), "list_affiliates", "list_affiliates: ResponseTooLarge 200 64"),
    ("too_large_in_chunks", close(LONG_CHUNKS), "list_affiliates", "list_affiliates: ResponseTooLarge 200 64"),
    ("too_large_post", close(ANNOUNCED), "create_commission", "create_commission: ResponseTooLarge 200 64"),
];

const fn stall(say: &'static str) -> Act {
    Act { say, then: Then::Stall }
}

const fn close(say: &'static str) -> Act {
    Act { say, then: Then::Close }
}

pub(crate) fn trials() -> Vec<Trial> {
    let mut trials: Vec<_> = ROWS
        .iter()
        .map(|(name, act, operation, expected)| trial(format!("fault::{name}"), || check(*act, operation, expected)))
        .collect();
    trials.push(trial("fault::refused_get", || nobody_listens("list_affiliates")));
    trials.push(trial("fault::refused_post", || nobody_listens("create_affiliate")));
    trials.push(trial("fault::closed_after_reuse", closed_after_reuse));
    trials.push(trial("fault::timeout_of_one_call", timeout_of_one_call));
    trials.push(trial("fault::too_large_failure_post", too_large_failure_post));
    trials.push(trial("fault::no_proxy_on_the_way_to_loopback", no_proxy_on_the_way_to_loopback));
    trials.push(trial("fault::exactly_the_limit_is_read", exactly_the_limit_is_read));
    trials
}

#[track_caller]
fn check(act: Act, operation: &str, expected: &str) {
    let wire = Wire::acting(&[act]);
    let error = fail(&impatient(wire.address()), operation);
    assert_eq!(shape(&error), expected);
    assert!(error.request_sent());
    discreet::check(&error);
    assert_eq!(wire.requests(), 1, "nothing is repeated");
    if let Error::OutcomeUnknown { source, .. } = &error {
        assert_eq!(error.source().map(ToString::to_string), Some(source.to_string()));
        assert!(!error.is_retryable(), "{error}");
    }
}

#[track_caller]
fn fail(client: &Client, operation: &str) -> Error {
    let call = call_of(operation).unwrap_or_else(|| panic!("no call of {operation}"));
    wait(call(client)).expect_err("a failure")
}

fn impatient(address: SocketAddr) -> Client {
    builder(address).timeout(PATIENCE).max_response_bytes(LIMIT).build().expect("a client")
}

/// Not even a POST can have been acted on.
fn nobody_listens(operation: &str) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    let error = fail(&client(address), operation);
    assert_eq!(shape(&error), format!("{operation}: Connect"));
    assert!(!error.request_sent() && error.is_retryable() && error.source().is_some());
    discreet::check(&error);
}

/// Transports like to repeat a request when a connection that was used before is closed under it.
fn closed_after_reuse() {
    let fine = "HTTP/1.1 200 OK\r\ncontent-length: 26\r\n\r\n{\"success\":true,\"data\":[]}";
    let wire = Wire::acting(&[Act { say: fine, then: Then::Continue }, close(""), close(fine)]);
    let client = impatient(wire.address());
    let error = wait(async {
        let page = client.payouts().list().await.unwrap_or_else(|error| panic!("{error}"));
        assert!(page.is_empty() && page.pagination.total_count.is_none());
        let call = call_of("create_commission").expect("a call of create_commission");
        call(&client).await.expect_err("a failure")
    });
    assert_eq!(shape(&error), "create_commission: OutcomeUnknown from create_commission: Disconnected");
    discreet::check(&error);
    assert_eq!(wire.requests(), 2, "nothing is repeated");
}

/// The time of one call replaces that of the client.
fn timeout_of_one_call() {
    let wire = Wire::acting(&[stall("")]);
    let list = client(wire.address()).payouts().list().timeout(PATIENCE / 7);
    let error = wait(list).expect_err("a failure");
    assert_eq!(shape(&error), "list_payouts: Timeout 100ms");
    discreet::check(&error);
}

/// How long a gateway's page is says nothing about what the server behind it has done.
fn too_large_failure_post() {
    let page = "HTTP/1.1 504 Gateway Timeout\r\ncontent-type: text/html\r\ncontent-length: 65\r\n\r\n<html>";
    let wire = Wire::acting(&[close(page)]);
    let error = fail(&impatient(wire.address()), "create_commission");
    assert!(matches!(error, Error::OutcomeUnknown { .. }), "{}", shape(&error));
    discreet::check(&error);
}

/// Plain HTTP is allowed to loopback addresses because nobody is on the way there; a proxy of the environment would be.
/// Another process of this suite makes the call, since a process cannot change its own environment safely.
fn no_proxy_on_the_way_to_loopback() {
    let proxy = Server::answering([]);
    let mut child = Command::new(std::env::current_exe().expect("the path of this suite"));
    child.args(["--exact", "operation::get_payout"]).env_remove("NO_PROXY").env_remove("no_proxy");
    let output = child.env("http_proxy", format!("http://{}", proxy.address())).output().expect("another process");
    assert!(proxy.seen().is_empty(), "the proxy saw {:?}", proxy.seen());
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

/// The limit is the largest size that is read, not the smallest that is not.
fn exactly_the_limit_is_read() {
    let body = corpus::text("get_payout/sparse.response");
    for (limit, read) in [(body.len(), true), (body.len() - 1, false)] {
        let server = Server::answering([Reply::json(200, body.clone())]);
        let client = builder(server.address()).max_response_bytes(limit).build().expect("a client");
        let result = wait(client.payouts().get(crate::calls::PAYOUT));
        assert_eq!(result.is_ok(), read, "{limit} bytes: {result:?}");
    }
}
