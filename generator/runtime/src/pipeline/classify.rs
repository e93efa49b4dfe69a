//! Classifies a response: success, rate limited, an API error, or an unknown outcome.

use http::header::{CONTENT_TYPE, LOCATION};
use http::{HeaderMap, StatusCode};
use serde_json::Value;

use crate::error::error_body::ErrorBody;
use crate::error::{ApiErrorKind, Error};
use crate::error::{message, redact};
use crate::pipeline::context::Context;
use crate::pipeline::received::Received;
use crate::pipeline::retry_after;

/// Returns an error for any response that is neither a success (2xx) nor a documented redirect.
pub(crate) fn response(call: &Context, received: &Received) -> Result<(), Error> {
    match received.status {
        status if status.is_success() || call.operation.redirects.contains(&status.as_u16()) => Ok(()),
        StatusCode::TOO_MANY_REQUESTS => Err(Error::RateLimited {
            operation: call.operation.id,
            retry_after: retry_after::read(&received.headers),
            message: reason(call, received).message,
            body: ErrorBody::new(received),
        }),
        _ => Err(api_error(call, received)),
    }
}

/// Returns the error for an error response.
pub(crate) fn api_error(call: &Context, received: &Received) -> Error {
    let Reason { message, code } = reason(call, received);
    Error::Api {
        operation: call.operation.id,
        status: received.status,
        kind: received.status.into(),
        code,
        retry_after: retry_after::read(&received.headers),
        message,
        body: ErrorBody::new(received),
    }
}

/// Wraps the error of a request that is not idempotent in [`Error::OutcomeUnknown`], if the server may have acted on it.
pub(crate) fn outcome_unknown(call: &Context, error: Error) -> Error {
    let may_have_acted = match &error {
        Error::Timeout { sent, .. } => *sent,
        Error::Disconnected { .. } | Error::Upload { sent: true, .. } => true,
        Error::Api { status, kind, .. } => *kind == ApiErrorKind::Server || *status == StatusCode::REQUEST_TIMEOUT,
        _ => false,
    };
    if may_have_acted { Error::OutcomeUnknown { operation: call.operation.id, source: Box::new(error) } } else { error }
}

/// The message and code of an error response.
struct Reason {
    message: String,
    code: Option<String>,
}

fn reason(call: &Context, received: &Received) -> Reason {
    let pointers = call.shared().api.errors;
    let body: Option<Value> = serde_json::from_slice(&received.body).ok();
    let string_at = |pointer| body.as_ref().and_then(|body| body.pointer(pointer)).and_then(Value::as_str);
    let scrub = |string: &str| call.shared().authorization.scrub(string);
    let documented = || string_at(pointers.message).map(|message| redact::addresses(&scrub(message)));
    // Remove the key first: the excerpt could cut it in half.
    let other = || body.as_ref().and_then(message::find).map(|message| redact::excerpt(&scrub(&message)));
    Reason {
        message: documented().or_else(other).unwrap_or_else(|| fallback_message(call, received, body.is_some())),
        code: string_at(pointers.code).map(|code| redact::addresses(&scrub(code))),
    }
}

/// Returns a message for an error response whose body has none.
fn fallback_message(call: &Context, received: &Received, is_json: bool) -> String {
    if received.status.is_redirection() {
        let host = received
            .headers
            .get(LOCATION)
            .and_then(|to| url::Url::parse(to.to_str().ok()?).ok()?.host_str().map(str::to_owned));
        return format!(
            "redirected{}; redirects are not followed",
            host.map(|host| format!(" to {}", redact::addresses(&host))).unwrap_or_default()
        );
    }
    if received.body.is_empty() {
        return "an empty body".to_owned();
    }
    // Undocumented properties of a JSON body may be personal data.
    if is_json || !is_text(&received.headers) {
        return "a body without a message".to_owned();
    }
    // Remove the key first: the excerpt could cut it in half.
    redact::excerpt(&call.shared().authorization.scrub(&String::from_utf8_lossy(&received.body)))
}

#[cfg(test)]
mod tests;

fn is_text(headers: &HeaderMap) -> bool {
    let Some(kind) = headers.get(CONTENT_TYPE) else { return true };
    kind.to_str()
        .is_ok_and(|kind| kind.trim_start().starts_with("text/") || kind.contains("json") || kind.contains("xml"))
}
