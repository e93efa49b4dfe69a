//! The pipeline of every call: limiter → attempt → classify → retry or return, within one deadline.

mod attempt;
pub(crate) mod classify;
pub(crate) mod context;
mod deadline;
mod departure;
pub(crate) mod limiter;
pub mod middleware;
pub(crate) mod outgoing;
pub(crate) mod received;
pub(crate) mod retry;
mod retry_after;
#[cfg(test)]
mod tests;
pub mod trace;

use std::time::Duration;

use tokio::time::{Instant, sleep};

use crate::error::Error;
use crate::pipeline::attempt::Sent;
use crate::pipeline::context::Context;
use crate::pipeline::limiter::Permit;
use crate::pipeline::middleware::Attempt;
use crate::pipeline::received::Arrival;

/// The result of a call, and the number of attempts.
pub(crate) struct Run {
    pub(crate) result: Result<Arrival, Error>,
    pub(crate) attempts: u32,
}

/// Sends requests until one succeeds, or until a retry would be unsafe, pointless or too late.
///
/// A call with an idempotency key is retried. Its outcome is still unknown afterwards: the next call has another key.
pub(crate) async fn run(call: &Context) -> Run {
    let Run { result, attempts } = send_until_final(call).await;
    let has_key = call.operation.idempotency_key.is_some();
    let result = result.map_err(|error| if has_key { classify::outcome_unknown(call, error) } else { error });
    Run { result, attempts }
}

async fn send_until_final(call: &Context) -> Run {
    let method = call.outgoing.method.clone();
    let mut attempt = Attempt { operation: call.operation.id, method, path: call.operation.path, number: 1 };
    let mut last_error = None;
    let mut has_renewed = false;
    loop {
        let permit = match acquire_permit(call).await {
            Ok(permit) => permit,
            // The last attempt's error is more specific than the missed deadline.
            Err(late) => return Run { result: Err(last_error.unwrap_or(late)), attempts: attempt.number - 1 },
        };
        let Sent { result, needs_token } = attempt::send(call, &attempt).await;
        settle_permit(call, permit, result.as_ref().err());
        let wait = if !call.outgoing.can_be_sent_again() {
            None
        } else if needs_token && !has_renewed && attempt.number <= call.retry.max_retries {
            has_renewed = true;
            Some(Duration::ZERO)
        } else {
            result.as_ref().err().and_then(|error| retry_wait(call, &attempt, error))
        };
        let Some(wait) = wait else { return Run { result, attempts: attempt.number } };
        call.span.retry(attempt.number, wait);
        last_error = result.err();
        sleep(wait).await;
        attempt.number += 1;
    }
}

/// Waits for a permit of the rate limit.
async fn acquire_permit(call: &Context) -> Result<Option<Permit>, Error> {
    let Some(limiter) = &call.shared().limiter else { return Ok(None) };
    if let Some(permit) = limiter.try_acquire() {
        return Ok(Some(permit));
    }
    let asked = Instant::now();
    let permit = limiter.acquire(call.deadline).await.map_err(|_| call.late())?;
    call.span.admitted(asked.elapsed());
    Ok(Some(permit))
}

/// Reports the outcome of an attempt to the limiter. Without a response the permit stays active: the request may still
/// arrive.
fn settle_permit(call: &Context, permit: Option<Permit>, error: Option<&Error>) {
    let (Some(permit), Some(limiter)) = (permit, &call.shared().limiter) else { return };
    match error {
        Some(Error::RateLimited { retry_after, .. }) => limiter.rejected(permit, *retry_after),
        None => limiter.completed(permit),
        Some(error) if error.status().is_some() => limiter.completed(permit),
        Some(error) if !error.request_sent() => limiter.cancelled(permit),
        Some(_) => {}
    }
}

/// Returns the wait before the next attempt; `None` if there is no retry, or none before the deadline.
fn retry_wait(call: &Context, attempt: &Attempt, error: &Error) -> Option<Duration> {
    let wait = call.retry.wait(attempt.number, error, fastrand::f64)?;
    let resumed = Instant::now().checked_add(wait)?;
    (!call.deadline.forbids(resumed)).then_some(wait)
}
