//! What a response means: a success, a rejection, a failure, or nobody knows.

use http::header::{CONTENT_TYPE, LOCATION};
use http::{HeaderMap, StatusCode};
use serde_json::Value;

use crate::error::error_body::ErrorBody;
use crate::error::redact;
use crate::error::{ApiErrorKind, Error};
use crate::pipeline::context::Context;
use crate::pipeline::received::Received;
use crate::pipeline::retry_after;

/// Passes any 2xx on and makes an error of the rest.
pub(crate) fn of(call: &Context, reply: Received) -> Result<Received, Error> {
    match reply.status {
        status if status.is_success() => Ok(reply),
        StatusCode::TOO_MANY_REQUESTS => Err(Error::RateLimited {
            operation: call.operation.id,
            retry_after: retry_after::read(&reply.headers),
            message: reason(call, &reply).message,
            body: ErrorBody::new(&reply.body),
        }),
        _ => Err(error_response(call, &reply)),
    }
}

/// The error that a reply's body describes.
pub(crate) fn error_response(call: &Context, reply: &Received) -> Error {
    let Reason { message, code } = reason(call, reply);
    Error::Api {
        operation: call.operation.id,
        status: reply.status,
        kind: reply.status.into(),
        code,
        retry_after: retry_after::read(&reply.headers),
        message,
        body: ErrorBody::new(&reply.body),
    }
}

/// The error for a request that must not be repeated unless the server certainly has not acted on it.
pub(crate) fn uncertain(call: &Context, error: Error) -> Error {
    let may_have_acted = match &error {
        Error::Timeout { sent, .. } => *sent,
        Error::Disconnected { .. } => true,
        Error::Api { status, kind, .. } => *kind == ApiErrorKind::Server || *status == StatusCode::REQUEST_TIMEOUT,
        _ => false,
    };
    if may_have_acted { Error::OutcomeUnknown { operation: call.operation.id, source: Box::new(error) } } else { error }
}

struct Reason {
    message: String,
    code: Option<String>,
}

fn reason(call: &Context, reply: &Received) -> Reason {
    let shape = call.shared().api.errors;
    let body: Option<Value> = serde_json::from_slice(&reply.body).ok();
    let text = |pointer| body.as_ref().and_then(|body| body.pointer(pointer)).and_then(Value::as_str);
    let clean = |text: &str| redact::addresses(&call.shared().key.scrub(text));
    Reason {
        message: text(shape.message).map_or_else(|| without_message(call, reply, body.is_some()), clean),
        code: text(shape.code).map(clean),
    }
}

/// What to say about a failure whose body has no message.
fn without_message(call: &Context, reply: &Received, is_json: bool) -> String {
    if reply.status.is_redirection() {
        let host = reply
            .headers
            .get(LOCATION)
            .and_then(|to| url::Url::parse(to.to_str().ok()?).ok()?.host_str().map(str::to_owned));
        return format!(
            "redirected{}, which is not followed",
            host.map(|host| format!(" to {}", redact::addresses(&host))).unwrap_or_default()
        );
    }
    if reply.body.is_empty() {
        return "an empty body".to_owned();
    }
    // Fields of a JSON body nobody documented may be personal.
    if is_json || !is_text(&reply.headers) {
        return "a body without a message".to_owned();
    }
    // The key goes first: a cut could leave half of it.
    redact::excerpt(&call.shared().key.scrub(&String::from_utf8_lossy(&reply.body)))
}

fn is_text(headers: &HeaderMap) -> bool {
    let Some(kind) = headers.get(CONTENT_TYPE) else { return true };
    kind.to_str()
        .is_ok_and(|kind| kind.trim_start().starts_with("text/") || kind.contains("json") || kind.contains("xml"))
}
