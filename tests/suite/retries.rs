//! Retries, beyond the table of `cases`.

use std::time::Duration;

use promotekit::mock::{self, Calls, Fault, RetryAfter};
use promotekit::{Affiliate, Client, CreateReferral, Referral};
use serde_json::json;
use tests::retrying::{Fixture, outcome};
use tests::virtual_time::{Departures, Standstill};

/// A retried call returns the value of the successful attempt.
#[tokio::test(start_paused = true)]
async fn until_it_succeeds() {
    for (failures, fault, operation) in [
        (3, Fault::Status(503), "list_payouts"),
        (2, Fault::CloseAfter, "update_campaign"),
        (3, Fault::Status(429), "create_referral"),
    ] {
        let fixture = Fixture::start();
        fixture.server.fault(operation, Calls::First(failures), fault).expect("a fault");
        assert_eq!(fixture.call(operation).await, "ok", "{operation}");
        assert_eq!(fixture.server.requests_for(operation).len(), failures + 1, "{operation}");
    }
}

/// A `Retry-After` date is relative to the server's own clock, so waits are right even if the local clock is wrong.
/// Dates have a resolution of seconds.
#[tokio::test(start_paused = true)]
async fn a_date() {
    let fixture = Fixture::start();
    fixture
        .server
        .fault("list_payouts", Calls::First(1), Fault::RetryLater(429, RetryAfter::DateIn(30)))
        .expect("a fault");
    assert_eq!(fixture.call("list_payouts").await, "ok");
    let waits = fixture.waits();
    assert!(waits.len() == 1 && (29..=30).contains(&waits[0].as_secs()), "{waits:?}");
}

/// A failed connection proves that not even a create was processed.
#[tokio::test(start_paused = true)]
async fn no_connection() {
    let departures = Departures::default();
    let client = Client::builder(tests::server::KEY).base_url("http://127.0.0.1:1/api/v1");
    let client = client.middleware(departures.clone()).middleware(Standstill::default()).build().expect("a client");
    let referral = CreateReferral::new(tests::calls::ADA, "ada@example.com");
    assert_eq!(outcome(client.referrals().create(referral).await), "Connect");
    assert_eq!(departures.all().len(), 4);
}

/// A timed-out attempt is retried where that is safe. The server's delay and the clock are real here.
#[tokio::test]
async fn timeouts() {
    let server = mock::start().expect("a server");
    let affiliate: Affiliate = server.seed(json!({})).expect("an affiliate");
    for operation in ["list_payouts", "create_referral"] {
        server.fault(operation, Calls::Every, Fault::Delay(Duration::from_secs(20))).expect("a fault");
    }
    let departures = Departures::default();
    let builder = server.client_builder().timeout(Duration::from_millis(150)).max_retries(1);
    let builder = builder.backoff(Duration::ZERO, Duration::ZERO).middleware(departures.clone());
    let client = builder.build().expect("a client");
    assert_eq!(outcome(client.payouts().list().await), "Timeout");
    assert_eq!(departures.all().len(), 2);
    let referral = CreateReferral::new(affiliate.id, "ada@example.com");
    assert_eq!(outcome(client.referrals().create(referral).await), "OutcomeUnknown from Timeout");
    assert_eq!(departures.all().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn of_one_call() {
    let fixture = Fixture::start();
    fixture.server.fault("list_payouts", Calls::Every, Fault::Status(503)).expect("a fault");
    for (retries, requests) in [(0, 1), (1, 3), (5, 9)] {
        let error = fixture.client.payouts().list().max_retries(retries).await.expect_err("a failure");
        assert_eq!(error.status().map(|status| status.as_u16()), Some(503));
        assert_eq!(fixture.server.requests_for("list_payouts").len(), requests);
    }
}

/// A wait beyond the deadline does not start: the call ends with the error of the last attempt.
#[tokio::test(start_paused = true)]
async fn the_deadline_ends_it() {
    let fixture = Fixture::start();
    fixture
        .server
        .fault("list_payouts", Calls::Every, Fault::RetryLater(503, RetryAfter::Seconds(10)))
        .expect("a fault");
    let begun = tokio::time::Instant::now();
    let list = fixture.client.payouts().list().deadline(Duration::from_secs(25));
    assert_eq!(outcome(list.await), "Api 503");
    assert_eq!(begun.elapsed().as_secs(), 20);
    assert_eq!(fixture.server.requests_for("list_payouts").len(), 3);
    let referral: Result<Referral, _> = fixture.server.seed(json!({}));
    assert!(referral.is_ok());
}
