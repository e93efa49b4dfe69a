//! A request that returns a stream, of an operation that also returns a complete value.

use super::Streaming;
use crate::call::request::Pending;
use crate::call::response::Response;
use crate::client::caller::AsyncCaller;
use crate::error::Error;

/// A request value whose response can also be a stream of events or lines.
pub trait Listen: Streaming {
    /// The stream.
    type Stream: Send + 'static;

    /// The media type of the stream.
    #[doc(hidden)]
    const ACCEPT: &'static str;

    /// Reads the stream from a response.
    #[doc(hidden)]
    fn listen(response: Response, caller: Self::Caller) -> Result<Self::Stream, Error>;
}

/// A request that returns a stream of events or lines.
#[derive(Clone, Debug)]
#[must_use = "`.await` sends the request"]
pub struct Listening<R>(#[doc(hidden)] pub R);

impl<R: Listen> Listening<R> {
    pub(crate) async fn begin(mut self) -> Result<R::Stream, Error> {
        let caller = self.0.caller().clone();
        let options = self.0.options();
        (options.streams, options.accept) = (true, Some(R::ACCEPT));
        R::listen(self.0.begin().await?, caller)
    }
}

impl<R: Listen<Caller: AsyncCaller>> IntoFuture for Listening<R> {
    type Output = Result<R::Stream, Error>;
    type IntoFuture = Pending<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.begin())
    }
}

/// Adds a method that returns a stream to a request value.
#[doc(hidden)]
#[macro_export]
macro_rules! listen_value {
    ($value:ident, $method:ident => $stream:ty, $accept:literal, $read:expr) => {
        impl<C: $crate::Caller> $crate::Listen for $value<C> {
            type Stream = $stream;

            const ACCEPT: &'static str = $accept;

            fn listen(response: $crate::Response, caller: C) -> Result<Self::Stream, $crate::Error> {
                $read(response, caller)
            }
        }

        impl<C> $value<C> {
            /// Requests a stream in place of the complete response. It sets the property `stream` of the body, if the
            /// body has one.
            pub fn $method(self) -> $crate::Listening<Self> {
                $crate::Listening(self)
            }
        }
    };
}
