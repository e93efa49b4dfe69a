//! The one error type of a client.

pub mod decode;
pub mod error_body;
pub mod redact;

use std::fmt;
use std::time::Duration;

use http::StatusCode;

use error_body::ErrorBody;

/// A lower-level cause.
pub type BoxError = Box<dyn std::error::Error + Send + Sync + 'static>;

/// Why a call did not give a value, or a webhook's body no event.
///
/// Neither `Display` nor `Debug` shows the API key, a body, or an e-mail address, so it can be logged as it is. What the
/// API said in the body of a failure is read with [`body`](Self::body).
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The client cannot be built as asked: a missing or unusable key, a bad base URL, a zero limit.
    #[error("the client is not configured: {}", problems.join("; "))]
    #[non_exhaustive]
    Config {
        /// Everything that is wrong, each with what to do about it.
        problems: Vec<String>,
    },
    /// The request breaks a documented rule. Nothing was sent.
    #[error("{operation}: the request was not sent: {}", list(violations))]
    #[non_exhaustive]
    InvalidRequest {
        /// The operation as the API's documentation names it.
        operation: &'static str,
        /// Every rule that is broken.
        violations: Vec<Violation>,
    },
    /// No connection could be made. The server has not seen the request.
    #[error("{operation}: no connection could be made")]
    #[non_exhaustive]
    Connect {
        /// The operation as the API's documentation names it.
        operation: &'static str,
        /// What the transport says.
        source: BoxError,
    },
    /// The connection failed after the request had begun to leave.
    #[error("{operation}: the connection failed before the answer was complete")]
    #[non_exhaustive]
    Disconnected {
        /// The operation as the API's documentation names it.
        operation: &'static str,
        /// What the transport says.
        source: BoxError,
    },
    /// The response was not complete in time.
    #[error("{operation}: {} within {after:?}", if *sent { "no complete answer" } else { "the request could not leave" })]
    #[non_exhaustive]
    Timeout {
        /// The operation as the API's documentation names it.
        operation: &'static str,
        /// The time allowed: for the attempt, or for the whole call if it could not leave.
        after: Duration,
        /// Whether the request may have left. It has not when the rate limit would have kept it past the deadline.
        sent: bool,
    },
    /// The API took the request for one too many (status 429) and did not act on it.
    #[error("{operation}: too many requests{}", wait(retry_after.as_ref()))]
    #[non_exhaustive]
    RateLimited {
        /// The operation as the API's documentation names it.
        operation: &'static str,
        /// How long the API asks to wait, if it does.
        retry_after: Option<Duration>,
        /// The API's text for people, e-mail addresses replaced.
        message: String,
        /// All that the API said; [`body`](Error::body) reads it.
        body: ErrorBody,
    },
    /// The API rejected the request, or failed.
    #[error("{operation}: {status}: {message}{}", code.as_ref().map(|code| format!(" ({code})")).unwrap_or_default())]
    #[non_exhaustive]
    Api {
        /// The operation as the API's documentation names it.
        operation: &'static str,
        /// The HTTP status; 2xx when the body alone says that the call failed.
        status: StatusCode,
        /// What the status means.
        kind: ApiErrorKind,
        /// The API's own name for the failure, if its body carries one.
        code: Option<String>,
        /// How long the API asks to wait, if it does.
        retry_after: Option<Duration>,
        /// The API's text for people, or an excerpt of a page that is not JSON; e-mail addresses replaced.
        message: String,
        /// All that the API said; [`body`](Error::body) reads it.
        body: ErrorBody,
    },
    /// The request may or may not have been acted on, and repeating it could do it twice.
    ///
    /// A call that creates something ends like this when its response is lost: by a timeout, a broken connection, or a
    /// failure of the server after the request had left. The client never repeats it. To find out, list the resource
    /// (the filters narrow it down) and look for what the call would have made; only if it is not there, call again.
    /// Something that tells your own records apart, such as the id of a payment, makes it easy to recognize.
    #[error("{operation}: the server may have acted on the request, or not")]
    #[non_exhaustive]
    OutcomeUnknown {
        /// The operation as the API's documentation names it.
        operation: &'static str,
        /// What happened to the response.
        source: Box<Error>,
    },
    /// The response arrived, but it is not what the documentation promises.
    ///
    /// Where a call gives this, the server has acted on the request. [`body`](Error::body) gives it, too.
    #[error("{operation}: the answer does not fit at `{json_path}`: {reason}")]
    #[non_exhaustive]
    Decode {
        /// The operation as the API's documentation names it.
        operation: &'static str,
        /// The HTTP status of the response.
        status: StatusCode,
        /// Where in the body, such as `data[3].created_at`; `.` is the whole body.
        json_path: String,
        /// What was expected there. Values are not repeated.
        reason: String,
    },
    /// What arrived at a webhook is not an event as documented.
    #[error("{}the event does not fit at `{json_path}`: {reason}", event.as_ref().map(|event| format!("{event}: ")).unwrap_or_default())]
    #[non_exhaustive]
    Event {
        /// The event's name, where the body has a short and plain one.
        event: Option<String>,
        /// Where in the body, such as `data.created_at`; `.` is the whole body.
        json_path: String,
        /// What was expected there. Values are not repeated.
        reason: String,
    },
    /// The response is larger than the client takes. The server has acted on the request.
    #[error("{operation}: the answer is larger than {limit} bytes")]
    #[non_exhaustive]
    ResponseTooLarge {
        /// The operation as the API's documentation names it.
        operation: &'static str,
        /// The HTTP status of the response.
        status: StatusCode,
        /// The limit, in bytes.
        limit: usize,
    },
    /// A [`Middleware`](crate::middleware::Middleware) stopped the attempt before it left.
    #[error("{operation}: a middleware stopped the request")]
    #[non_exhaustive]
    Middleware {
        /// The operation as the API's documentation names it.
        operation: &'static str,
        /// What the middleware says. Its text is its own.
        source: BoxError,
    },
    /// A row of a list has been there before, and the stream was told to report such rows.
    #[error("{operation}: row {row} of page {page} has been there before")]
    #[non_exhaustive]
    DuplicateRow {
        /// The operation as the API's documentation names it.
        operation: &'static str,
        /// The number of the page.
        page: u64,
        /// The place in the page, from 0.
        row: usize,
    },
}

impl Error {
    /// The HTTP status of the response, if one arrived.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Api { status, .. } | Self::Decode { status, .. } | Self::ResponseTooLarge { status, .. } => {
                Some(*status)
            }
            Self::RateLimited { .. } => Some(StatusCode::TOO_MANY_REQUESTS),
            Self::OutcomeUnknown { source, .. } => source.status(),
            Self::Config { .. }
            | Self::InvalidRequest { .. }
            | Self::Connect { .. }
            | Self::Disconnected { .. }
            | Self::Timeout { .. }
            | Self::Middleware { .. }
            | Self::DuplicateRow { .. }
            | Self::Event { .. } => None,
        }
    }

    /// Whether the same call may succeed later and is safe to repeat.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Connect { .. } | Self::Disconnected { .. } | Self::Timeout { .. } | Self::RateLimited { .. } => true,
            Self::Api { status, .. } => matches!(status.as_u16(), 408 | 500 | 502 | 503 | 504),
            _ => false,
        }
    }

    /// How long the API asks to wait before the next call, if it does.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::RateLimited { retry_after, .. } | Self::Api { retry_after, .. } => *retry_after,
            Self::OutcomeUnknown { source, .. } => source.retry_after(),
            _ => None,
        }
    }

    /// Whether the server may have seen the request of the last attempt.
    pub fn request_sent(&self) -> bool {
        match self {
            Self::Config { .. }
            | Self::InvalidRequest { .. }
            | Self::Connect { .. }
            | Self::Middleware { .. }
            | Self::Event { .. } => false,
            Self::Timeout { sent, .. } => *sent,
            _ => true,
        }
    }

    /// No connection could be made, for tests that have no server.
    #[doc(hidden)]
    pub fn connect(operation: &'static str, source: impl Into<BoxError>) -> Self {
        Self::Connect { operation, source: source.into() }
    }

    pub(crate) fn config(problem: impl Into<String>) -> Self {
        Self::Config { problems: vec![problem.into()] }
    }
}

/// What an HTTP status says about a failure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ApiErrorKind {
    /// 400, 422: the API does not accept the request as it is.
    BadRequest,
    /// 401: the key is missing or wrong.
    Unauthorized,
    /// 403: the key may not do this.
    Forbidden,
    /// 404, 410: there is no such object.
    NotFound,
    /// 409, 412: it does not go with what is there already.
    Conflict,
    /// 5xx: the API failed.
    Server,
    /// Any other status.
    Other,
}

impl From<StatusCode> for ApiErrorKind {
    fn from(status: StatusCode) -> Self {
        match status.as_u16() {
            400 | 422 => Self::BadRequest,
            401 => Self::Unauthorized,
            403 => Self::Forbidden,
            404 | 410 => Self::NotFound,
            409 | 412 => Self::Conflict,
            500..=599 => Self::Server,
            _ => Self::Other,
        }
    }
}

/// A documented rule that a request breaks. It names the field, never its value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// The field or parameter, such as `commission_amount` or `items[0].name`.
    pub path: String,
    /// What it must be, such as "must be greater than 0".
    pub rule: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` {}", self.path, self.rule)
    }
}

fn list(violations: &[Violation]) -> String {
    violations.iter().map(Violation::to_string).collect::<Vec<_>>().join("; ")
}

fn wait(retry_after: Option<&Duration>) -> String {
    retry_after.map(|wait| format!(", wait {} s", wait.as_secs())).unwrap_or_default()
}
