//! The rate limit: never exceeded, never wasted. Client and server share a virtual clock, so no wait takes time.

use std::time::Duration;

use promotekit::middleware::{Attempt, Before, Middleware};
use promotekit::mock::{self, Calls, Fault, RetryAfter, Server};
use promotekit::{Client, Error, RateLimit};
use tests::virtual_time::{self, Departures, Standstill};
use tokio::task::JoinSet;
use tokio::time::Instant;

const MINUTE: Duration = Duration::from_secs(60);
const QUOTA: usize = 200;

/// A random delay of up to one second on the way to the server.
struct Distance;

impl Middleware for Distance {
    fn before<'a>(&'a self, _: &'a Attempt, _: &'a mut reqwest::Request) -> Before<'a> {
        Box::pin(async {
            tokio::time::sleep(Duration::from_secs_f64(fastrand::f64())).await;
            Ok(())
        })
    }
}

fn server() -> Server {
    mock::builder().clock(virtual_time::clock()).start().expect("a server")
}

fn client(server: &Server, departures: &Departures) -> Client {
    let builder = server.client_builder().middleware(departures.clone()).middleware(Standstill::default());
    builder.build().expect("a client")
}

/// Makes calls from several tasks through clones of a client; returns the elapsed time.
async fn job(client: &Client, calls: usize, tasks: usize) -> Duration {
    let begun = Instant::now();
    let mut set = JoinSet::new();
    for _ in 0..tasks {
        let client = client.clone();
        set.spawn(async move {
            for _ in 0..calls / tasks {
                client.campaigns().list().await?;
            }
            Ok::<_, Error>(())
        });
    }
    while let Some(task) = set.join_next().await {
        task.expect("no panic").expect("every call succeeds");
    }
    begun.elapsed()
}

/// Returns the maximum number of requests in any minute.
fn fullest_minute(times: &[Instant]) -> usize {
    let within = |from: &Instant| times.iter().filter(|time| *time >= from && **time < *from + MINUTE).count();
    times.iter().map(within).max().unwrap_or(0)
}

fn rejected(server: &Server) -> usize {
    server.requests().iter().filter(|request| request.status == Some(429)).count()
}

#[test]
fn a_long_job_uses_the_quota_and_never_exceeds_it() {
    for distant in [false, true] {
        virtual_time::run(async {
            fastrand::seed(11);
            let (server, departures) = (server(), Departures::default());
            let builder = server.client_builder().middleware(departures.clone());
            let builder = if distant { builder.middleware(Distance) } else { builder };
            let client = builder.middleware(Standstill::default()).build().expect("a client");
            let elapsed = job(&client, 1000, 8).await;
            let mut times = departures.all();
            times.sort();
            assert_eq!((times.len(), rejected(&server)), (1000, 0));
            assert!(fullest_minute(&times) <= QUOTA);
            let arrivals: Vec<_> = server.requests().iter().map(|request| Instant::from_std(request.at)).collect();
            assert!(fullest_minute(&arrivals) <= QUOTA);
            // At best, a permit is used again exactly one minute after its last use.
            let renewals = times.iter().zip(&times[QUOTA..]).map(|(before, after)| *after - *before);
            let used = MINUTE.as_secs_f64() * 800.0 / renewals.sum::<Duration>().as_secs_f64();
            assert!(used >= 0.97, "{used:.3} of the quota");
            // Four windows after the first burst; a distant server adds its own delay.
            let longest = Duration::from_secs(if distant { 265 } else { 245 });
            assert!(elapsed < longest, "{elapsed:?}");
        });
    }
}

#[tokio::test(start_paused = true)]
async fn a_job_that_fits_is_not_slowed() {
    let server = server();
    let client = client(&server, &Departures::default());
    assert_eq!(job(&client, 150, 1).await, Duration::ZERO);
    assert_eq!(server.requests().len(), 150);
}

/// Two clients share a key, so the configured limit is too high. Rejections slow both down, and every call succeeds.
#[tokio::test(start_paused = true)]
async fn two_clients_share_a_key() {
    let (server, departures) = (server(), Departures::default());
    let clients = [client(&server, &departures), client(&server, &departures)];
    let (first, second) = tokio::join!(job(&clients[0], 400, 4), job(&clients[1], 400, 4));
    let (elapsed, rejected) = (first.max(second), rejected(&server));
    // Ideally, 800 requests take three minutes.
    assert!(elapsed < MINUTE * 6, "{elapsed:?}");
    assert!((1..=40).contains(&rejected), "{rejected} rejections");
}

/// A `Retry-After` for one call delays all calls of the client.
#[tokio::test(start_paused = true)]
async fn a_429_holds_everybody() {
    let (server, departures) = (server(), Departures::default());
    let client = client(&server, &departures);
    server.fault("list_payouts", Calls::First(1), Fault::RetryLater(429, RetryAfter::Seconds(20))).expect("a fault");
    let begun = Instant::now();
    let (payouts, campaigns) = tokio::join!(client.payouts().list().into_future(), async {
        tokio::time::sleep(Duration::from_secs(1)).await;
        client.campaigns().list().await
    });
    assert!(payouts.is_ok() && campaigns.is_ok());
    let left: Vec<_> = departures.all().iter().map(|time| (*time - begun).as_secs()).collect();
    assert_eq!(left, [0, 20, 20]);
}

#[tokio::test(start_paused = true)]
async fn retries_count() {
    let (server, departures) = (server(), Departures::default());
    let client = client(&server, &departures);
    server.fault("list_payouts", Calls::Every, Fault::Status(503)).expect("a fault");
    for _ in 0..60 {
        assert!(client.payouts().list().await.is_err());
    }
    let times = departures.all();
    assert_eq!(times.len(), 240);
    assert!(fullest_minute(&times) <= QUOTA);
}

#[tokio::test(start_paused = true)]
async fn a_deadline_is_not_waited_for() {
    let (server, departures) = (server(), Departures::default());
    let client = client(&server, &departures);
    job(&client, QUOTA, 1).await;
    let begun = Instant::now();
    let late = client.campaigns().list().deadline(Duration::from_secs(10)).await.expect_err("no place in time");
    assert_eq!(late.to_string(), "list_campaigns: the request was not sent within 10s");
    assert!(!late.request_sent() && late.is_retryable());
    assert_eq!((begun.elapsed(), departures.all().len()), (Duration::ZERO, QUOTA));
    assert!(client.campaigns().list().deadline(MINUTE * 2).await.is_ok());
    assert_eq!(begun.elapsed().as_secs(), 60);
}

#[tokio::test(start_paused = true)]
async fn the_turn_of_a_cancelled_call_is_free() {
    let (server, departures) = (server(), Departures::default());
    let client = client(&server, &departures);
    job(&client, QUOTA, 1).await;
    let begun = Instant::now();
    let waiting = tokio::spawn(client.campaigns().list().into_future());
    tokio::time::sleep(Duration::from_secs(5)).await;
    waiting.abort();
    assert!(waiting.await.expect_err("it was cancelled").is_cancelled());
    assert!(client.campaigns().list().await.is_ok());
    assert_eq!((begun.elapsed().as_secs(), departures.all().len()), (60, QUOTA + 1));
}

#[test]
fn settings() {
    virtual_time::run(async {
        let server = mock::builder().without_rate_limit().start().expect("a server");
        let builder = || server.client_builder().middleware(Standstill::default());
        let slower = builder().rate_limit(RateLimit::new(10, Duration::from_secs(5))).build().expect("a client");
        assert_eq!(job(&slower, 25, 1).await.as_secs(), 10);
        let unlimited = builder().without_rate_limit().build().expect("a client");
        assert_eq!(job(&unlimited, 250, 1).await, Duration::ZERO);
    });
    for limit in [RateLimit::new(0, MINUTE), RateLimit::new(1, Duration::ZERO)] {
        let error = Client::builder("key").rate_limit(limit).build().expect_err("a limit of zero");
        assert_eq!(error.to_string(), "cannot build the client: the rate limit must be greater than zero");
    }
}
