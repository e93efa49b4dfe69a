//! Common parts of all request values: call options, and sending.

use std::pin::Pin;

use super::options::CallOptions;
use super::reply::Reply;
use crate::client::caller::{AsyncCaller, Caller};
use crate::error::Error;

/// The future of a request.
pub type Pending<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// A request value: the inputs of one call that has not been sent yet.
pub trait Request: Sized + Send + 'static {
    /// The type of the value that the call returns.
    type Output: Send + 'static;
    /// The client that makes the call.
    type Caller: Caller;

    #[doc(hidden)]
    fn caller(&self) -> &Self::Caller;

    #[doc(hidden)]
    fn options(&mut self) -> &mut CallOptions;

    #[doc(hidden)]
    fn reply(self) -> Pending<Result<Reply<Self::Output>, Error>>;
}

/// A request that returns a [`Reply`]: the value with details of the response.
#[derive(Clone, Debug)]
#[must_use = "`.await` sends the request"]
pub struct WithReply<R>(#[doc(hidden)] pub R);

impl<R: Request<Caller: AsyncCaller>> IntoFuture for WithReply<R> {
    type Output = Result<Reply<R::Output>, Error>;
    type IntoFuture = Pending<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        self.0.reply()
    }
}

/// Implements [`Request`] for a struct with the fields `client` and `options` and an async method `call`.
#[doc(hidden)]
#[macro_export]
macro_rules! request_value {
    ($value:ident => $output:ty) => {
        $crate::call_options!($value);

        impl<C: $crate::Caller> $crate::Request for $value<C> {
            type Output = $output;
            type Caller = C;

            fn caller(&self) -> &C {
                &self.client
            }

            fn options(&mut self) -> &mut $crate::CallOptions {
                &mut self.options
            }

            fn reply(self) -> $crate::Pending<Result<$crate::Reply<$output>, $crate::Error>> {
                Box::pin(self.call())
            }
        }

        impl<C: $crate::AsyncCaller> IntoFuture for $value<C> {
            type Output = Result<$output, $crate::Error>;
            type IntoFuture = $crate::Pending<Self::Output>;

            fn into_future(self) -> Self::IntoFuture {
                Box::pin(async { self.call().await.map(|reply| reply.value) })
            }
        }

        $crate::__blocking_send!($value => $output);
    };
}

/// Adds the setters of call options to a request value.
#[doc(hidden)]
#[macro_export]
macro_rules! call_options {
    ($value:ident $(, $more:ident)*) => {
        impl<C $(, $more)*> $value<C $(, $more)*> {
            /// Sets the timeout of one attempt, overriding the client's.
            pub fn timeout(mut self, timeout: std::time::Duration) -> Self {
                self.options.timeout = Some(timeout);
                self
            }

            /// Sets the deadline of the whole call with all attempts and waits, overriding the client's.
            ///
            /// If the rate limit would delay a request past the deadline, the call fails at once and sends nothing.
            pub fn deadline(mut self, deadline: std::time::Duration) -> Self {
                self.options.deadline = Some(deadline);
                self
            }

            /// Sets the maximum number of retries, overriding the client's.
            pub fn max_retries(mut self, retries: u32) -> Self {
                self.options.max_retries = Some(retries);
                self
            }

            /// Adds an undocumented header.
            ///
            /// The call fails with [`Error::InvalidRequest`]($crate::Error::InvalidRequest) if the header is invalid,
            /// or if the client sets it.
            pub fn extra_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
                self.options.header(name, value);
                self
            }

            /// Adds an undocumented query parameter.
            pub fn extra_query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
                self.options.query(name, value);
                self
            }

            /// Returns the value together with status, headers, body, number of attempts and elapsed time.
            pub fn with_response(self) -> $crate::WithReply<Self> {
                $crate::WithReply(self)
            }
        }

        /// Prints no inputs: they may be personal data.
        impl<C $(, $more)*> std::fmt::Debug for $value<C $(, $more)*> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($value)).field("options", &self.options).finish_non_exhaustive()
            }
        }
    };
}

/// Adds the blocking `send` to a request value; a no-op without the feature.
#[doc(hidden)]
#[macro_export]
#[cfg(feature = "blocking")]
macro_rules! __blocking_send {
    ($value:ident => $output:ty) => {
        impl<C: $crate::BlockingCaller> $value<C> {
            /// Sends the request and blocks until the response arrives.
            pub fn send(self) -> Result<$output, $crate::Error> {
                $crate::blocking::send(self).map(|reply| reply.value)
            }
        }
    };
}

/// Adds the blocking `send` to a request value; a no-op without the feature.
#[doc(hidden)]
#[macro_export]
#[cfg(not(feature = "blocking"))]
macro_rules! __blocking_send {
    ($value:ident => $output:ty) => {};
}
