//! One attempt: hooks → API key → send → read the response → hooks.

use std::sync::Arc;
use std::time::Duration;

use http::header::CONTENT_LENGTH;
use http::{HeaderValue, Method, StatusCode};
use tokio::time::Instant;

use crate::api::Safety;
use crate::client::Authorization;
use crate::client::tokens::{Token, Tokens};
use crate::error::Error;
use crate::error::error_body::ErrorBody;
use crate::pipeline::classify;
use crate::pipeline::context::Context;
use crate::pipeline::departure::Departure;
use crate::pipeline::middleware::{Attempt, Outcome};
use crate::pipeline::received::{Arrival, ReadError};
use crate::streaming::body::is_unreadable;
use crate::streaming::progress::Progress;

/// The result of an attempt.
pub(crate) struct Sent {
    pub(crate) result: Result<Arrival, Error>,
    /// Whether the API rejected a token that it may have accepted before, so that the call needs a new one.
    pub(crate) needs_token: bool,
}

/// Sends one request. Any response that is not a success is an error.
pub(crate) async fn send(call: &Context, attempt: &Attempt) -> Sent {
    let mut token = None;
    let result = exchanged(call, attempt, &mut token).await;
    let is_rejected = result.as_ref().is_err_and(|error| error.status() == Some(StatusCode::UNAUTHORIZED));
    let needs_token = token.is_some_and(|Used { token, tokens, is_new }| {
        if is_rejected {
            tokens.reject(&token);
        }
        is_rejected && !is_new
    });
    Sent { result, needs_token }
}

/// The token of a request.
struct Used<'c> {
    token: Arc<Token>,
    tokens: &'c Tokens,
    /// Whether it was fetched for this request.
    is_new: bool,
}

async fn exchanged<'c>(call: &'c Context, attempt: &Attempt, token: &mut Option<Used<'c>>) -> Result<Arrival, Error> {
    let mut request = call.request();
    let progress = Progress::begin();
    let preparing = call.deadline.limit(async {
        open_body(call, &progress, &mut request).await?;
        prepare(call, attempt, &mut request).await
    });
    let prepared = preparing.await;
    *token = prepared.unwrap_or_else(|| Err(call.late()))?;
    let begun = Instant::now();
    if call.deadline.forbids(begun) {
        return Err(call.late());
    }
    // The timeout applies to each piece of a body that is sent or received piece by piece.
    let streams = call.streams();
    let time = call.deadline.cut(if streams { Duration::MAX } else { call.timeout }, begun);
    if call.shared().http_timeout != Some(time) {
        *request.timeout_mut() = Some(time);
    }
    let is_idempotent = call.safety != Safety::NotIdempotent;
    let departure = departure(call, &mut request);
    progress.advance();
    let exchange = exchange(call, request, time, &departure);
    let late = |after| Err(Error::Timeout { operation: call.operation.id, after, sent: departure.is_possible() });
    let result = if streams {
        progress.limit(call.timeout, exchange).await.unwrap_or_else(|| late(call.timeout))
    } else {
        exchange.await
    };
    let result = result.and_then(|arrival| classify::response(call, &arrival.received).map(|()| arrival));
    let result = result.map_err(|error| if is_idempotent { error } else { classify::outcome_unknown(call, error) });
    report(call, attempt, &result, begun.elapsed());
    result
}

/// Runs the hooks, then adds the headers that depend on them, and the API key, which hooks must not see. Returns the
/// token, if the client fetches tokens.
async fn prepare<'c>(
    call: &'c Context,
    attempt: &Attempt,
    request: &mut reqwest::Request,
) -> Result<Option<Used<'c>>, Error> {
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
    // POST, PUT and PATCH send `Content-Length: 0` without a body (RFC 9110, section 8.6). A hook may have added a
    // body.
    if request.body().is_none() && matches!(*request.method(), Method::POST | Method::PUT | Method::PATCH) {
        request.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
    }
    if call.operation.unauthenticated {
        return Ok(None);
    }
    match &shared.authorization {
        Authorization::Key(key) => {
            let authorized = key.authorize(request).map(|()| None);
            authorized.ok_or_else(|| Error::config("the API key contains a character that headers do not allow"))
        }
        Authorization::Tokens(tokens) => {
            let (token, is_new) = tokens.token(&shared.http, call.timeout, call.operation.id).await?;
            token.authorize(request);
            Ok(Some(Used { token, tokens, is_new }))
        }
    }
}

/// Opens a body that is not in memory.
async fn open_body(call: &Context, progress: &Progress, request: &mut reqwest::Request) -> Result<(), Error> {
    let Some(body) = call.outgoing.body.as_ref().filter(|body| body.bytes().is_none()) else { return Ok(()) };
    let unreadable =
        |error: std::io::Error| Error::Upload { operation: call.operation.id, source: error.into(), sent: false };
    *request.body_mut() = Some(body.open(progress).await.map_err(unreadable)?);
    Ok(())
}

async fn exchange(
    call: &Context,
    request: reqwest::Request,
    time: Duration,
    departure: &Departure,
) -> Result<Arrival, Error> {
    let limit = call.shared().max_response_bytes;
    let read = match call.shared().http.execute(request).await {
        Ok(response) => Arrival::read(response, limit, call.options.streams).await,
        Err(error) => Err(ReadError::Transport(error)),
    };
    read.map_err(|error| match error {
        ReadError::TooLarge(head) => Error::ResponseTooLarge {
            operation: call.operation.id,
            status: head.status,
            limit,
            body: ErrorBody::new(&head),
        },
        ReadError::Transport(error) => transport_error(call, error, time, departure),
    })
}

/// Watches whether the request is sent. A watched body cannot be sent twice. A custom HTTP client may follow redirects,
/// so its requests are not watched.
fn departure(call: &Context, request: &mut reqwest::Request) -> Departure {
    let is_own = call.shared().http_timeout.is_some();
    if is_own { Departure::watch(request) } else { Departure::unknown() }
}

fn transport_error(call: &Context, error: reqwest::Error, time: Duration, departure: &Departure) -> Error {
    let operation = call.operation.id;
    let sent = departure.is_possible();
    // The URL's query may contain personal data.
    let error = error.without_url();
    if is_unreadable(&error) {
        Error::Upload { operation, source: error.into(), sent }
    } else if error.is_timeout() && !error.is_connect() {
        Error::Timeout { operation, after: time, sent }
    } else if error.is_connect() || !sent {
        Error::Connect { operation, source: error.into() }
    } else {
        Error::Disconnected { operation, source: error.into() }
    }
}

/// Reports the outcome to the trace and to the hooks.
fn report(call: &Context, attempt: &Attempt, result: &Result<Arrival, Error>, elapsed: Duration) {
    let result = result.as_ref().map(|arrival| &arrival.received);
    let status = match result {
        Ok(received) => Some(received.status),
        Err(error) => error.status(),
    };
    call.span.attempt(attempt.number, result, elapsed);
    let outcome =
        Outcome { status, headers: result.ok().map(|received| &received.headers), error: result.err(), elapsed };
    for middleware in &call.shared().middleware {
        middleware.after(attempt, &outcome);
    }
}
