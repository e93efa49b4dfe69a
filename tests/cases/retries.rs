//! Retries: which calls, how often, after which waits, and with which outcome: methods × faults.

use std::time::Duration;

use libtest_mimic::Trial;
use promotekit::mock::{Calls, Fault, RetryAfter};
use tests::retrying::Fixture;
use tests::virtual_time;

use crate::case;

/// The wait before each retry.
#[derive(Clone, Copy, Debug)]
enum Waits {
    /// Up to half a second, one second, two seconds, with jitter.
    Backoff,
    /// The delay that the server requests, each time.
    Seconds(u64),
}

use Waits::{Backoff, Seconds};

/// A name, a fault of every attempt, and the waits before retries. Then the requests and outcome of a read or update,
/// those of a create, and the number of objects that the create left behind.
type Row = (&'static str, fn() -> Fault, Waits, (usize, &'static str), (usize, &'static str), usize);

const ROWS: &[Row] = &[
    ("400", || Fault::Status(400), Backoff, (1, "Api 400"), (1, "Api 400"), 0),
    ("404", || Fault::Status(404), Backoff, (1, "Api 404"), (1, "Api 404"), 0),
    ("408", || Fault::Status(408), Backoff, (4, "Api 408"), (1, "OutcomeUnknown from Api 408"), 0),
    ("409", || Fault::Status(409), Backoff, (1, "Api 409"), (1, "Api 409"), 0),
    ("429", || Fault::Status(429), Backoff, (4, "RateLimited"), (4, "RateLimited"), 0),
    (
        "429_seconds",
        || Fault::RetryLater(429, RetryAfter::Seconds(7)),
        Seconds(7),
        (4, "RateLimited"),
        (4, "RateLimited"),
        0,
    ),
    (
        "429_now",
        || Fault::RetryLater(429, RetryAfter::Seconds(0)),
        Seconds(0),
        (4, "RateLimited"),
        (4, "RateLimited"),
        0,
    ),
    (
        "429_too_long",
        || Fault::RetryLater(429, RetryAfter::Seconds(61)),
        Seconds(61),
        (1, "RateLimited"),
        (1, "RateLimited"),
        0,
    ),
    ("500", || Fault::Status(500), Backoff, (4, "Api 500"), (1, "OutcomeUnknown from Api 500"), 0),
    ("501", || Fault::Status(501), Backoff, (1, "Api 501"), (1, "OutcomeUnknown from Api 501"), 0),
    ("502", || Fault::Status(502), Backoff, (4, "Api 502"), (1, "OutcomeUnknown from Api 502"), 0),
    ("503", || Fault::Status(503), Backoff, (4, "Api 503"), (1, "OutcomeUnknown from Api 503"), 0),
    (
        "503_seconds",
        || Fault::RetryLater(503, RetryAfter::Seconds(2)),
        Seconds(2),
        (4, "Api 503"),
        (1, "OutcomeUnknown from Api 503"),
        0,
    ),
    ("504", || Fault::Status(504), Backoff, (4, "Api 504"), (1, "OutcomeUnknown from Api 504"), 0),
    ("html", || Fault::Html(502), Backoff, (4, "Api 502"), (1, "OutcomeUnknown from Api 502"), 0),
    ("redirect", || Fault::Redirect("http://127.0.0.1:1/".to_owned()), Backoff, (1, "Api 307"), (1, "Api 307"), 0),
    ("close_before", || Fault::CloseBefore, Backoff, (4, "Disconnected"), (1, "OutcomeUnknown from Disconnected"), 0),
    ("close_after", || Fault::CloseAfter, Backoff, (4, "Disconnected"), (1, "OutcomeUnknown from Disconnected"), 1),
    ("truncate", || Fault::Truncate, Backoff, (4, "Disconnected"), (1, "OutcomeUnknown from Disconnected"), 1),
    ("too_large", || Fault::Oversized(200_000), Backoff, (1, "ResponseTooLarge"), (1, "ResponseTooLarge"), 1),
    ("bomb", || Fault::GzipBomb(200_000), Backoff, (1, "ResponseTooLarge"), (1, "ResponseTooLarge"), 1),
    ("nulls", || Fault::NullFields, Backoff, (1, "ok"), (1, "ok"), 1),
];

/// The kinds of calls that the retry policy distinguishes.
const CALLS: [&str; 3] = ["list_payouts", "update_campaign", "create_referral"];

pub(crate) fn cases() -> Vec<Trial> {
    ROWS.iter()
        .flat_map(|row| {
            CALLS.map(|operation| case(format!("retry::{}::{operation}", row.0), move || check(row, operation)))
        })
        .collect()
}

fn check((name, fault, waits, repeatable, creation, made): &Row, operation: &str) {
    let creates = operation == "create_referral";
    let (requests, expected) = if creates { creation } else { repeatable };
    // The client's jitter comes from this thread's generator.
    fastrand::seed(7);
    let fixture = virtual_time::run(async {
        let fixture = Fixture::start();
        fixture.server.fault(operation, Calls::Every, fault()).expect("a fault");
        assert_eq!(fixture.call(operation).await, *expected, "{name}");
        fixture
    });
    assert_eq!(fixture.server.requests_for(operation).len(), *requests, "{name}");
    fastrand::seed(7);
    assert_eq!(milliseconds(&fixture.waits()), milliseconds(&waits.expected(requests - 1)), "{name}");
    fixture.server.clear_faults();
    if creates {
        let kept = virtual_time::run(async { fixture.client.referrals().list().await.expect("a list") });
        assert_eq!(kept.len(), *made, "{name}");
    }
}

impl Waits {
    fn expected(self, count: usize) -> Vec<Duration> {
        let longest = [500, 1000, 2000].map(Duration::from_millis);
        let wait = |longest: Duration| match self {
            Backoff => longest.mul_f64(fastrand::f64()),
            Seconds(seconds) => Duration::from_secs(seconds),
        };
        longest.into_iter().take(count).map(wait).collect()
    }
}

/// Timers have millisecond resolution and round up.
fn milliseconds(waits: &[Duration]) -> Vec<u128> {
    waits.iter().map(|wait| wait.as_micros().div_ceil(1000)).collect()
}
