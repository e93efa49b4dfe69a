//! The body of an error response.

use std::fmt;

use bytes::Bytes;

use crate::pipeline::received::Received;

/// The body and headers of an error response. `Debug` prints neither, because they may contain personal data.
// Boxed, because the size of an error is part of every result.
#[derive(Clone)]
pub struct ErrorBody(pub(super) Box<Received>);

impl ErrorBody {
    pub(crate) fn new(received: &Received) -> Self {
        Self(Box::new(received.clone()))
    }

    /// The body after decompression. A body above the client's size limit is cut off at the limit.
    pub fn as_bytes(&self) -> &Bytes {
        &self.0.body
    }
}

impl fmt::Debug for ErrorBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ErrorBody").finish_non_exhaustive()
    }
}
