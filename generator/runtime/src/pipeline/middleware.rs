//! Hooks of the user's own around each attempt.

use std::pin::Pin;
use std::time::Duration;

use http::{HeaderMap, Method, StatusCode};

use crate::error::{BoxError, Error};

/// Sees every attempt of every call: to add a header, to sign, to record metrics.
pub trait Middleware: Send + Sync + 'static {
    /// May change the request before it leaves, or stop it with an error.
    ///
    /// The API key is added afterwards, so it is not there to be seen; the request must stay with its host. This time
    /// counts towards the deadline of the call, and towards neither the timeout of the attempt nor the rate limit. Each
    /// attempt begins with the request as the call made it.
    fn before<'a>(&'a self, attempt: &'a Attempt, request: &'a mut reqwest::Request) -> Before<'a> {
        let _ = (attempt, request);
        Box::pin(std::future::ready(Ok(())))
    }

    /// Is told what came of an attempt. One that is cancelled, or stopped before it left, ends without it.
    fn after(&self, attempt: &Attempt, outcome: &Outcome<'_>) {
        let _ = (attempt, outcome);
    }
}

/// What [`Middleware::before`] gives.
pub type Before<'a> = Pin<Box<dyn Future<Output = Result<(), BoxError>> + Send + 'a>>;

/// One attempt of a call.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Attempt {
    /// The operation as the API's documentation names it.
    pub operation: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path with names in place of parameters, such as `/things/{id}`.
    pub path: &'static str,
    /// Which attempt of its call it is, from 1.
    pub number: u32,
}

/// What came of an attempt.
#[derive(Debug)]
#[non_exhaustive]
pub struct Outcome<'a> {
    /// The HTTP status of the response, if one arrived.
    pub status: Option<StatusCode>,
    /// The headers of a response that is a success.
    pub headers: Option<&'a HeaderMap>,
    /// Why the attempt failed, if it did. A retry may follow.
    pub error: Option<&'a Error>,
    /// From the first byte sent to the last byte read.
    pub elapsed: Duration,
}
