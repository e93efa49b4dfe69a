//! Calls through the pipeline: what the rate limit learns from an attempt, when a call ends, and the trace.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use http::{HeaderMap, HeaderValue, Method, StatusCode};

use super::*;
use crate::api::{Operation, RateLimit, Safety};
use crate::call::options::CallOptions;
use crate::error::error_body::ErrorBody;
use crate::example::API;
use crate::pipeline::outgoing::Outgoing;
use crate::pipeline::received::Received;
use crate::{Client, ClientBuilder};

const MINUTE: Duration = Duration::from_secs(60);
const SHORT: Duration = Duration::from_millis(200);

static OPERATION: Operation = Operation::new("op", "GET", "/things", Safety::Safe);

fn builder(url: &str) -> ClientBuilder<Client> {
    ClientBuilder::new(&API, "key_1".into()).base_url(url).backoff(Duration::ZERO, Duration::ZERO)
}

fn call(client: &Client) -> Context {
    let outgoing = Outgoing {
        method: Method::GET,
        url: client.base_url().parse().expect("a URL"),
        accept: HeaderValue::from_static("*/*"),
        body: None,
    };
    Context::new(client, &OPERATION, CallOptions::default(), outgoing)
}

/// A call of a client that may send this many requests a minute.
fn limited(requests: u32) -> Context {
    let client = builder("https://api.example.com").rate_limit(RateLimit::new(requests, MINUTE)).deadline(SHORT);
    call(&client.build().expect("a client"))
}

fn received(status: u16) -> Received {
    Received { status: StatusCode::from_u16(status).expect("a status"), ..Received::default() }
}

fn rate_limited(retry_after: Option<Duration>) -> Error {
    Error::RateLimited {
        operation: "op",
        retry_after,
        message: "slow".to_owned(),
        body: ErrorBody::new(&received(429)),
    }
}

/// The time until the next permit after an attempt with this result that took one second.
async fn next_permit(requests: u32, result: Result<Received, Error>) -> Duration {
    let call = limited(requests);
    let limiter = call.shared().limiter.as_ref().expect("a limiter");
    let begun = Instant::now();
    let permit = acquire_permit(&call).await.expect("a permit in time");
    tokio::time::advance(Duration::from_secs(1)).await;
    settle_permit(&call, permit, result.as_ref().err());
    while limiter.try_acquire().is_none() {
        tokio::time::advance(Duration::from_millis(100)).await;
    }
    begun.elapsed()
}

#[tokio::test(start_paused = true)]
async fn the_limiter_learns_from_each_attempt() {
    let seconds = Duration::from_secs_f64;
    let timeout = |sent| Error::Timeout { operation: "op", after: SHORT, sent };
    let unavailable = classify::response(&limited(1), &received(503)).expect_err("an error");
    // A permit ends one window after a response, and at the latest 1.5 seconds after the window of its departure.
    let rows = [
        (1, Ok(received(200)), 61.0),
        (1, Err(unavailable), 61.0),
        (1, Err(timeout(true)), 61.5),
        (1, Err(timeout(false)), 1.0),
        (600, Err(rate_limited(Some(seconds(7.0)))), 8.0),
        (600, Err(rate_limited(None)), 2.0),
    ];
    for (requests, result, expected) in rows {
        let text = result.as_ref().map_or_else(ToString::to_string, |received| received.status.to_string());
        let waited = next_permit(requests, result).await;
        assert!(waited >= seconds(expected) && waited < seconds(expected + 0.2), "{text}: {waited:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_permit_that_comes_too_late_is_an_error() {
    let call = limited(1);
    assert!(acquire_permit(&call).await.expect("a permit").is_some());
    let error = acquire_permit(&call).await.expect_err("no permit before the deadline");
    assert!(matches!(error, Error::Timeout { after: SHORT, sent: false, .. }), "{error:?}");
    let unlimited = builder("https://api.example.com").build().expect("a client");
    assert!(acquire_permit(&self::call(&unlimited)).await.expect("no limit").is_none());
}

/// Responds to one request after another, and counts them.
fn server(responses: &'static [&'static str]) -> (String, Arc<AtomicU32>) {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let requests = Arc::new(AtomicU32::new(0));
    let count = Arc::clone(&requests);
    std::thread::spawn(move || {
        for response in responses {
            let (mut connection, _) = listener.accept().expect("a connection");
            let mut lines = BufReader::new(&connection).lines().map_while(Result::ok);
            lines.find(String::is_empty).expect("a request");
            count.fetch_add(1, Ordering::SeqCst);
            write!(connection, "HTTP/1.1 {response}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
                .expect("a client");
        }
    });
    (url, requests)
}

#[tokio::test]
async fn a_call_counts_its_attempts() {
    let rows: [(&[&str], u32, u16, u32); 4] = [
        (&["204 No Content"], 3, 204, 1),
        (&["503 Unavailable", "503 Unavailable", "204 No Content"], 3, 204, 3),
        (&["503 Unavailable", "503 Unavailable"], 1, 503, 2),
        (&["404 Not Found", "204 No Content"], 3, 404, 1),
    ];
    for (responses, retries, status, attempts) in rows {
        let (url, requests) = server(responses);
        let run = run(&call(&builder(&url).max_retries(retries).build().expect("a client"))).await;
        let found = run.result.as_ref().map_or_else(Error::status, |arrival| Some(arrival.received.status));
        assert_eq!((found.map(|status| status.as_u16()), run.attempts), (Some(status), attempts), "{responses:?}");
        assert_eq!(requests.load(Ordering::SeqCst), attempts, "{responses:?}");
    }
}

#[tokio::test]
async fn without_a_permit_for_the_retry_the_first_error_is_the_result() {
    let (url, requests) = server(&["503 Unavailable"]);
    let client = builder(&url).rate_limit(RateLimit::new(1, MINUTE)).deadline(Duration::from_secs(5));
    let run = run(&call(&client.build().expect("a client"))).await;
    let error = run.result.err().expect("no second permit");
    assert_eq!((error.status(), run.attempts), (Some(StatusCode::SERVICE_UNAVAILABLE), 1), "{error:?}");
    assert_eq!(requests.load(Ordering::SeqCst), 1);
}

#[cfg(feature = "tracing")]
mod traced {
    use std::cell::RefCell;
    use std::fmt::Debug;

    use super::*;
    use crate::pipeline::trace::tracing::field::{Field, Visit};
    use crate::pipeline::trace::tracing::span::{Attributes, Id, Record};
    use crate::pipeline::trace::tracing::{Event, Metadata, Subscriber, subscriber};
    use crate::pipeline::trace::{Span, Tracer};

    thread_local!(static LINES: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) });

    fn line(text: String) {
        LINES.with_borrow_mut(|lines| lines.push(text));
    }

    /// Records the fields of spans and events, and where an event occurs.
    struct Lines;

    impl Visit for Lines {
        fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
            line(format!("{field}={value:?}"));
        }
    }

    impl Subscriber for Lines {
        fn enabled(&self, _: &Metadata<'_>) -> bool {
            true
        }

        fn new_span(&self, span: &Attributes<'_>) -> Id {
            span.record(&mut Lines);
            Id::from_u64(1)
        }

        fn record(&self, _: &Id, fields: &Record<'_>) {
            fields.record(&mut Lines);
        }

        fn record_follows_from(&self, _: &Id, _: &Id) {}

        fn event(&self, event: &Event<'_>) {
            event.record(&mut Lines);
        }

        fn enter(&self, _: &Id) {
            line("enter".to_owned());
        }

        fn exit(&self, _: &Id) {
            line("exit".to_owned());
        }
    }

    /// Returns the lines that this code causes.
    fn lines(code: impl FnOnce(&Span)) -> String {
        let tracer: Tracer = crate::tracer!();
        subscriber::with_default(Lines, || code(&Span::call(tracer, &OPERATION)));
        LINES.take().join(" ")
    }

    type Code<'a> = &'a dyn Fn(&Span);

    #[test]
    fn the_events_of_a_call() {
        let created = "operation=\"op\" path=\"/things\"";
        let time = Duration::from_millis(1500);
        let error = rate_limited(Some(Duration::from_secs(7)));
        let headers: HeaderMap = [("x-request-id".parse().unwrap(), "r1".parse().unwrap())].into_iter().collect();
        let success = Received { headers, ..received(200) };
        let rows: [(Code<'_>, &str); 9] = [
            (&|_| {}, ""),
            (&|span| span.method(&Method::PUT), "method=\"PUT\""),
            (&|span| span.admitted(Duration::from_micros(900)), ""),
            (&|span| span.admitted(time), "enter message=rate limit waited_ms=1500 exit"),
            (&|span| span.retry(2, time), "enter message=retry attempt=2 wait_ms=1500 exit"),
            (
                &|span| span.attempt(1, Ok(&success), time),
                "enter message=attempt attempt=1 status=200 request_id=\"r1\" elapsed_ms=1500 exit",
            ),
            (
                &|span| span.attempt(3, Err(&error), time),
                "enter message=attempt attempt=3 status=429 elapsed_ms=1500 error=op: too many requests, wait 7 s exit",
            ),
            (&|span| span.mismatch(&error), "enter message=type mismatch error=op: too many requests, wait 7 s exit"),
            (&|span| span.end(Some(StatusCode::OK), 2, time), "status=200 attempts=2 elapsed_ms=1500"),
        ];
        for (code, expected) in rows {
            assert_eq!(lines(|span| code(span)), format!("{created} {expected}").trim_end(), "{expected}");
        }
    }

    #[test]
    fn a_future_runs_in_the_span() {
        let around = |span: &Span| {
            let value = span.around(async {
                line("inside".to_owned());
                7
            });
            assert_eq!(futures_util::FutureExt::now_or_never(value), Some(7));
        };
        let found = lines(around);
        assert!(found.contains("enter inside exit"), "{found}");
    }
}
