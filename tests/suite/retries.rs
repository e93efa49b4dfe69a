//! What is repeated, how often, after which waits, and what comes of it: methods × faults.

use std::time::Duration;

use libtest_mimic::Trial;
use promotekit::mock::{self, Calls, Fault, RetryAfter, Server};
use promotekit::{Affiliate, Campaign, Client, CreateReferral, Error, Referral, UpdateCampaign};
use serde_json::json;

use crate::trial;
use crate::virtual_time::{self, Departures, Standstill};

/// How long a call waits before it is repeated.
#[derive(Clone, Copy, Debug)]
enum Waits {
    /// Up to half a second, one second, two seconds, by chance.
    Backoff,
    /// As long as the server asks, each time.
    Seconds(u64),
}
use Waits::{Backoff, Seconds};

/// A fault of every attempt, the waits of what is repeated, requests and outcome of a read or change, requests and outcome
/// of a creation, and how many objects that has left behind.
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

/// The kinds of calls that repeating is judged by.
const CALLS: [&str; 3] = ["list_payouts", "update_campaign", "create_referral"];

pub(crate) fn trials() -> Vec<Trial> {
    let rows = ROWS.iter().flat_map(|row| {
        CALLS.map(|operation| trial(format!("retry::{}::{operation}", row.0), move || check(row, operation)))
    });
    let others = [
        trial("retry::until_it_succeeds", until_it_succeeds),
        trial("retry::a_date", a_date),
        trial("retry::no_connection", no_connection),
        trial("retry::timeouts", timeouts),
        trial("retry::of_one_call", of_one_call),
        trial("retry::the_deadline_ends_it", the_deadline_ends_it),
    ];
    rows.chain(others).collect()
}

/// A server, a client whose waits take no time, and when its attempts left.
struct Bench {
    server: Server,
    client: Client,
    departures: Departures,
    affiliate: Affiliate,
    campaign: Campaign,
}

impl Bench {
    fn new() -> Self {
        let server = mock::start().expect("a server");
        let departures = Departures::default();
        let builder = server.client_builder().max_response_bytes(100_000).without_rate_limit();
        let client = builder.middleware(departures.clone()).middleware(Standstill::default()).build();
        Self {
            client: client.expect("a client"),
            affiliate: server.seed(json!({})).expect("an affiliate"),
            campaign: server.seed(json!({})).expect("a campaign"),
            server,
            departures,
        }
    }

    async fn call(&self, operation: &str) -> String {
        let client = &self.client;
        match operation {
            "list_payouts" => outcome(client.payouts().list().await),
            "update_campaign" => {
                outcome(client.campaigns().update(self.campaign.id, UpdateCampaign::new().name("Spring")).await)
            }
            "create_referral" => {
                outcome(client.referrals().create(CreateReferral::new(self.affiliate.id, "ada@example.com")).await)
            }
            other => panic!("no call of {other}"),
        }
    }

    /// The time between one attempt and the next.
    fn waits(&self) -> Vec<Duration> {
        self.departures.all().windows(2).map(|pair| pair[1] - pair[0]).collect()
    }
}

fn outcome<T>(result: Result<T, Error>) -> String {
    result.map_or_else(|error| describe(&error), |_| "ok".to_owned())
}

fn describe(error: &Error) -> String {
    match error {
        Error::Api { status, .. } => format!("Api {}", status.as_u16()),
        Error::OutcomeUnknown { source, .. } => format!("OutcomeUnknown from {}", describe(source)),
        Error::RateLimited { .. } => "RateLimited".to_owned(),
        Error::Timeout { sent: true, .. } => "Timeout".to_owned(),
        Error::Timeout { sent: false, .. } => "Timeout unsent".to_owned(),
        Error::Disconnected { .. } => "Disconnected".to_owned(),
        Error::Connect { .. } => "Connect".to_owned(),
        Error::ResponseTooLarge { .. } => "ResponseTooLarge".to_owned(),
        other => format!("{other:?}"),
    }
}

fn check((name, fault, waits, repeatable, creation, made): &Row, operation: &str) {
    let creates = operation == "create_referral";
    let (requests, expected) = if creates { creation } else { repeatable };
    // The client takes its chances from this thread's generator.
    fastrand::seed(7);
    let bench = virtual_time::run(async {
        let bench = Bench::new();
        bench.server.fault(operation, Calls::Every, fault()).expect("a fault");
        assert_eq!(bench.call(operation).await, *expected, "{name}");
        bench
    });
    assert_eq!(bench.server.requests_for(operation).len(), *requests, "{name}");
    fastrand::seed(7);
    assert_eq!(milliseconds(&bench.waits()), milliseconds(&waits.expected(requests - 1)), "{name}");
    bench.server.clear_faults();
    if creates {
        let kept = virtual_time::run(async { bench.client.referrals().list().await.expect("a list") });
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

/// Timers have a resolution of a millisecond, and round up.
fn milliseconds(waits: &[Duration]) -> Vec<u128> {
    waits.iter().map(|wait| wait.as_micros().div_ceil(1000)).collect()
}

/// A call that is repeated gives the value of the attempt that succeeds.
fn until_it_succeeds() {
    virtual_time::run(async {
        for (failures, fault, operation) in [
            (3, Fault::Status(503), "list_payouts"),
            (2, Fault::CloseAfter, "update_campaign"),
            (3, Fault::Status(429), "create_referral"),
        ] {
            let bench = Bench::new();
            bench.server.fault(operation, Calls::First(failures), fault).expect("a fault");
            assert_eq!(bench.call(operation).await, "ok", "{operation}");
            assert_eq!(bench.server.requests_for(operation).len(), failures + 1, "{operation}");
        }
    });
}

/// A date counts from the server's own clock, so the waits are right even if ours is wrong. Seconds are all that a date has.
fn a_date() {
    virtual_time::run(async {
        let bench = Bench::new();
        bench
            .server
            .fault("list_payouts", Calls::First(1), Fault::RetryLater(429, RetryAfter::DateIn(30)))
            .expect("a fault");
        assert_eq!(bench.call("list_payouts").await, "ok");
        let waits = bench.waits();
        assert!(waits.len() == 1 && (29..=30).contains(&waits[0].as_secs()), "{waits:?}");
    });
}

/// Where nobody listens not even a creation can have been acted on.
fn no_connection() {
    virtual_time::run(async {
        let departures = Departures::default();
        let client = Client::builder(crate::server::KEY).base_url("http://127.0.0.1:1/api/v1");
        let client = client.middleware(departures.clone()).middleware(Standstill::default()).build().expect("a client");
        let referral = CreateReferral::new(crate::calls::ADA, "ada@example.com");
        assert_eq!(outcome(client.referrals().create(referral).await), "Connect");
        assert_eq!(departures.all().len(), 4);
    });
}

/// A timeout of the attempt is repeated where that is safe. The server's delay is real here, and so is the clock.
fn timeouts() {
    let server = mock::start().expect("a server");
    let affiliate: Affiliate = server.seed(json!({})).expect("an affiliate");
    for operation in ["list_payouts", "create_referral"] {
        server.fault(operation, Calls::Every, Fault::Delay(Duration::from_secs(20))).expect("a fault");
    }
    let departures = Departures::default();
    let builder = server.client_builder().timeout(Duration::from_millis(150)).max_retries(1);
    let builder = builder.backoff(Duration::ZERO, Duration::ZERO).middleware(departures.clone());
    let client = builder.build().expect("a client");
    crate::server::wait(async {
        assert_eq!(outcome(client.payouts().list().await), "Timeout");
        assert_eq!(departures.all().len(), 2);
        let referral = CreateReferral::new(affiliate.id, "ada@example.com");
        assert_eq!(outcome(client.referrals().create(referral).await), "OutcomeUnknown from Timeout");
        assert_eq!(departures.all().len(), 3);
    });
}

fn of_one_call() {
    virtual_time::run(async {
        let bench = Bench::new();
        bench.server.fault("list_payouts", Calls::Every, Fault::Status(503)).expect("a fault");
        for (retries, requests) in [(0, 1), (1, 3), (5, 9)] {
            let error = bench.client.payouts().list().max_retries(retries).await.expect_err("a failure");
            assert_eq!(error.status().map(|status| status.as_u16()), Some(503));
            assert_eq!(bench.server.requests_for("list_payouts").len(), requests);
        }
    });
}

/// A wait that would pass the deadline is not begun: the call ends with what came of the last attempt.
fn the_deadline_ends_it() {
    virtual_time::run(async {
        let bench = Bench::new();
        bench
            .server
            .fault("list_payouts", Calls::Every, Fault::RetryLater(503, RetryAfter::Seconds(10)))
            .expect("a fault");
        let begun = tokio::time::Instant::now();
        let list = bench.client.payouts().list().deadline(Duration::from_secs(25));
        assert_eq!(outcome(list.await), "Api 503");
        assert_eq!(begun.elapsed().as_secs(), 20);
        assert_eq!(bench.server.requests_for("list_payouts").len(), 3);
        let referral: Result<Referral, _> = bench.server.seed(json!({}));
        assert!(referral.is_ok());
    });
}
