//! The body of a response that became an error.

use std::fmt;

use bytes::Bytes;

use crate::pipeline::received::Received;

/// The body of a response that became an error, with its headers. `Debug` prints neither, because they may contain personal
/// data.
// Boxed, because the size of an error is part of every result.
#[derive(Clone)]
pub struct ErrorBody(pub(super) Box<Received>);

impl ErrorBody {
    pub(crate) fn new(received: &Received) -> Self {
        Self(Box::new(received.clone()))
    }

    /// The body after decompression. A body larger than the client accepts is cut at the limit.
    pub fn as_bytes(&self) -> &Bytes {
        &self.0.body
    }
}

impl fmt::Debug for ErrorBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ErrorBody").finish_non_exhaustive()
    }
}
