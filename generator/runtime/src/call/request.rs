//! What every request value can do: take options for its call, and be sent.

use std::pin::Pin;

use super::reply::Reply;
use crate::client::caller::{AsyncCaller, Caller};
use crate::error::Error;

/// What awaiting a request value drives.
pub type Pending<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// A request value: the inputs of one call, which has not been sent.
pub trait Request: Sized + Send + 'static {
    /// The value of the response.
    type Output: Send + 'static;
    /// Who makes the call.
    type Caller: Caller;

    #[doc(hidden)]
    fn caller(&self) -> &Self::Caller;

    #[doc(hidden)]
    fn reply(self) -> Pending<Result<Reply<Self::Output>, Error>>;
}

/// A request that yields the value together with the response around it.
#[derive(Clone, Debug)]
#[must_use = "a request is sent when it is awaited"]
pub struct WithReply<R>(#[doc(hidden)] pub R);

impl<R: Request<Caller: AsyncCaller>> IntoFuture for WithReply<R> {
    type Output = Result<Reply<R::Output>, Error>;
    type IntoFuture = Pending<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        self.0.reply()
    }
}

/// Makes a request value of a struct with `client`, `options` and an async method `call`.
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

/// Gives a request value the options of its call.
#[doc(hidden)]
#[macro_export]
macro_rules! call_options {
    ($value:ident $(, $more:ident)*) => {
        impl<C $(, $more)*> $value<C $(, $more)*> {
            /// How long one attempt may take, in place of the client's setting.
            pub fn timeout(mut self, timeout: std::time::Duration) -> Self {
                self.options.timeout = Some(timeout);
                self
            }

            /// How long the call may take in all, with every attempt and wait, in place of the client's setting.
            ///
            /// A request that the rate limit would delay beyond it fails at once and has not been sent.
            pub fn deadline(mut self, deadline: std::time::Duration) -> Self {
                self.options.deadline = Some(deadline);
                self
            }

            /// How often the call may be retried where that is safe, in place of the client's setting.
            pub fn max_retries(mut self, retries: u32) -> Self {
                self.options.max_retries = Some(retries);
                self
            }

            /// Sends an undocumented header.
            ///
            /// A header that HTTP cannot carry, or that the client sets itself, ends the call in
            /// [`Error::InvalidRequest`]($crate::Error::InvalidRequest).
            pub fn extra_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
                self.options.header(name, value);
                self
            }

            /// Sends an undocumented query parameter.
            pub fn extra_query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
                self.options.query(name, value);
                self
            }

            /// Yields the value with the response around it: status, headers, body, attempts, time.
            pub fn with_response(self) -> $crate::WithReply<Self> {
                $crate::WithReply(self)
            }
        }

        /// Prints no inputs, which may be personal.
        impl<C $(, $more)*> std::fmt::Debug for $value<C $(, $more)*> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($value)).field("options", &self.options).finish_non_exhaustive()
            }
        }
    };
}

/// Sends a request value, and waits; nothing without the feature.
#[doc(hidden)]
#[macro_export]
#[cfg(feature = "blocking")]
macro_rules! __blocking_send {
    ($value:ident => $output:ty) => {
        impl<C: $crate::BlockingCaller> $value<C> {
            /// Sends the request, and blocks until the value is there.
            pub fn send(self) -> Result<$output, $crate::Error> {
                $crate::blocking::send(self).map(|reply| reply.value)
            }
        }
    };
}

/// Sends a request value, and waits; nothing without the feature.
#[doc(hidden)]
#[macro_export]
#[cfg(not(feature = "blocking"))]
macro_rules! __blocking_send {
    ($value:ident => $output:ty) => {};
}
