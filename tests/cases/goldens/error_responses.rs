//! Errors with typed bodies, against a server that sends each of them.

use std::fmt::Debug;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;

use golden_error_responses::types::{
    CreateOrderError422, GetOrderError4xx, ListOrdersError, Lock, NotFound, NotFoundKind, Problem,
};
use golden_error_responses::{Client, Error};

const NOT_FOUND: &str = r#"{"kind":"order","id":"ada@example.com"}"#;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let missing: NotFound = create("404 Not Found", NOT_FOUND).await.body().expect("a body")?;
    assert_eq!((missing.kind, missing.id.as_str()), (NotFoundKind::Order, "ada@example.com"));
    let wrong = create("422 Unprocessable Content", r#"{"fields":[{"name":"size"}]}"#).await;
    let wrong: CreateOrderError422 = wrong.body().expect("a body")?;
    assert_eq!((wrong.fields[0].name.as_str(), &wrong.fields[0].rule), ("size", &None));
    // A failed create may still have been processed, and a rate-limited response also has a body.
    for status in ["500 Internal Server Error", "429 Too Many Requests", "418 I'm a Teapot"] {
        let problem: Problem = create(status, r#"{"code":7,"more":"x"}"#).await.body().expect("a body")?;
        assert_eq!((problem.code, &problem.extra["more"]), (7, &"x".into()));
    }

    let locks = get("409 Conflict", r#"[{"by":"Ada"}]"#).await;
    assert_eq!(locks.body::<Vec<Lock>>().expect("a body")?[0].by, "Ada");
    let hint = get("400 Bad Request", r#"{"hint":"h"}"#).await;
    assert_eq!(hint.body::<GetOrderError4xx>().expect("a body")?.hint, "h");
    assert_eq!(hint.body::<ListOrdersError>().expect("a body")?.hint.as_deref(), Some("h"));

    let text = |status| format!("create_order: the response is not as documented at {status}");
    for (status, body, expected) in [
        ("404 Not Found", r#"{"kind":"order","id":["ada@example.com"]}"#, "`id`: expected a string, found sequence"),
        ("404 Not Found", r#"{"kind":"order"}"#, "`.`: missing field `id`"),
        ("404 Not Found", "<p>ada@example.com</p>", "`.`: the body is not JSON, at line 1 column 1"),
        ("500 Internal Server Error", "", "`.`: the body ends too early, at line 1 column 0"),
    ] {
        let error = create(status, body).await;
        assert_eq!(error.raw_body().expect("a body"), body);
        discreet(&error);
        let mismatch = error.body::<NotFound>().expect("a body").expect_err("it does not fit");
        assert_eq!((mismatch.to_string(), mismatch.status()), (text(expected), error.status()));
        discreet(&mismatch);
        assert_eq!(mismatch.raw_body().expect("the same body"), body);
    }
    discreet(&create("404 Not Found", NOT_FOUND).await);

    let client = Client::builder().base_url("http://127.0.0.1:9").max_retries(0).build()?;
    let unanswered = client.orders().get("7").await.expect_err("nobody listens");
    assert!(unanswered.body::<NotFound>().is_none() && unanswered.raw_body().is_none());
    Ok(())
}

/// Checks that an error displays nothing of its body.
fn discreet(error: &(impl Debug + ToString)) {
    let shown = format!("{error:?} {error:#?} {}", error.to_string());
    assert!(!shown.contains('@'), "{shown}");
}

async fn create(status: &str, body: &str) -> Error {
    client(status, body).orders().create().await.expect_err("a failure")
}

async fn get(status: &str, body: &str) -> Error {
    client(status, body).orders().get("7").await.expect_err("a failure")
}

/// Returns a client of a server that sends one response and stops.
fn client(status: &str, body: &str) -> Client {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    let response = format!("HTTP/1.1 {status}\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}", body.len());
    std::thread::spawn(move || {
        let (mut connection, _) = listener.accept().expect("a request");
        let head = BufReader::new(&connection).lines().map_while(Result::ok);
        head.take_while(|line| !line.is_empty()).for_each(drop);
        write!(connection, "{response}").expect("a response");
    });
    Client::builder().base_url(url).max_retries(0).build().expect("a client")
}
