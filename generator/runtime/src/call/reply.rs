//! A value together with its response.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::header::LOCATION;
use http::{HeaderMap, StatusCode};

use crate::request_id;

/// The value of a call with details of the response; `with_response` on any request returns it.
#[derive(Clone)]
#[non_exhaustive]
pub struct Reply<T> {
    /// The value.
    pub value: T,
    /// The HTTP status of the response.
    pub status: StatusCode,
    /// The headers of the response.
    pub headers: HeaderMap,
    /// The body of the response, after decompression.
    pub body: Bytes,
    /// The number of attempts, including the first.
    pub attempts: u32,
    /// The time of the call, including all attempts and waits.
    pub elapsed: Duration,
}

impl<T> Reply<T> {
    /// Returns a reply with status 200, for tests without a server.
    #[doc(hidden)]
    pub fn of(value: T, body: impl Into<Bytes>) -> Self {
        let (status, headers, body) = (StatusCode::OK, HeaderMap::new(), body.into());
        Self { value, status, headers, body, attempts: 1, elapsed: Duration::ZERO }
    }

    /// The request id assigned by the server; [`Error::request_id`](crate::Error::request_id) lists the headers.
    pub fn request_id(&self) -> Option<&str> {
        request_id::find(&self.headers)
    }

    /// The `Location` header: the target of a redirect, or the URL of a created object. It may be relative to the URL
    /// of the request.
    pub fn location(&self) -> Option<&str> {
        self.headers.get(LOCATION)?.to_str().ok()
    }

    #[doc(hidden)]
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Reply<U> {
        let Self { value, status, headers, body, attempts, elapsed } = self;
        Reply { value: change(value), status, headers, body, attempts, elapsed }
    }
}

/// Prints the value, but neither headers nor body.
impl<T: fmt::Debug> fmt::Debug for Reply<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply")
            .field("value", &self.value)
            .field("status", &self.status)
            .field("attempts", &self.attempts)
            .field("elapsed", &self.elapsed)
            .finish_non_exhaustive()
    }
}
