//! Every error response becomes the matching error, after exactly one request.

use libtest_mimic::Trial;
use promotekit::{Error, ErrorResponse};
use tests::calls::fail;
use tests::corpus::{self, Sample};
use tests::discreet;
use tests::server::{Reply, Server};
use tests::shape::shape;

use crate::case;

/// The samples, each with its status and its error.
const SAMPLES: &[(&str, u16, &str)] = &[
    (
        "create_affiliate/ref_code_taken",
        409,
        "create_affiliate: Api 409 Conflict conflict: This ref_code is already in use.",
    ),
    (
        "create_campaign/missing_website_url",
        400,
        "create_campaign: Api 400 BadRequest invalid_request: website_url is required when code_mode is link or both.",
    ),
    (
        "create_commission/invalid_amount",
        422,
        "create_commission: Api 422 BadRequest invalid_request: revenue_amount must be greater than 0.",
    ),
    ("create_referral/affiliate_not_found", 404, "create_referral: Api 404 NotFound not_found: Affiliate not found."),
    ("get_affiliate/not_found", 404, "get_affiliate: Api 404 NotFound not_found: Affiliate not found."),
    ("get_commission/not_found", 404, "get_commission: Api 404 NotFound not_found: Commission not found."),
    ("get_payout/server_error", 500, "get_payout: Api 500 Server server_error: Something went wrong."),
    ("list_affiliates/unauthorized", 401, "list_affiliates: Api 401 Unauthorized unauthorized: Invalid API key."),
    ("list_campaigns/rate_limited", 429, "list_campaigns: RateLimited None: Too many requests."),
    ("list_commissions/rate_limited", 429, "list_commissions: RateLimited None: Too many requests."),
    ("list_payouts/unauthorized", 401, "list_payouts: Api 401 Unauthorized unauthorized: Invalid API key."),
    ("list_referrals/unauthorized", 403, "list_referrals: Api 403 Forbidden unauthorized: Invalid API key."),
    ("update_affiliate/not_found", 410, "update_affiliate: Api 410 NotFound not_found: Affiliate not found."),
];

const TOO_MANY: &str = r#"{"success":false,"error":{"message":"Too many requests.","type":"rate_limit"}}"#;

const BAD_GATEWAY: &str = "<html><head><title>502 Bad Gateway</title><style>p { margin: 0 }</style></head>
    <body><p>Write to <b>ops@example.com</b></p></body></html>";

const REJECTED: &str = r#"{"success":false,"error":{"message":"Not today.","type":"policy"}}"#;

type Respond = fn() -> Reply;

/// Responses without a sample: a name, the operation, the response, the error.
const RESPONSES: &[(&str, &str, Respond, &str)] = &[
    (
        "rate_limited_with_seconds",
        "get_payout",
        || Reply::json(429, TOO_MANY).with("retry-after", "17"),
        "get_payout: RateLimited Some(17s): Too many requests.",
    ),
    (
        "rate_limited_with_a_date",
        "get_payout",
        || Reply::json(429, TOO_MANY).with("retry-after", "Sun, 01 Jun 2025 12:00:00 GMT"),
        "get_payout: RateLimited Some(0ns): Too many requests.",
    ),
    (
        "rate_limited_post",
        "create_commission",
        || Reply::json(429, TOO_MANY).with("retry-after", "0"),
        "create_commission: RateLimited Some(0ns): Too many requests.",
    ),
    (
        "html_get",
        "get_commission",
        || Reply::new(502, "text/html", BAD_GATEWAY),
        "get_commission: Api 502 Server -: 502 Bad Gateway Write to [redacted]",
    ),
    (
        "html_put",
        "update_affiliate",
        || Reply::new(502, "text/html", BAD_GATEWAY),
        "update_affiliate: Api 502 Server -: 502 Bad Gateway Write to [redacted]",
    ),
    (
        "html_post",
        "create_commission",
        || Reply::new(502, "text/html; charset=utf-8", BAD_GATEWAY),
        "create_commission: OutcomeUnknown from create_commission: Api 502 Server -: 502 Bad Gateway Write to [redacted]",
    ),
    (
        "server_error_post",
        "create_referral",
        || Reply::json(500, REJECTED),
        "create_referral: OutcomeUnknown from create_referral: Api 500 Server policy: Not today.",
    ),
    (
        "request_timeout_post",
        "create_referral",
        || Reply::json(408, REJECTED),
        "create_referral: OutcomeUnknown from create_referral: Api 408 Other policy: Not today.",
    ),
    ("other_status", "get_payout", || Reply::json(418, REJECTED), "get_payout: Api 418 Other policy: Not today."),
    ("empty_body", "get_payout", || Reply::json(503, ""), "get_payout: Api 503 Server -: an empty body"),
    (
        "empty_success",
        "get_payout",
        || Reply::json(200, ""),
        "get_payout: Decode 200 .: the body ends too early, at line 1 column 0",
    ),
    (
        "no_content",
        "create_referral",
        || Reply::json(204, ""),
        "create_referral: Decode 204 .: the body ends too early, at line 1 column 0",
    ),
    (
        "html_success",
        "list_payouts",
        || Reply::new(200, "text/html", BAD_GATEWAY),
        "list_payouts: Decode 200 .: the body is not JSON, at line 1 column 1",
    ),
    (
        "json_without_message",
        "get_payout",
        || Reply::json(400, r#"{"name":"Ada","email":"ada@example.com"}"#),
        "get_payout: Api 400 BadRequest -: a body without a message",
    ),
    (
        "message_in_another_form",
        "get_payout",
        || Reply::json(400, r#"{"errors":[{"title":"No payout for ada@example.com","meta":{"name":"Ada"}}]}"#),
        "get_payout: Api 400 BadRequest -: No payout for [redacted]",
    ),
    (
        "problem_document",
        "get_payout",
        || {
            Reply::new(
                403,
                "application/problem+json",
                r#"{"title":"Forbidden","detail":"Not with pk_live_Example7Secret"}"#,
            )
        },
        "get_payout: Api 403 Forbidden -: Forbidden: Not with [redacted]",
    ),
    (
        "secrets_in_the_message",
        "list_affiliates",
        || {
            let message = "ada@example.com may not use pk_live_Example7Secret.";
            Reply::json(403, format!(r#"{{"success":false,"error":{{"message":"{message}","type":"of:a@b.c"}}}}"#))
        },
        "list_affiliates: Api 403 Forbidden of:[redacted]: [redacted] may not use [redacted].",
    ),
    (
        "secrets_in_a_page",
        "list_affiliates",
        || Reply::new(403, "text/plain", "pk_live_Example7Secret of ada@example.com"),
        "list_affiliates: Api 403 Forbidden -: [redacted] of [redacted]",
    ),
    (
        "false_without_data",
        "get_commission",
        || Reply::json(200, REJECTED),
        "get_commission: Api 200 Other policy: Not today.",
    ),
    (
        "false_with_null_data",
        "list_payouts",
        || Reply::json(200, r#"{"success":false,"data":null,"error":{"message":"Not today.","type":"policy"}}"#),
        "list_payouts: Api 200 Other policy: Not today.",
    ),
    (
        "false_with_data",
        "list_payouts",
        || Reply::json(200, r#"{"success":false,"data":[],"error":{"message":"Not today.","type":"policy"}}"#),
        "list_payouts: Api 200 Other policy: Not today.",
    ),
    (
        "false_post",
        "create_referral",
        || Reply::json(201, REJECTED),
        "create_referral: Api 201 Other policy: Not today.",
    ),
    (
        "false_without_reason",
        "get_campaign",
        || Reply::json(200, r#"{"success":false}"#),
        "get_campaign: Api 200 Other -: a body without a message",
    ),
    (
        "mismatch_in_a_row",
        "list_commissions",
        || Reply::json(200, changed("list_commissions/typical.response", "/data/1/commission_amount", "true")),
        "list_commissions: Decode 200 data[1].commission_amount: expected a number or a numeric string, found boolean",
    ),
    (
        "mismatch_with_an_address",
        "list_commissions",
        || {
            let address = r#""ada@example.com""#;
            Reply::json(200, changed("list_commissions/typical.response", "/data/1/commission_amount", address))
        },
        "list_commissions: Decode 200 data[1].commission_amount: the value does not have the documented format",
    ),
    (
        "mismatch_in_a_field_named_like_an_address",
        "get_payout",
        || Reply::json(200, r#"{"success":true,"data":{"ada@example.com":{"grace@example.com":[}}}}"#),
        "get_payout: Decode 200 data.?.?[0]: the body is not JSON, at line 1 column 65",
    ),
    (
        "mismatch_deep_inside",
        "get_commission",
        || Reply::json(200, changed("get_commission/typical.response", "/data/affiliate/campaign/created_at", "7")),
        "get_commission: Decode 200 data.affiliate.campaign.created_at: expected an RFC 3339 date and time, found integer",
    ),
    (
        "mismatch_null",
        "get_payout",
        || Reply::json(200, changed("get_payout/typical.response", "/data/id", "null")),
        "get_payout: Decode 200 data.id: expected a formatted UUID string, found null",
    ),
    (
        "mismatch_missing",
        "create_referral",
        || Reply::json(200, r#"{"success":true,"data":{"email":"alan@example.com"}}"#),
        "create_referral: Decode 200 data: missing field `id`",
    ),
    (
        "mismatch_data",
        "list_referrals",
        || Reply::json(200, r#"{"success":true,"data":{"email":"alan@example.com"}}"#),
        "list_referrals: Decode 200 data: expected a sequence, found map",
    ),
    (
        "redirect_of_another_scheme",
        "get_payout",
        || Reply::json(302, "{}").with("location", "app://ada%40example.com/"),
        "get_payout: Api 302 Other -: redirected to [redacted]; redirects are not followed",
    ),
];

pub(crate) fn cases() -> Vec<Trial> {
    let samples =
        corpus::of_kind("error").map(|sample| case(format!("failure::{}", sample.id()), move || check_sample(&sample)));
    let responses = RESPONSES.iter().map(|(name, operation, reply, expected)| {
        case(format!("failure::{name}"), || drop(check(operation, reply(), expected)))
    });
    let redirects = [301, 302, 303, 307, 308]
        .map(|status| case(format!("failure::redirect_{status}"), move || redirects_are_not_followed(status)));
    let stale = case("failure::no_row_is_stale", || {
        corpus::no_row_is_stale(SAMPLES.iter().map(|(id, ..)| *id), "error");
    });
    samples.chain(responses).chain(redirects).chain([stale]).collect()
}

fn check_sample(sample: &Sample) {
    let id = sample.id();
    let row = SAMPLES.iter().find(|(row, ..)| *row == id);
    let (_, status, expected) = row.unwrap_or_else(|| panic!("no row expects an error of {id}"));
    let error = check(&sample.directory, Reply::json(*status, sample.text()), expected);
    let body: ErrorResponse = error.body().expect("a body").unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(serde_json::to_value(&body).expect("JSON"), sample.json());
    assert_eq!(error.raw_body().expect("a body"), sample.text().as_bytes());
}

#[track_caller]
fn check(operation: &str, reply: Reply, expected: &str) -> Error {
    let server = Server::replying([reply]);
    let error = fail(&server.client(), operation);
    assert_eq!(shape(&error), expected);
    assert!(error.request_sent());
    discreet::check(&error);
    assert_eq!(server.seen().len(), 1, "nothing is repeated");
    error
}

/// Following a redirect would expose the key to another host, and could send a change twice.
fn redirects_are_not_followed(status: u16) {
    for operation in ["get_commission", "create_commission"] {
        let other = Server::replying([Reply::json(200, corpus::text("get_commission/typical.response"))]);
        let location = format!("http://localhost:{}/?email=ada@example.com", other.address().port());
        let server = Server::replying([Reply::json(status, "{}").with("location", &location)]);
        let error = fail(&server.client(), operation);
        let message = "redirected to localhost; redirects are not followed";
        assert_eq!(shape(&error), format!("{operation}: Api {status} Other -: {message}"));
        discreet::check(&error);
        assert_eq!((server.seen().len(), other.seen().len()), (1, 0));
    }
}

/// Returns a sample with one value replaced.
fn changed(sample: &str, place: &str, json: &str) -> String {
    let mut body: serde_json::Value = serde_json::from_str(&corpus::text(sample)).expect("a JSON sample");
    *body.pointer_mut(place).expect("a place in the sample") = serde_json::from_str(json).expect("JSON");
    body.to_string()
}
