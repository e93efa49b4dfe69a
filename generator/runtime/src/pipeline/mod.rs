//! The way of every call: limiter → attempt → verdict → again, or the end; a deadline around all of it.

mod attempt;
pub(crate) mod context;
mod deadline;
pub(crate) mod limiter;
pub mod middleware;
pub(crate) mod received;
pub(crate) mod retry;
mod retry_after;
pub mod trace;
pub(crate) mod verdict;

use std::time::Duration;

use http::HeaderValue;
use http::header::{CONTENT_TYPE, USER_AGENT};
use tokio::time::{Instant, sleep};

use crate::error::Error;
use crate::pipeline::context::Context;
use crate::pipeline::limiter::Permit;
use crate::pipeline::middleware::Attempt;
use crate::pipeline::received::Received;

/// What a call comes to, and how many attempts it took.
pub(crate) struct Run {
    pub(crate) result: Result<Received, Error>,
    pub(crate) attempts: u32,
}

/// Sends a request until a server accepts it, or until repeating it is unsafe, useless or too late.
pub(crate) async fn run(call: &Context, mut request: reqwest::Request) -> Run {
    prepare(call, &mut request);
    let mut attempt = Attempt {
        operation: call.operation.id,
        method: request.method().clone(),
        path: call.operation.path,
        number: 1,
    };
    // A body that cannot be copied is sent once; no body that is made here is of that kind.
    let mut next = copy(&request);
    let mut rejection = None;
    loop {
        let permit = match admit(call).await {
            Ok(permit) => permit,
            // What came of the last attempt says more than that there is no time for another.
            Err(late) => return Run { result: Err(rejection.unwrap_or(late)), attempts: attempt.number - 1 },
        };
        let result = attempt::send(call, &attempt, request).await;
        settle(call, permit, &result);
        let wait = result.as_ref().err().and_then(|error| wait(call, &attempt, error));
        let (Some(wait), Some(again)) = (wait, next) else { return Run { result, attempts: attempt.number } };
        call.span.retry(attempt.number, wait);
        rejection = result.err();
        sleep(wait).await;
        next = copy(&again);
        request = again;
        attempt.number += 1;
    }
}

/// Adds what every attempt carries but the key.
fn prepare(call: &Context, request: &mut reqwest::Request) {
    request.headers_mut().insert(USER_AGENT, call.shared().user_agent.clone());
    if let Some((media_type, body)) = &call.body {
        if let Ok(media_type) = HeaderValue::try_from(media_type) {
            request.headers_mut().insert(CONTENT_TYPE, media_type);
        }
        *request.body_mut() = Some(body.clone().into());
    }
    for options in [&call.shared().options, &call.options] {
        options.apply(request);
    }
}

/// A request to send again. A copy made by reqwest has a map of extensions, for which most requests have no use.
fn copy(request: &reqwest::Request) -> Option<reqwest::Request> {
    if request.body().is_some() {
        return request.try_clone();
    }
    let mut copy = reqwest::Request::new(request.method().clone(), request.url().clone());
    *copy.headers_mut() = request.headers().clone();
    Some(copy)
}

/// Waits until the rate limit lets a request leave.
async fn admit(call: &Context) -> Result<Option<Permit>, Error> {
    let Some(limiter) = &call.shared().limiter else { return Ok(None) };
    let asked = Instant::now();
    let permit = limiter.admit(call.deadline).await.map_err(|_| call.late())?;
    call.span.admitted(asked.elapsed());
    Ok(Some(permit))
}

/// Tells the limiter what came of a request. One without a response keeps its permit as long as it may still arrive.
fn settle(call: &Context, permit: Option<Permit>, result: &Result<Received, Error>) {
    let (Some(permit), Some(limiter)) = (permit, &call.shared().limiter) else { return };
    match result {
        Err(Error::RateLimited { retry_after, .. }) => limiter.rejected(permit, *retry_after),
        Ok(_) => limiter.responded(permit),
        Err(error) if error.status().is_some() => limiter.responded(permit),
        Err(error) if !error.request_sent() => limiter.withdrawn(permit),
        Err(_) => {}
    }
}

/// How long to wait before the next attempt, if there is one in time.
fn wait(call: &Context, attempt: &Attempt, error: &Error) -> Option<Duration> {
    let wait = call.retry.wait(attempt.number, error, fastrand::f64)?;
    let resumed = Instant::now().checked_add(wait)?;
    (!call.deadline.forbids(resumed)).then_some(wait)
}
