//! Network faults beyond the table of `cases`.

use std::error::Error as _;
use std::net::TcpListener;
use std::process::Command;
use std::time::Duration;

use promotekit::Error;
use tests::calls::{PAYOUT, call_of, fail};
use tests::corpus;
use tests::discreet;
use tests::server::{Reply, Server, builder, client, impatient, wait};
use tests::shape::shape;
use tests::wire::{Act, Then, Wire, close, stall};

use crate::alone::alone_in;

#[test]
fn refused_get() {
    nobody_listens("list_affiliates");
}

#[test]
fn refused_post() {
    nobody_listens("create_affiliate");
}

/// A failed connection proves that not even a POST was processed.
fn nobody_listens(operation: &str) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    let address = listener.local_addr().expect("an address");
    drop(listener);
    let error = fail(&client(address), operation);
    assert_eq!(shape(&error), format!("{operation}: Connect"));
    assert!(!error.request_sent() && error.is_retryable() && error.source().is_some());
    discreet::check(&error);
}

/// HTTP transports tend to resend a request when a reused connection is closed.
#[test]
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

/// The timeout of a call overrides the client's.
#[test]
fn timeout_of_one_call() {
    let wire = Wire::acting(&[stall("")]);
    let list = client(wire.address()).payouts().list().timeout(Duration::from_millis(100));
    let error = wait(list).expect_err("a failure");
    assert_eq!(shape(&error), "list_payouts: Timeout 100ms");
    discreet::check(&error);
}

/// The size of a gateway's error page does not reveal whether the server behind it processed the request.
#[test]
fn too_large_error_post() {
    let page = "HTTP/1.1 504 Gateway Timeout\r\ncontent-type: text/html\r\ncontent-length: 65\r\n\r\n<html>";
    let wire = Wire::acting(&[close(page)]);
    let error = fail(&impatient(wire.address()), "create_commission");
    assert!(matches!(error, Error::OutcomeUnknown { .. }), "{}", shape(&error));
    discreet::check(&error);
}

/// Plain HTTP is allowed to loopback addresses because the traffic stays on the machine; a proxy from the environment
/// would break that. The call runs in another process, because a process cannot safely change its own environment.
#[test]
fn no_proxy_on_the_way_to_loopback() {
    let proxy = Server::replying([]);
    let url = format!("http://{}", proxy.address());
    let prepare = |test: &mut Command| {
        test.env_remove("NO_PROXY").env_remove("no_proxy").env("http_proxy", url);
    };
    alone_in("faults::no_proxy_on_the_way_to_loopback", prepare, || {
        let server = Server::replying([Reply::json(200, corpus::text("get_payout/typical.response"))]);
        wait(server.client().payouts().get(PAYOUT)).expect("a payout");
        assert_eq!(server.seen().len(), 1);
    });
    assert!(proxy.seen().is_empty(), "the proxy saw {:?}", proxy.seen());
}

/// The limit is inclusive.
#[test]
fn exactly_the_limit_is_read() {
    let body = corpus::text("get_payout/sparse.response");
    for (limit, read) in [(body.len(), true), (body.len() - 1, false)] {
        let server = Server::replying([Reply::json(200, body.clone())]);
        let client = builder(server.address()).max_response_bytes(limit).build().expect("a client");
        let result = wait(client.payouts().get(PAYOUT));
        assert_eq!(result.is_ok(), read, "{limit} bytes: {result:?}");
    }
}
