//! A value together with the response that it came in.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

/// What a call gives when it is asked for more than the value.
#[derive(Clone)]
#[non_exhaustive]
pub struct Reply<T> {
    /// The value.
    pub value: T,
    /// The HTTP status of the response.
    pub status: StatusCode,
    /// The headers of the response.
    pub headers: HeaderMap,
    /// The body as it arrived, after decompression.
    pub body: Bytes,
    /// How many attempts the call took.
    pub attempts: u32,
    /// How long the call took, with all attempts and waits.
    pub elapsed: Duration,
}

impl<T> Reply<T> {
    /// A value with a response around it that took one attempt and no time.
    #[doc(hidden)]
    pub fn of(value: T, body: impl Into<Bytes>) -> Self {
        let (status, headers, body) = (StatusCode::OK, HeaderMap::new(), body.into());
        Self { value, status, headers, body, attempts: 1, elapsed: Duration::ZERO }
    }

    #[doc(hidden)]
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Reply<U> {
        let Self { value, status, headers, body, attempts, elapsed } = self;
        Reply { value: change(value), status, headers, body, attempts, elapsed }
    }
}

/// Shows the value, and neither headers nor body.
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
