//! Hooks around attempts: what they receive, what they may change, how they stop a call.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use promotekit::middleware::{Attempt, Before, Middleware, Outcome};
use promotekit::mock::{self, Calls, Fault, Server};
use promotekit::{Campaign, Client, ClientBuilder, CreateReferral, Error, RateLimit, UpdateCampaign};
use serde_json::json;
use tests::calls::ADA;
use tests::server::{KEY, wait};
use tests::virtual_time::{Departures, Standstill};

/// The notes of all hooks, in order.
#[derive(Clone, Default)]
struct Notes(Arc<Mutex<Vec<String>>>);

impl Notes {
    fn add(&self, note: String) {
        self.0.lock().expect("no panic elsewhere").push(note);
    }

    fn all(&self) -> Vec<String> {
        self.0.lock().expect("no panic elsewhere").clone()
    }
}

/// Notes every attempt and outcome under a name.
struct Noting(&'static str, Notes);

impl Middleware for Noting {
    fn before<'a>(&'a self, attempt: &'a Attempt, _: &'a mut reqwest::Request) -> Before<'a> {
        let Attempt { operation, method, path, number, .. } = attempt;
        self.1.add(format!("{} before {operation} {method} {path} {number}", self.0));
        Box::pin(std::future::ready(Ok(())))
    }

    fn after(&self, attempt: &Attempt, outcome: &Outcome<'_>) {
        let status = outcome.status.map_or("-".to_owned(), |status| status.as_u16().to_string());
        self.1.add(format!("{} after {} {status}", self.0, attempt.number));
    }
}

/// Applies a function to every request, which may reject it.
struct Acting<F>(F);

impl<F: Fn(&mut reqwest::Request) -> Result<(), String> + Send + Sync + 'static> Middleware for Acting<F> {
    fn before<'a>(&'a self, _: &'a Attempt, request: &'a mut reqwest::Request) -> Before<'a> {
        Box::pin(std::future::ready((self.0)(request).map_err(Into::into)))
    }
}

fn acting(act: impl Fn(&mut reqwest::Request) + Send + Sync + 'static) -> impl Middleware {
    Acting(move |request: &mut reqwest::Request| {
        act(request);
        Ok(())
    })
}

fn server() -> Server {
    mock::builder().api_key(KEY).start().expect("a server")
}

fn builder(server: &Server) -> ClientBuilder {
    server.client_builder().backoff(Duration::ZERO, Duration::ZERO)
}

fn list(builder: ClientBuilder) -> Result<(), Error> {
    wait(builder.build().expect("a client").payouts().list()).map(drop)
}

#[test]
fn order_and_attempts() {
    let (server, notes) = (server(), Notes::default());
    let campaign: Campaign = server.seed(json!({})).expect("a campaign");
    server.fault("update_campaign", Calls::First(1), Fault::Status(503)).expect("a fault");
    let client = builder(&server).middleware(Noting("a", notes.clone())).middleware(Noting("b", notes.clone())).build();
    let client = client.expect("a client");
    wait(client.campaigns().update(campaign.id, UpdateCampaign::new().name("Spring"))).expect("a campaign");
    let call = "before update_campaign PUT /campaigns/{id}";
    let expected = [
        format!("a {call} 1"),
        format!("b {call} 1"),
        "a after 1 503".to_owned(),
        "b after 1 503".to_owned(),
        format!("a {call} 2"),
        format!("b {call} 2"),
        "a after 2 200".to_owned(),
        "b after 2 200".to_owned(),
    ];
    assert_eq!(notes.all(), expected);
}

#[test]
fn changes_arrive() {
    let server = server();
    let change = acting(|request| {
        request.headers_mut().insert("x-signed", "ada".parse().expect("a value"));
        request.url_mut().query_pairs_mut().append_pair("of", "a b");
    });
    list(builder(&server).middleware(change)).expect("a page");
    let seen = server.requests();
    assert_eq!(seen[0].headers["x-signed"], "ada");
    assert_eq!(seen[0].query_pairs(), [("of".to_owned(), "a b".to_owned())]);
}

#[test]
fn each_attempt_begins_anew() {
    let server = server();
    server.fault("list_payouts", Calls::First(2), Fault::Status(503)).expect("a fault");
    let change = acting(|request| {
        request.headers_mut().append("x-once", "1".parse().expect("a value"));
        request.url_mut().query_pairs_mut().append_pair("once", "1");
    });
    list(builder(&server).middleware(change)).expect("a page");
    for request in server.requests() {
        assert_eq!((request.headers.get_all("x-once").iter().count(), request.query.as_deref()), (1, Some("once=1")));
    }
}

#[test]
fn the_key_is_not_there() {
    let (server, notes) = (server(), Notes::default());
    let seen = notes.clone();
    let look = acting(move |request| seen.add(format!("{request:?} {:?}", request.headers())));
    list(builder(&server).middleware(look)).expect("a page");
    let notes = notes.all();
    assert!(notes.len() == 1 && !notes[0].contains(KEY) && !notes[0].contains("authorization"), "{notes:?}");
    assert_eq!(server.requests()[0].headers["authorization"], format!("Bearer {KEY}").as_str());
}

#[test]
fn the_key_is_put_over_another() {
    let server = server();
    let other = acting(|request| {
        request.headers_mut().append("authorization", "Basic x".parse().expect("a value"));
        request.headers_mut().append("authorization", "Basic y".parse().expect("a value"));
    });
    list(builder(&server).middleware(other)).expect("a page");
    let seen = server.requests();
    let values: Vec<_> = seen[0].headers.get_all("authorization").iter().collect();
    assert_eq!(values, [format!("Bearer {KEY}").as_str()]);
}

#[test]
fn an_error_stops_the_call() {
    let (server, notes) = (server(), Notes::default());
    let first = Noting("first", notes.clone());
    let reject = Acting(|_: &mut reqwest::Request| Err("no signature".to_owned()));
    let last = Noting("last", notes.clone());
    let client = builder(&server).middleware(first).middleware(reject).middleware(last).build().expect("a client");
    wait(async {
        let read = client.payouts().list().await.expect_err("it is stopped");
        let creation = client.referrals().create(CreateReferral::new(ADA, "ada@example.com")).await;
        for error in [read, creation.expect_err("it is stopped")] {
            let Error::Middleware { source, .. } = &error else { panic!("{error:?}") };
            assert_eq!(source.to_string(), "no signature");
            assert!(error.to_string().ends_with(": a middleware stopped the request"), "{error}");
            assert!(!error.request_sent() && !error.is_retryable() && error.status().is_none());
        }
    });
    assert!(server.requests().is_empty());
    let expected = ["first before list_payouts GET /payouts 1", "first before create_referral POST /referrals 1"];
    assert_eq!(notes.all(), expected);
}

#[tokio::test(start_paused = true)]
async fn what_is_stopped_takes_no_place() {
    let (server, departures) = (server(), Departures::default());
    let broken = Arc::new(Mutex::new(true));
    let state = broken.clone();
    let reject = Acting(
        move |_: &mut reqwest::Request| {
            if *state.lock().expect("no panic elsewhere") { Err("not yet".to_owned()) } else { Ok(()) }
        },
    );
    let builder = builder(&server).rate_limit(RateLimit::new(2, Duration::from_secs(30))).middleware(reject);
    let client = builder.middleware(departures.clone()).middleware(Standstill::default()).build().expect("a client");
    let begun = tokio::time::Instant::now();
    for _ in 0..10 {
        assert!(client.payouts().list().await.is_err());
    }
    *broken.lock().expect("no panic elsewhere") = false;
    for _ in 0..2 {
        client.payouts().list().await.expect("a page");
    }
    assert_eq!((begun.elapsed().as_secs(), departures.all().len()), (0, 2));
    client.payouts().list().await.expect("a page");
    assert_eq!(begun.elapsed().as_secs(), 30);
}

/// A hook's change to a request.
type Change = Box<dyn Fn(&mut reqwest::Request) + Send + Sync>;

#[test]
fn another_host_is_rejected() {
    let (server, other) = (server(), server());
    let (port, host) = (other.address().port(), format!("http://localhost:{}/api/v1/payouts", server.address().port()));
    let moves: [Change; 4] = [
        Box::new(move |request| request.url_mut().set_port(Some(port)).expect("a port")),
        Box::new(move |request| *request.url_mut() = host.parse().expect("a URL")),
        Box::new(|request| request.url_mut().set_scheme("https").expect("a scheme")),
        Box::new(|request| *request.url_mut() = "data:text/plain,x".parse().expect("a URL")),
    ];
    for change in moves {
        let error = list(builder(&server).middleware(acting(change))).expect_err("it is stopped");
        let Error::Middleware { source, .. } = &error else { panic!("{error:?}") };
        assert_eq!(source.to_string(), "a middleware may not send the request to another host");
        assert!(!error.request_sent());
    }
    assert!(server.requests().is_empty() && other.requests().is_empty());
}

/// A hook that never finishes.
struct Endless;

impl Middleware for Endless {
    fn before<'a>(&'a self, _: &'a Attempt, _: &'a mut reqwest::Request) -> Before<'a> {
        Box::pin(std::future::pending())
    }
}

#[tokio::test(start_paused = true)]
async fn the_deadline_holds() {
    let server = server();
    let client: Client = builder(&server).middleware(Endless).build().expect("a client");
    let begun = tokio::time::Instant::now();
    let error = client.payouts().list().deadline(Duration::from_secs(5)).await.expect_err("no end");
    assert_eq!(error.to_string(), "list_payouts: the request was not sent within 5s");
    assert_eq!(begun.elapsed().as_secs(), 5);
    assert!(server.requests().is_empty());
}
