//! The outcome of each attempt, as hooks receive it.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use libtest_mimic::Trial;
use promotekit::ClientBuilder;
use promotekit::middleware::{Attempt, Middleware, Outcome};
use promotekit::mock::{self, Calls, Fault, Server};
use tests::server::{KEY, wait};

use crate::case;

pub(crate) fn cases() -> Vec<Trial> {
    OUTCOMES
        .iter()
        .map(|(name, fault, expected)| case(format!("hook::reported::{name}"), || outcomes(fault(), expected)))
        .collect()
}

/// A name, a fault, and what a hook receives: status, whether there are headers, error.
type Row = (&'static str, fn() -> Option<Fault>, &'static str);

const OUTCOMES: &[Row] = &[
    ("success", || None, "200 headers -"),
    ("status", || Some(Fault::Status(404)), "404 - list_payouts: 404 Not Found"),
    ("rejection", || Some(Fault::Status(429)), "429 - list_payouts: too many requests"),
    ("disconnection", || Some(Fault::CloseAfter), "- - list_payouts: the connection broke"),
    ("timeout", || Some(Fault::Delay(Duration::from_secs(9))), "- - list_payouts: no complete response within 300ms"),
    ("size", || Some(Fault::Oversized(200_000)), "200 - list_payouts: the response is larger than 100000 bytes"),
];

fn server() -> Server {
    mock::builder().api_key(KEY).start().expect("a server")
}

fn builder(server: &Server) -> ClientBuilder {
    server.client_builder().backoff(Duration::ZERO, Duration::ZERO)
}

/// Records each attempt's outcome.
struct Recorder(Arc<Mutex<Vec<String>>>);

impl Middleware for Recorder {
    fn after(&self, _: &Attempt, outcome: &Outcome<'_>) {
        let status = outcome.status.map_or("-".to_owned(), |status| status.as_u16().to_string());
        let headers = outcome.headers.map_or("-", |headers| {
            assert_eq!(headers["content-type"], "application/json");
            "headers"
        });
        assert!(outcome.elapsed < Duration::from_secs(9), "{outcome:?}");
        let error = outcome.error.map_or("-".to_owned(), ToString::to_string);
        self.0.lock().expect("no panic elsewhere").push(format!("{status} {headers} {error}"));
    }
}

fn outcomes(fault: Option<Fault>, expected: &str) {
    let (server, notes) = (server(), Arc::new(Mutex::new(Vec::new())));
    if let Some(fault) = fault {
        server.fault("list_payouts", Calls::Every, fault).expect("a fault");
    }
    let builder = builder(&server).timeout(Duration::from_millis(300)).max_response_bytes(100_000).max_retries(0);
    let client = builder.middleware(Recorder(notes.clone())).build().expect("a client");
    let failed = wait(client.payouts().list()).is_err();
    let notes = notes.lock().expect("no panic elsewhere").clone();
    assert!(notes.len() == 1 && notes[0].starts_with(expected), "{notes:?}");
    assert_eq!(failed, !expected.ends_with('-'));
}
