//! Uploads from files, streams and readers.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use bytes::Bytes;
use clientsmith_runtime::middleware::{Attempt, Before, Middleware};
use clientsmith_runtime::{Client, ClientBuilder, Error, Upload, reqwest};
use futures_util::stream::{self, Stream};

use super::api::{API, Add, Store, TIMEOUT, WITH_TOKENS, client};
use super::server::{Server, status, whole};

type Piece = Result<Bytes, std::io::Error>;

/// A file with this content.
fn file(name: &str, content: &[u8]) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, content).expect("a file");
    path
}

/// A stream of pieces with pauses between them.
fn pieces(pieces: &[&'static str], pause: Duration) -> impl Stream<Item = Piece> + Send + 'static {
    let pieces = pieces.to_vec();
    stream::unfold(pieces.into_iter(), move |mut rest| async move {
        let piece = rest.next()?;
        tokio::time::sleep(pause).await;
        Some((Ok(Bytes::from(piece)), rest))
    })
}

fn broken() -> impl Stream<Item = Piece> + Send + 'static {
    stream::iter([Ok(Bytes::from("ab")), Err(std::io::ErrorKind::BrokenPipe.into())])
}

#[tokio::test]
async fn contents_with_and_without_a_length() {
    let long = vec![b'z'; 300_000];
    let rows: Vec<(Upload, Option<u64>, Vec<u8>)> = vec![
        (Upload::new("abc"), Some(3), b"abc".to_vec()),
        (Upload::file(file("upload", b"abc")), Some(3), b"abc".to_vec()),
        (Upload::file(file("empty", b"")), Some(0), Vec::new()),
        (Upload::stream(pieces(&["ab", "", "c"], Duration::ZERO), None), None, b"abc".to_vec()),
        (Upload::stream(pieces(&["ab", "c"], Duration::ZERO), Some(3)), Some(3), b"abc".to_vec()),
        (Upload::reader(std::io::Cursor::new(b"abc"), Some(3)), Some(3), b"abc".to_vec()),
        (Upload::reader(std::io::Cursor::new(long.clone()), None), None, long),
    ];
    for (content, length, expected) in rows {
        let name = format!("{content:?}");
        let server = Server::new([status(200, "")]);
        Add::new(&client::<Client>(&server.url)).body(content).await.unwrap();
        let request = server.request();
        assert_eq!(request.header("content-length").and_then(|length| length.parse().ok()), length, "{name}");
        assert_eq!(request.header("content-type"), Some("application/octet-stream"));
        assert_eq!(request.length, expected.len() as u64, "{name}");
        assert!(request.body == expected || expected.len() > 100, "{name}");
    }
}

/// A request whose content cannot be sent completely is an error, and is never complete for the server.
#[tokio::test]
async fn contents_that_cannot_be_read() {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).to_owned();
    let rows = [
        (Upload::file("/nowhere/at/all"), false),
        (Upload::file(directory), false),
        (Upload::stream(broken(), None), true),
        (Upload::stream(broken(), Some(9)), true),
        (Upload::stream(pieces(&["ab"], Duration::ZERO), Some(3)), true),
        (Upload::stream(pieces(&["ab", "cd"], Duration::ZERO), Some(3)), true),
    ];
    for (content, is_sent) in rows {
        let name = format!("{content:?}");
        let server = Server::new([status(200, ""), status(200, "")]);
        let client = client::<Client>(&server.url);
        let error = Store::new(&client).body(content.clone()).await.unwrap_err();
        let Error::Upload { sent, .. } = &error else { panic!("{name}: {error:?}") };
        assert_eq!((*sent, error.request_sent(), error.is_retryable()), (is_sent, is_sent, false), "{name}");
        assert_eq!(error.to_string(), "store: the content to send cannot be read");
        // A stream that has been sent cannot be sent again, also in another call.
        let error = Add::new(&client).body(content).await.unwrap_err();
        let is_upload = |error: &Error| matches!(error, Error::Upload { .. });
        let is_unknown = matches!(&error, Error::OutcomeUnknown { source, .. } if is_upload(source));
        assert!(is_unknown || is_upload(&error), "{name}: {error:?}");
        assert_eq!(is_unknown, is_sent, "{name}: {error:?}");
    }
}

#[tokio::test]
async fn which_contents_are_sent_again() {
    let path = file("again", b"abc");
    let stream = || Upload::stream(pieces(&["abc"], Duration::ZERO), None);
    for (content, attempts) in [(Upload::new("abc"), 2), (Upload::file(path), 2), (stream(), 1)] {
        let server = Server::new([status(503, ""), status(200, "")]);
        let result = Store::new(&client::<Client>(&server.url)).body(content).await;
        assert_eq!(result.is_ok(), attempts == 2);
        let requests = server.all_requests();
        assert_eq!(requests.len(), attempts);
        assert!(requests.iter().all(|request| request.body == b"abc"));
    }
    // A stream that no connection has taken is sent by the next attempt.
    let unused = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let content = stream();
    let error = Store::new(&client::<Client>(&format!("http://{unused}"))).body(content.clone()).await.unwrap_err();
    assert!(matches!(error, Error::Connect { .. }), "{error:?}");
    let server = Server::new([status(200, "")]);
    Store::new(&client::<Client>(&server.url)).body(content).await.unwrap();
    assert_eq!(server.request().body, b"abc");
}

/// A rejected token is renewed, but the stream has gone with the rejected request.
#[tokio::test]
async fn a_stream_is_not_sent_with_a_new_token() {
    let token = || whole("application/json", r#"{"access_token": "t", "token_type": "bearer", "expires_in": 3600}"#);
    let path = file("token", b"abc");
    let stream = || Upload::stream(pieces(&["abc"], Duration::ZERO), None);
    for (content, requests) in [(Upload::file(path), 5), (stream(), 3)] {
        let server = Server::new([token(), status(200, ""), status(401, "{}"), token(), status(200, "")]);
        let builder = ClientBuilder::<Client>::with_client_credentials(&WITH_TOKENS, "id".to_owned(), "s".into());
        let builder = builder.token_url(format!("{}/token", server.url)).base_url(&server.url);
        let client = builder.build().expect("a client");
        Store::new(&client).body(Upload::new("first")).await.expect("a success");
        let result = Store::new(&client).body(content).await;
        assert_eq!(server.all_requests().len(), requests, "{result:?}");
        match result {
            Ok(()) => assert_eq!(requests, 5),
            Err(error) => assert_eq!(error.status().map(|status| status.as_u16()), Some(401)),
        }
    }
}

#[tokio::test]
async fn the_timeout_is_one_of_each_piece() {
    let slow = pieces(&["a", "b", "c"], TIMEOUT / 2);
    let server = Server::new([status(200, "")]);
    Add::new(&client::<Client>(&server.url)).body(Upload::stream(slow, None)).await.unwrap();
    assert_eq!(server.request().body, b"abc");
    let stalled = pieces(&["a"], TIMEOUT * 20);
    let server = Server::new([status(200, "")]);
    let error = Store::new(&client::<Client>(&server.url)).body(Upload::stream(stalled, None)).await.unwrap_err();
    assert!(matches!(error, Error::Timeout { after, sent: true, .. } if after == TIMEOUT), "{error:?}");
}

/// A hook that takes longer than the timeout.
struct Slow;

impl Middleware for Slow {
    fn before<'a>(&'a self, _: &'a Attempt, _: &'a mut reqwest::Request) -> Before<'a> {
        Box::pin(async {
            tokio::time::sleep(TIMEOUT * 3 / 2).await;
            Ok(())
        })
    }
}

#[tokio::test]
async fn the_timeout_begins_after_the_hooks() {
    let server = Server::new([status(200, "")]);
    let builder = ClientBuilder::<Client>::new(&API, "key_1".into()).base_url(&server.url).timeout(TIMEOUT);
    let client = builder.middleware(Slow).build().expect("a client");
    Add::new(&client).body(Upload::stream(pieces(&["abc"], Duration::ZERO), None)).await.unwrap();
}

#[cfg(feature = "blocking")]
#[test]
fn blocking_uploads() {
    let server = Server::new([(); 3].map(|()| status(200, "")));
    let client: clientsmith_runtime::blocking::Client = client(&server.url);
    let contents = [
        Upload::file(file("blocking-upload", b"abc")),
        Upload::reader(std::io::Cursor::new(b"abc"), None),
        Upload::stream(pieces(&["ab", "c"], Duration::from_millis(5)), Some(3)),
    ];
    for content in contents {
        Store::new(&client).body(content).send().unwrap();
        assert_eq!(server.request().body, b"abc");
    }
}
