//! One attempt: hooks → key → send → read the response whole → hooks.

use std::time::Duration;

use tokio::time::Instant;

use crate::api::Safety;
use crate::error::Error;
use crate::pipeline::context::Context;
use crate::pipeline::middleware::{Attempt, Outcome};
use crate::pipeline::received::{Received, Unread};
use crate::pipeline::verdict;

/// Sends once. Everything but the response of a server that accepted the request is an error.
pub(crate) async fn send(call: &Context, attempt: &Attempt, mut request: reqwest::Request) -> Result<Received, Error> {
    call.deadline.limit(prepare(call, attempt, &mut request)).await.unwrap_or_else(|| Err(call.late()))?;
    let begun = Instant::now();
    if call.deadline.forbids(begun) {
        return Err(call.late());
    }
    let time = call.deadline.cut(call.timeout, begun);
    if call.shared().http_timeout != Some(time) {
        *request.timeout_mut() = Some(time);
    }
    let repeatable = call.safety != Safety::NotIdempotent;
    let result = match exchange(call, request, time).await {
        Ok(received) => verdict::of(call, received),
        Err(error) => Err(error),
    };
    let result = result.map_err(|error| if repeatable { error } else { verdict::uncertain(call, error) });
    conclude(call, attempt, &result, begun.elapsed());
    result
}

/// Lets the hooks see the request, and adds the key after them.
async fn prepare(call: &Context, attempt: &Attempt, request: &mut reqwest::Request) -> Result<(), Error> {
    let shared = call.shared();
    if !shared.middleware.is_empty() {
        let origin = request.url().origin();
        for middleware in &shared.middleware {
            let stopped = |source| Error::Middleware { operation: call.operation.id, source };
            middleware.before(attempt, request).await.map_err(stopped)?;
        }
        if request.url().origin() != origin {
            let source = "a middleware may not send the request to another host".into();
            return Err(Error::Middleware { operation: call.operation.id, source });
        }
    }
    if call.operation.unauthenticated {
        return Ok(());
    }
    shared.key.authorize(request).ok_or_else(|| Error::config("the API key does not fit in a header"))
}

async fn exchange(call: &Context, request: reqwest::Request, time: Duration) -> Result<Received, Error> {
    let limit = call.shared().max_response_bytes;
    let read = match call.shared().http.execute(request).await {
        Ok(response) => Received::read(response, limit).await,
        Err(error) => Err(Unread::Transport(error)),
    };
    read.map_err(|unread| match unread {
        Unread::TooLarge(status) => Error::ResponseTooLarge { operation: call.operation.id, status, limit },
        Unread::Transport(error) => transport(call, error, time),
    })
}

fn transport(call: &Context, error: reqwest::Error, time: Duration) -> Error {
    let operation = call.operation.id;
    // The URL may hold personal data in its query.
    let error = error.without_url();
    if error.is_connect() {
        Error::Connect { operation, source: error.into() }
    } else if error.is_timeout() {
        Error::Timeout { operation, after: time, sent: true }
    } else {
        Error::Disconnected { operation, source: error.into() }
    }
}

fn conclude(call: &Context, attempt: &Attempt, result: &Result<Received, Error>, elapsed: Duration) {
    let status = match result {
        Ok(received) => Some(received.status),
        Err(error) => error.status(),
    };
    call.span.attempt(attempt.number, status, result.as_ref().err(), elapsed);
    let outcome = Outcome {
        status,
        headers: result.as_ref().ok().map(|received| &received.headers),
        error: result.as_ref().err(),
        elapsed,
    };
    for middleware in &call.shared().middleware {
        middleware.after(attempt, &outcome);
    }
}
