//! The spans and events that a call records with `tracing`, and their fields.

use std::time::Duration;

use libtest_mimic::Trial;
use promotekit::mock::{self, Calls, Fault, Response, Server};
use promotekit::{Client, CreateReferral, RateLimit};
use tests::calls::{ADA, Call, Sent, send};
use tests::collector::collect;
use tests::server::KEY;
use tests::virtual_time::{self, Standstill};

use crate::case;

/// A name, the server's preparation, the call, and the expected trace.
type Row = (&'static str, fn(&Server), Call, &'static str);

const ROWS: &[Row] = &[
    (
        "success",
        |_| {},
        list,
        r#"
DEBUG span call: operation="list_payouts" path="/payouts"
DEBUG record call: method="GET"
  DEBUG event message=attempt attempt=1 status=200 elapsed_ms=…
DEBUG record call: status=200
DEBUG record call: attempts=1
DEBUG record call: elapsed_ms=…
"#,
    ),
    (
        "retry",
        |server| server.fault("list_payouts", Calls::First(1), Fault::Status(503)).expect("a fault"),
        list,
        r#"
DEBUG span call: operation="list_payouts" path="/payouts"
DEBUG record call: method="GET"
  DEBUG event message=attempt attempt=1 status=503 elapsed_ms=… error=list_payouts: 503 Service Unavailable: a fault injected by the test (fault) body="{error: {message: string, type: string}, success: boolean}"
  INFO event message=retry attempt=1 wait_ms=…
  DEBUG event message=rate limit waited_ms=…
  DEBUG event message=attempt attempt=2 status=200 elapsed_ms=…
DEBUG record call: status=200
DEBUG record call: attempts=2
DEBUG record call: elapsed_ms=…
"#,
    ),
    (
        "no_response",
        |server| server.fault("create_referral", Calls::Every, Fault::CloseAfter).expect("a fault"),
        |client| send(client.referrals().create(CreateReferral::new(ADA, "ada@example.com"))),
        r#"
DEBUG span call: operation="create_referral" path="/referrals"
DEBUG record call: method="POST"
  DEBUG event message=attempt attempt=1 elapsed_ms=… error=create_referral: the outcome is unknown: the server may have processed the request
DEBUG record call: attempts=1
DEBUG record call: elapsed_ms=…
"#,
    ),
    (
        "type mismatch",
        |server| server.respond_next(Response::new(200, "application/json", r#"{"success":true,"data":7}"#)),
        list,
        r#"
DEBUG span call: operation="list_payouts" path="/payouts"
DEBUG record call: method="GET"
  DEBUG event message=attempt attempt=1 status=200 elapsed_ms=…
DEBUG record call: status=200
DEBUG record call: attempts=1
DEBUG record call: elapsed_ms=…
  WARN event message=type mismatch error=list_payouts: the response is not as documented at `data`: expected a sequence, found integer
"#,
    ),
    (
        "another_form_of_error",
        |server| {
            let body = r#"{"errors":[{"title":"no ada@example.com","ada@example.com":7}]}"#;
            server.respond_next(Response::new(422, "application/json", body).with("x-request-id", "req_7"));
        },
        list,
        r#"
DEBUG span call: operation="list_payouts" path="/payouts"
DEBUG record call: method="GET"
  DEBUG event message=attempt attempt=1 status=422 request_id="req_7" elapsed_ms=… error=list_payouts: 422 Unprocessable Entity: no [redacted] body="{errors: [{?: number, title: string}]}"
DEBUG record call: status=422
DEBUG record call: attempts=1
DEBUG record call: elapsed_ms=…
"#,
    ),
    ("a_request_that_breaks_a_rule", |_| {}, |client| send(client.payouts().list().page(0)), "\n"),
];

pub(crate) fn cases() -> Vec<Trial> {
    ROWS.iter().map(|row| case(format!("trace::{}", row.0), || check(row))).collect()
}

fn list(client: &Client) -> Sent {
    send(client.payouts().list())
}

fn check((_, prepare, call, expected): &Row) {
    let server = mock::builder().api_key(KEY).start().expect("a server");
    prepare(&server);
    let builder = server.client_builder().rate_limit(RateLimit::new(1, Duration::from_secs(9)));
    let client = builder.middleware(Standstill::default()).build().expect("a client");
    // The trace contains the outcome, so the result is not checked here.
    let (_, lines) = collect(|| virtual_time::run(call(&client)));
    let ours: Vec<_> = lines.iter().filter(|line| line.target == "promotekit").map(|line| &*line.text).collect();
    let (expected, ours) = (expected.trim(), ours.join("\n"));
    let diff = similar::TextDiff::from_lines(expected, ours.trim());
    assert!(expected == ours.trim(), "{}", diff.unified_diff());
}
