//! The way of every call: prepare → attempt with a deadline → verdict.

use http::HeaderValue;
use http::header::{AUTHORIZATION, USER_AGENT};

use super::body::{Reply, Unread};
use super::context::Context;
use super::error::Error;
use super::verdict;

const AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));

/// Sends a request and gives the answer of a server that accepted it; anything else is an error.
pub(crate) async fn run(call: &Context, request: reqwest::Request) -> Result<Reply, Error> {
    let repeatable = request.method().is_idempotent();
    let request = prepare(call, request)?;
    let result = match attempt(call, request).await {
        Ok(reply) => verdict::of(call, reply),
        Err(error) => Err(error),
    };
    result.map_err(|error| if repeatable { error } else { verdict::uncertain(call, error) })
}

/// Adds what every request carries.
fn prepare(call: &Context, mut request: reqwest::Request) -> Result<reqwest::Request, Error> {
    let bearer = call.shared().key.bearer().ok_or_else(|| Error::config("the API key does not fit in a header"))?;
    let headers = request.headers_mut();
    headers.insert(AUTHORIZATION, bearer);
    headers.insert(USER_AGENT, HeaderValue::from_static(AGENT));
    *request.timeout_mut() = Some(call.timeout);
    Ok(request)
}

/// Sends once and reads the answer whole.
async fn attempt(call: &Context, request: reqwest::Request) -> Result<Reply, Error> {
    let limit = call.shared().max_response_bytes;
    let read = match call.shared().http.execute(request).await {
        Ok(response) => Reply::read(response, limit).await,
        Err(error) => Err(Unread::Transport(error)),
    };
    read.map_err(|unread| match unread {
        Unread::TooLarge(status) => Error::ResponseTooLarge { operation: call.operation, status, limit },
        Unread::Transport(error) => transport(call, error),
    })
}

fn transport(call: &Context, error: reqwest::Error) -> Error {
    let operation = call.operation;
    // The URL may hold personal data in its query.
    let error = error.without_url();
    if error.is_connect() {
        Error::Connect { operation, source: error.into() }
    } else if error.is_timeout() {
        Error::Timeout { operation, after: call.timeout }
    } else {
        Error::Disconnected { operation, source: error.into() }
    }
}
