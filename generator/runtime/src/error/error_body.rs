//! What a response says about a failure, for those who want more of it than a line for a log.

use std::fmt;

use bytes::Bytes;
use http::StatusCode;
use serde::de::DeserializeOwned;

use crate::error::Error;
use crate::error::decode;

/// The body of a response that says that a call failed. It may hold anything, so `Debug` shows nothing of it.
// Behind a pointer, since every result of a call has room for an error.
#[derive(Clone)]
pub struct ErrorBody(Box<Bytes>);

impl ErrorBody {
    pub(crate) fn new(body: &Bytes) -> Self {
        Self(Box::new(body.clone()))
    }

    /// The body as it arrived, after decompression; of one that is larger than the client takes, the beginning.
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
    /// Reads the body of the response that said that the call failed as this type.
    ///
    /// The documentation of each operation says which type goes with which status. `None` if no such response arrived;
    /// [`Decode`](Self::Decode) if its body is something else, such as the page of a proxy on the way.
    pub fn body<T: DeserializeOwned>(&self) -> Option<Result<T, Self>> {
        let (operation, status, body) = self.error_response()?;
        Some(decode::body(operation, status, body))
    }

    /// The body of the response that said that the call failed, as it arrived.
    ///
    /// Unlike everything else in an error it may hold personal data, so think twice before it goes into a log.
    pub fn raw_body(&self) -> Option<&Bytes> {
        self.error_response().map(|(_, _, body)| body)
    }

    /// The operation that failed, and the response that said so.
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
