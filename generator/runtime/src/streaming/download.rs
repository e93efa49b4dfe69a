//! A response body that is read while it arrives.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_util::{Stream, StreamExt};
use http::{HeaderMap, StatusCode};

use super::Streaming;
use super::chunks::Chunks;
use crate::call::request::Pending;
use crate::client::caller::AsyncCaller;
use crate::error::Error;

/// The body of a response, chunk by chunk: a stream, or an iterator and a reader with a blocking client.
///
/// - The client's limit for the size of a response does not apply.
/// - Each chunk must arrive within the timeout of an attempt. The deadline of the call covers the whole body.
/// - An error is the last item. A body that ends early is an error, [`Error::Disconnected`].
pub struct Download<C> {
    #[cfg_attr(not(feature = "blocking"), allow(dead_code, reason = "the caller blocks"))]
    pub(crate) caller: C,
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) length: Option<u64>,
    pub(crate) chunks: Chunks,
    /// The rest of the chunk that a reader has begun.
    #[cfg(feature = "blocking")]
    pub(crate) rest: Bytes,
}

impl<C> Download<C> {
    pub(crate) fn new(
        caller: C,
        (status, headers, length): (StatusCode, HeaderMap, Option<u64>),
        chunks: Chunks,
    ) -> Self {
        Self {
            caller,
            status,
            headers,
            length,
            chunks,
            #[cfg(feature = "blocking")]
            rest: Bytes::new(),
        }
    }

    /// The HTTP status of the response.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The headers of the response.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The number of bytes of the body, if the server sent it and the body is not compressed.
    pub fn content_length(&self) -> Option<u64> {
        self.length
    }

    #[cfg(feature = "blocking")]
    pub(crate) fn poll_chunk(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        self.chunks.as_mut().poll_next(cx)
    }
}

impl<C: AsyncCaller> Download<C> {
    /// Returns the next chunk; `None` after the last.
    pub async fn next(&mut self) -> Option<Result<Bytes, Error>> {
        self.chunks.next().await
    }
}

impl<C: AsyncCaller> Stream for Download<C> {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.chunks.as_mut().poll_next(cx)
    }
}

/// Prints no header: a value may be personal data.
impl<C> fmt::Debug for Download<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download").field("status", &self.status).field("length", &self.length).finish_non_exhaustive()
    }
}

/// A request that returns the body as a [`Download`].
#[derive(Clone, Debug)]
#[must_use = "`.await` sends the request"]
pub struct Downloading<R>(#[doc(hidden)] pub R);

impl<R: Streaming> Downloading<R> {
    pub(crate) async fn begin(mut self) -> Result<Download<R::Caller>, Error> {
        let caller = self.0.caller().clone();
        self.0.options().streams = true;
        self.0.begin().await?.download(caller)
    }
}

impl<R: Streaming<Caller: AsyncCaller>> IntoFuture for Downloading<R> {
    type Output = Result<Download<R::Caller>, Error>;
    type IntoFuture = Pending<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.begin())
    }
}

/// Adds the methods that read a body piece by piece to a request value.
#[doc(hidden)]
#[macro_export]
macro_rules! download_value {
    ($value:ident) => {
        impl<C> $value<C> {
            /// Returns the body piece by piece, so that it may be larger than memory.
            pub fn download(self) -> $crate::Downloading<Self> {
                $crate::Downloading(self)
            }

            /// Writes the body to a file, and returns the number of bytes. The file is replaced when the body is
            /// complete; after an error it is unchanged.
            pub fn save_to(self, path: impl Into<std::path::PathBuf>) -> $crate::Saving<Self> {
                $crate::Saving::new(self, path)
            }
        }
    };
}
