//! The error type of a client.

pub mod decode;
pub mod error_body;
pub(crate) mod message;
pub mod redact;
mod response;
mod shape;

use std::fmt;
use std::time::Duration;

use http::StatusCode;

use crate::paging::Position;
use error_body::ErrorBody;

/// A boxed error: the lower-level cause of an [`Error`].
pub type BoxError = Box<dyn std::error::Error + Send + Sync + 'static>;

/// An error of a call, or of reading a webhook body.
///
/// `Display` and `Debug` contain no API key, no body and no e-mail address, so an error is safe to log.
/// [`body`](Self::body) decodes the body of an error response.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The client cannot be built: the API key is missing or unusable, the base URL is invalid, or a limit is zero.
    #[error("cannot build the client: {}", problems.join("; "))]
    #[non_exhaustive]
    Config {
        /// All problems with the settings.
        problems: Vec<String>,
    },
    /// The inputs violate documented rules. Nothing was sent.
    #[error("{operation}: the request was not sent: {}", list(violations))]
    #[non_exhaustive]
    InvalidRequest {
        /// The operation id, as in the API's documentation.
        operation: &'static str,
        /// All violations.
        violations: Vec<Violation>,
    },
    /// No connection could be made. The server has not received the request.
    #[error("{operation}: cannot connect")]
    #[non_exhaustive]
    Connect {
        /// The operation id, as in the API's documentation.
        operation: &'static str,
        /// The transport's error.
        source: BoxError,
    },
    /// The connection broke after the client had started to send the request.
    #[error("{operation}: the connection broke before the response was complete")]
    #[non_exhaustive]
    Disconnected {
        /// The operation id, as in the API's documentation.
        operation: &'static str,
        /// The transport's error.
        source: BoxError,
    },
    /// The timeout passed before a complete response, or the deadline passed before the request was sent.
    #[error("{operation}: {} within {after:?}", if *sent { "no complete response" } else { "the request was not sent" })]
    #[non_exhaustive]
    Timeout {
        /// The operation id, as in the API's documentation.
        operation: &'static str,
        /// The timeout of the attempt, or the deadline of the call if the rate limit would have delayed the request
        /// past it.
        after: Duration,
        /// Whether the request may have been sent. `false` if the time ended while the request waited for the rate
        /// limit or for a connection. With a custom HTTP client, a request that waits for a connection counts as
        /// possibly sent.
        sent: bool,
    },
    /// The API rejected the request because of its rate limit (status 429) and did not process it.
    #[error("{operation}: too many requests{}", wait(retry_after.as_ref()))]
    #[non_exhaustive]
    RateLimited {
        /// The operation id, as in the API's documentation.
        operation: &'static str,
        /// How long the API asks to wait, from the `Retry-After` header.
        retry_after: Option<Duration>,
        /// The API's message; e-mail addresses are redacted.
        message: String,
        /// The whole body; [`Error::body`] decodes it.
        body: ErrorBody,
    },
    /// The API responded with an error.
    #[error("{operation}: {status}: {message}{}", code.as_ref().map(|code| format!(" ({code})")).unwrap_or_default())]
    #[non_exhaustive]
    Api {
        /// The operation id, as in the API's documentation.
        operation: &'static str,
        /// The HTTP status; 2xx if only the body reports the error.
        status: StatusCode,
        /// The meaning of the status.
        kind: ApiErrorKind,
        /// The API's error code, if the body has one.
        code: Option<String>,
        /// How long the API asks to wait, from the `Retry-After` header.
        retry_after: Option<Duration>,
        /// The API's message, or an excerpt of a body that is not JSON; e-mail addresses are redacted.
        message: String,
        /// The whole body; [`Error::body`] decodes it.
        body: ErrorBody,
    },
    /// The outcome is unknown: the server may have processed the request, and a retry could process it twice.
    ///
    /// Creates return this error after a timeout, a lost connection or a server error (5xx). The client does not retry
    /// them. To find out, list the resource and look for the object; call again only if it does not exist. A reference
    /// of your own in the object, such as a payment id, makes it easy to recognize.
    #[error("{operation}: the outcome is unknown: the server may have processed the request")]
    #[non_exhaustive]
    OutcomeUnknown {
        /// The operation id, as in the API's documentation.
        operation: &'static str,
        /// The error that hides the outcome.
        source: Box<Error>,
    },
    /// The response does not have the documented type.
    ///
    /// The server has processed the request. [`Error::body`] decodes the body as another type.
    #[error("{operation}: {}the response is not as documented at `{json_path}`: {reason}", row.as_ref().map(|row| format!("{row}: ")).unwrap_or_default())]
    #[non_exhaustive]
    Decode {
        /// The operation id, as in the API's documentation.
        operation: &'static str,
        /// The HTTP status of the response.
        status: StatusCode,
        /// The path in the body, such as `data[3].created_at`; `.` is the whole body.
        json_path: String,
        /// The expected type or value. It never contains values of the body.
        reason: String,
        /// The position of the row with the mismatch, if the response is a page of a list.
        // Boxed, because the size of an error is part of every result.
        row: Option<Box<Position>>,
        /// The whole body; [`Error::body`] decodes it as another type.
        body: ErrorBody,
    },
    /// The body of a webhook is not a documented event.
    #[error("{}the event is not as documented at `{json_path}`: {reason}", event.as_ref().map(|event| format!("{event}: ")).unwrap_or_default())]
    #[non_exhaustive]
    Event {
        /// The event's name, if the body has a short and plain one.
        event: Option<String>,
        /// The path in the body, such as `data.created_at`; `.` is the whole body.
        json_path: String,
        /// The expected type or value. It never contains values of the body.
        reason: String,
    },
    /// The response is larger than the client accepts. The server has processed the request.
    #[error("{operation}: the response is larger than {limit} bytes")]
    #[non_exhaustive]
    ResponseTooLarge {
        /// The operation id, as in the API's documentation.
        operation: &'static str,
        /// The HTTP status of the response.
        status: StatusCode,
        /// The limit, in bytes.
        limit: usize,
        /// The headers of the response; its body was not read.
        body: ErrorBody,
    },
    /// The content to send cannot be read: the file cannot be opened, or the stream has an error or a wrong length. The
    /// server has not received a complete request.
    #[error("{operation}: the content to send cannot be read")]
    #[non_exhaustive]
    Upload {
        /// The operation id, as in the API's documentation.
        operation: &'static str,
        /// The error of the file or stream.
        source: BoxError,
        /// Whether a part of the request may have been sent.
        sent: bool,
    },
    /// The file for the body of the response cannot be written. It is unchanged. The server has processed the request.
    #[error("{operation}: the file cannot be written")]
    #[non_exhaustive]
    Save {
        /// The operation id, as in the API's documentation.
        operation: &'static str,
        /// The error of the file system.
        source: std::io::Error,
    },
    /// A [`Middleware`](crate::middleware::Middleware) stopped the attempt before the request was sent.
    #[error("{operation}: a middleware stopped the request")]
    #[non_exhaustive]
    Middleware {
        /// The operation id, as in the API's documentation.
        operation: &'static str,
        /// The middleware's error.
        source: BoxError,
    },
    /// The client could not fetch a token. The request was not sent.
    #[error("{operation}: {message}")]
    #[non_exhaustive]
    Token {
        /// The operation id, as in the API's documentation.
        operation: &'static str,
        /// The reason, with the error code of the token endpoint if it sent one.
        message: String,
        /// Whether a later attempt may succeed, for example because the token endpoint cannot be reached.
        is_temporary: bool,
        /// The transport's error, if there was no response.
        source: Option<BoxError>,
    },
    /// A list returned a row twice, and [`Duplicates::Report`](crate::Duplicates::Report) is set.
    #[error("{operation}: row {row} of page {page} is a duplicate")]
    #[non_exhaustive]
    DuplicateRow {
        /// The operation id, as in the API's documentation.
        operation: &'static str,
        /// The number of the page, starting at 1.
        page: u64,
        /// The index in the page, starting at 0.
        row: usize,
    },
    /// The list ended early: the server had promised more rows, in its last `has_more` or total count.
    ///
    /// The stream has yielded all rows so far. It can be resumed, and then requests the page again.
    #[error("{operation}: the list ended after {rows} {}: page {page} {}", promised_rows(promised.as_ref()), if *repeated { "repeats an earlier page" } else { "has no rows" })]
    #[non_exhaustive]
    IncompleteList {
        /// The operation id, as in the API's documentation.
        operation: &'static str,
        /// The number of rows so far, including those before the position at which reading began.
        rows: u64,
        /// The number of promised rows; `None` if the server only reported that more exist.
        promised: Option<u64>,
        /// The page that should have contained the next rows.
        page: u64,
        /// Whether that page is equal to an earlier page; otherwise it is empty.
        repeated: bool,
    },
}

impl Error {
    /// The HTTP status of the response, if there is one.
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
            | Self::Upload { .. }
            | Self::Save { .. }
            | Self::Middleware { .. }
            | Self::Token { .. }
            | Self::DuplicateRow { .. }
            | Self::IncompleteList { .. }
            | Self::Event { .. } => None,
        }
    }

    /// Whether a retry of the same call is safe and may succeed.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Connect { .. } | Self::Disconnected { .. } | Self::Timeout { .. } | Self::RateLimited { .. } => true,
            Self::Token { is_temporary, .. } => *is_temporary,
            Self::Api { status, .. } => matches!(status.as_u16(), 408 | 500 | 502 | 503 | 504),
            _ => false,
        }
    }

    /// How long the API asks to wait before the next call, from the `Retry-After` header.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::RateLimited { retry_after, .. } | Self::Api { retry_after, .. } => *retry_after,
            Self::OutcomeUnknown { source, .. } => source.retry_after(),
            _ => None,
        }
    }

    /// Whether the server may have received the last attempt's request.
    pub fn request_sent(&self) -> bool {
        match self {
            Self::Config { .. }
            | Self::InvalidRequest { .. }
            | Self::Connect { .. }
            | Self::Middleware { .. }
            | Self::Token { .. }
            | Self::Event { .. } => false,
            Self::Timeout { sent, .. } | Self::Upload { sent, .. } => *sent,
            _ => true,
        }
    }

    /// Returns an [`Error::Connect`], for tests without a server.
    #[doc(hidden)]
    pub fn connect(operation: &'static str, source: impl Into<BoxError>) -> Self {
        Self::Connect { operation, source: source.into() }
    }

    pub(crate) fn invalid(operation: &'static str, path: &str, rule: &str) -> Self {
        Self::InvalidRequest { operation, violations: vec![Violation { path: path.to_owned(), rule: rule.to_owned() }] }
    }

    pub(crate) fn config(problem: impl Into<String>) -> Self {
        Self::Config { problems: vec![problem.into()] }
    }
}

/// The kind of an error response, by its HTTP status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ApiErrorKind {
    /// 400, 422: the request is invalid.
    BadRequest,
    /// 401: the API key is missing or wrong.
    Unauthorized,
    /// 403: the API key does not permit this call.
    Forbidden,
    /// 404, 410: the object does not exist.
    NotFound,
    /// 409, 412: the request conflicts with the state of the object.
    Conflict,
    /// 5xx: the API failed to process the request.
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

/// A documented rule that a request violates. It names the field, never its value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// The field or parameter, such as `amount` or `items[0].name`.
    pub path: String,
    /// The rule, such as `must be greater than 0`.
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

fn promised_rows(promised: Option<&u64>) -> String {
    promised.map_or_else(|| "rows, although the API promised more".to_owned(), |promised| format!("of {promised} rows"))
}

fn wait(retry_after: Option<&Duration>) -> String {
    retry_after.map(|wait| format!(", wait {} s", wait.as_secs())).unwrap_or_default()
}
