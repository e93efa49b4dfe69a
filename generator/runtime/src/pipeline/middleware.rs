//! User hooks around each attempt.

use std::pin::Pin;
use std::time::Duration;

use http::{HeaderMap, Method, StatusCode};

use crate::error::{BoxError, Error};

/// Hooks around every attempt of every call: add a header, sign the request, record metrics.
///
/// Both methods have default implementations that do nothing. Add a middleware with
/// [`ClientBuilder::middleware`](crate::ClientBuilder::middleware).
pub trait Middleware: Send + Sync + 'static {
    /// Runs before each attempt. It may change the request, or return an error to stop the call.
    ///
    /// - Each attempt, including retries, starts from the original request of the call.
    /// - The API key is added after all hooks, so a middleware never sees it.
    /// - A middleware must not change the host: the call then fails with [`Error::Middleware`].
    /// - The time spent here counts towards the deadline of the call, but not towards the timeout of the attempt.
    fn before<'a>(&'a self, attempt: &'a Attempt, request: &'a mut reqwest::Request) -> Before<'a> {
        let _ = (attempt, request);
        Box::pin(std::future::ready(Ok(())))
    }

    /// Runs after each attempt. It is not called for attempts that are cancelled or stopped before they are sent.
    fn after(&self, attempt: &Attempt, outcome: &Outcome<'_>) {
        let _ = (attempt, outcome);
    }
}

/// The future that [`Middleware::before`] returns.
pub type Before<'a> = Pin<Box<dyn Future<Output = Result<(), BoxError>> + Send + 'a>>;

/// One attempt of a call.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Attempt {
    /// The operation id, as in the API's documentation.
    pub operation: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path template, such as `/things/{id}`.
    pub path: &'static str,
    /// The number of the attempt within its call, starting at 1.
    pub number: u32,
}

/// The outcome of an attempt.
#[derive(Debug)]
#[non_exhaustive]
pub struct Outcome<'a> {
    /// The HTTP status, if there is a response.
    pub status: Option<StatusCode>,
    /// The response headers, if the attempt succeeded.
    pub headers: Option<&'a HeaderMap>,
    /// The error, if the attempt failed. A retry may follow.
    pub error: Option<&'a Error>,
    /// The time from the first byte sent to the last byte read.
    pub elapsed: Duration,
}
