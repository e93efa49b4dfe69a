//! Bodies that are sent or received piece by piece, so that memory use does not depend on their size.

pub(crate) mod body;
pub(crate) mod chunks;
mod download;
mod event_lines;
pub(crate) mod events;
mod file;
mod lines;
mod listening;
mod once;
pub(crate) mod progress;
mod read;
mod resumption;
mod saving;
pub(crate) mod upload;

use bytes::Bytes;

use crate::call::request::{Pending, Request};
use crate::call::response::Response;
use crate::error::{BoxError, Error};

pub use download::{Download, Downloading};
pub use events::{Event, Events};
pub use lines::Lines;
pub use listening::{Listen, Listening};
pub use saving::Saving;
pub use upload::Upload;

/// A chunk of a body.
type Chunk = Result<Bytes, BoxError>;

/// A request value whose response can be read piece by piece.
pub trait Streaming: Request {
    /// Sends the request, and returns when the response begins.
    #[doc(hidden)]
    fn begin(self) -> Pending<Result<Response, Error>>;
}

/// Implements [`Streaming`] for a request value with an async method `sent`.
#[doc(hidden)]
#[macro_export]
macro_rules! streaming_value {
    ($value:ident) => {
        impl<C: $crate::Caller> $crate::Streaming for $value<C> {
            fn begin(self) -> $crate::Pending<Result<$crate::Response, $crate::Error>> {
                Box::pin(self.sent())
            }
        }
    };
}
