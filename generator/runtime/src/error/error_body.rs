//! The body of an error response, for callers who need more than a message.

use std::fmt;

use bytes::Bytes;
use http::StatusCode;
use serde::de::DeserializeOwned;

use crate::error::Error;
use crate::error::decode;

/// The body of an error response. `Debug` does not print it, because it may contain personal data.
// Boxed, because the size of an error is part of every result.
#[derive(Clone)]
pub struct ErrorBody(Box<Bytes>);

impl ErrorBody {
    pub(crate) fn new(body: &Bytes) -> Self {
        Self(Box::new(body.clone()))
    }

    /// The body after decompression. A body larger than the client accepts is cut at the limit.
    pub fn as_bytes(&self) -> &Bytes {
        &self.0
    }
}

impl fmt::Debug for ErrorBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ErrorBody").finish_non_exhaustive()
    }
}

impl Error {
    /// Decodes the body of the error response as this type.
    ///
    /// The documentation of each operation lists the types by status. Returns `None` if no error response arrived, and
    /// [`Decode`](Self::Decode) if the body has another type, for example because a proxy responded.
    pub fn body<T: DeserializeOwned>(&self) -> Option<Result<T, Self>> {
        let (operation, status, body) = self.error_response()?;
        Some(decode::body(operation, status, body))
    }

    /// The body of the error response, if one arrived.
    ///
    /// It may contain personal data: do not log it without care.
    pub fn raw_body(&self) -> Option<&Bytes> {
        self.error_response().map(|(_, _, body)| body)
    }

    /// Operation, status and body of the error response.
    fn error_response(&self) -> Option<(&'static str, StatusCode, &Bytes)> {
        match self {
            Self::Api { operation, status, body, .. } => Some((operation, *status, body.as_bytes())),
            Self::RateLimited { operation, body, .. } => {
                Some((operation, StatusCode::TOO_MANY_REQUESTS, body.as_bytes()))
            }
            Self::OutcomeUnknown { source, .. } => source.error_response(),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_stays_small() {
        assert!(size_of::<Error>() <= 96, "{} bytes", size_of::<Error>());
    }
}
