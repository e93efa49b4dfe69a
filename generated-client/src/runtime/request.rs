//! What every request value can do: take options for its call, and be sent.

use std::pin::Pin;

use super::caller::Caller;
use super::client::Client;
use super::error::Error;
use super::reply::Reply;

/// What awaiting a request value drives.
pub type Pending<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// A request value: the inputs of one call, which is not sent yet.
pub trait Request: Sized + Send + 'static + sealed::Sealed {
    /// What the call gives.
    type Output: Send + 'static;
    /// Who makes it.
    type Caller: Caller;

    #[doc(hidden)]
    fn caller(&self) -> &Self::Caller;

    #[doc(hidden)]
    fn reply(self) -> Pending<Result<Reply<Self::Output>, Error>>;
}

pub(crate) mod sealed {
    pub trait Sealed {}
}

/// A request whose value is wanted together with the answer that it came in.
#[derive(Clone, Debug)]
#[must_use = "a request is sent when it is awaited"]
pub struct WithReply<R>(pub(crate) R);

impl<R: Request<Caller = Client>> IntoFuture for WithReply<R> {
    type Output = Result<Reply<R::Output>, Error>;
    type IntoFuture = Pending<Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        self.0.reply()
    }
}

/// Makes a request value of a struct with `client`, `options` and an async method `call`.
macro_rules! request_value {
    ($value:ident => $output:ty) => {
        $crate::runtime::request::call_options!($value);

        impl<C> $crate::runtime::request::sealed::Sealed for $value<C> {}

        impl<C: $crate::runtime::Caller> $crate::runtime::Request for $value<C> {
            type Output = $output;
            type Caller = C;

            fn caller(&self) -> &C {
                &self.client
            }

            fn reply(
                self,
            ) -> $crate::runtime::request::Pending<Result<$crate::runtime::Reply<$output>, $crate::runtime::Error>>
            {
                Box::pin(self.call())
            }
        }

        impl IntoFuture for $value {
            type Output = Result<$output, $crate::runtime::Error>;
            type IntoFuture = $crate::runtime::request::Pending<Self::Output>;

            fn into_future(self) -> Self::IntoFuture {
                Box::pin(async { self.call().await.map(|reply| reply.value) })
            }
        }

        #[cfg(feature = "blocking")]
        impl $value<$crate::runtime::blocking::Client> {
            /// Sends the request, and waits for the value.
            pub fn send(self) -> Result<$output, $crate::runtime::Error> {
                $crate::runtime::blocking::send(self).map(|reply| reply.value)
            }
        }
    };
}
pub(crate) use request_value;

/// Gives a request value the options of its call.
macro_rules! call_options {
    ($value:ident $(, $more:ident)*) => {
        impl<C $(, $more)*> $value<C $(, $more)*> {
            /// How long one attempt may take, instead of what the client is set to.
            pub fn timeout(mut self, timeout: std::time::Duration) -> Self {
                self.options.timeout = Some(timeout);
                self
            }

            /// How long the call may take in all, with every attempt and wait, instead of what the client is set to.
            ///
            /// A request that the rate limit would keep beyond it ends at once and has not been sent.
            pub fn deadline(mut self, deadline: std::time::Duration) -> Self {
                self.options.deadline = Some(deadline);
                self
            }

            /// How often the call may be repeated where that is safe, instead of what the client is set to.
            pub fn max_retries(mut self, retries: u32) -> Self {
                self.options.max_retries = Some(retries);
                self
            }

            /// Sends a header that the documentation does not know.
            ///
            /// One that HTTP cannot carry, or that the client sets itself, ends the call in
            /// [`Error::InvalidRequest`](crate::Error::InvalidRequest).
            pub fn extra_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
                self.options.header(name, value);
                self
            }

            /// Sends a query parameter that the documentation does not know.
            pub fn extra_query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
                self.options.query(name, value);
                self
            }

            /// Asks for the answer beside the value: status, headers, body, attempts, time.
            pub fn with_response(self) -> $crate::runtime::request::WithReply<Self> {
                $crate::runtime::request::WithReply(self)
            }
        }

        /// Shows no inputs, which may be personal.
        impl<C $(, $more)*> std::fmt::Debug for $value<C $(, $more)*> {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($value)).field("options", &self.options).finish_non_exhaustive()
            }
        }
    };
}
pub(crate) use call_options;
