//! Network faults: no connection, no response, half a response, a response beyond the size limit.

use std::error::Error as _;

use libtest_mimic::Trial;
use promotekit::Error;
use tests::calls::fail;
use tests::discreet;
use tests::server::impatient;
use tests::shape::shape;
use tests::wire::{Act, Wire, close, stall};

use crate::case;

const HALF: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 50\r\n\r\n{\"success\":";

const HALF_A_CHUNK: &str = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n20\r\n{\"success\":";

const NO_HTTP: &str = "SSH-2.0-OpenSSH_9.6\r\n";

const LONG_CHUNKS: &str = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n\
    29\r\n{\"success\":true,\"data\":[],\"pagination\":{}\r\n19\r\n                         \r\n0\r\n\r\n";

const ANNOUNCED: &str = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 65\r\n\r\n{";

/// A name, what the server does after the request, the operation, the error. GET, PUT and POST differ.
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

pub(crate) fn cases() -> Vec<Trial> {
    ROWS.iter()
        .map(|(name, act, operation, expected)| case(format!("fault::{name}"), || check(*act, operation, expected)))
        .collect()
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
