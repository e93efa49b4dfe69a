//! Makes one call and compares everything that the server received.

use promotekit::{Client, Error, meta};
use serde_json::Value;
use tests::corpus;
use tests::server::{KEY, Recorded, Reply, Server, wait};

/// The expected request.
pub(crate) struct Expected {
    method: &'static str,
    path: &'static str,
    query: &'static [(&'static str, &'static str)],
    body: Option<Value>,
}

pub(crate) fn get(path: &'static str, query: &'static [(&'static str, &'static str)]) -> Expected {
    Expected { method: "GET", path, query, body: None }
}

pub(crate) fn post(path: &'static str, body: Value) -> Expected {
    Expected { method: "POST", path, query: &[], body: Some(body) }
}

pub(crate) fn put(path: &'static str, body: Value) -> Expected {
    Expected { method: "PUT", path, query: &[], body: Some(body) }
}

/// Makes one call, checks the whole request, responds with a sample, and returns the value.
#[track_caller]
pub(crate) fn check<R, T>(sample: &str, expected: &Expected, call: impl FnOnce(&Client) -> R) -> T
where
    R: IntoFuture<Output = Result<T, Error>>,
{
    let server = Server::replying([Reply::json(200, corpus::text(sample))]);
    let result = wait(call(&server.client()));
    let seen = server.seen();
    let [request] = seen.as_slice() else { panic!("one request, not {seen:?}") };
    assert_eq!(request.method, expected.method);
    assert_eq!(request.path, expected.path);
    assert_eq!(sorted(request.query_pairs()), sorted(expected.query.iter().map(|(k, v)| owned(k, v)).collect()));
    assert_eq!(request.query.is_some(), !expected.query.is_empty(), "{:?}", request.query);
    assert_eq!(request.json(), expected.body);
    assert_eq!(sorted(headers(request)), sorted(documented_headers(&server, request)));
    result.unwrap_or_else(|error| panic!("{error}"))
}

fn headers(request: &Recorded) -> Vec<(String, String)> {
    let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
    request.headers.iter().map(|(name, value)| (name.to_string(), text(value.as_bytes()))).collect()
}

/// All headers that a request may have: documented headers, the user agent, and headers that HTTP requires.
fn documented_headers(server: &Server, request: &Recorded) -> Vec<(String, String)> {
    let mut headers = vec![
        owned("authorization", &format!("Bearer {KEY}")),
        owned("accept", "application/json"),
        owned("accept-encoding", "gzip"),
        owned("user-agent", &user_agent()),
        owned("host", &server.address().to_string()),
    ];
    if !request.body.is_empty() {
        headers.push(owned("content-type", "application/json"));
        headers.push(owned("content-length", &request.body.len().to_string()));
    }
    headers
}

/// The crate, its version, and the versions that it was generated from.
fn user_agent() -> String {
    let [crate_version, spec] = [env!("CARGO_PKG_VERSION"), &meta::SPEC_HASH[..12]];
    let (api_version, generator_version) = (meta::API_VERSION, meta::GENERATOR_VERSION);
    format!("promotekit/{crate_version} ({api_version}; spec {spec}; generator {generator_version})")
}

fn owned(name: &str, value: &str) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

fn sorted(mut pairs: Vec<(String, String)>) -> Vec<(String, String)> {
    pairs.sort();
    pairs
}
