//! The two kinds of clients, async and blocking, with the same request types.

use super::Client;
use crate::error::Error;

/// A client of a generated crate: an [`AsyncCaller`] or, with the feature `blocking`, a `BlockingCaller`.
pub trait Caller: Clone + Send + Sync + Unpin + 'static {
    /// The wrapped client.
    #[doc(hidden)]
    fn client(&self) -> &Client;

    /// Wraps a client.
    #[doc(hidden)]
    fn around(client: Client) -> Result<Self, Error>;
}

/// A client whose calls are awaited.
pub trait AsyncCaller: Caller {}

/// A client whose calls block until the response arrives.
#[cfg(feature = "blocking")]
pub trait BlockingCaller: Caller {
    /// Blocks until a future completes.
    #[doc(hidden)]
    fn wait<F: Future>(&self, future: F) -> F::Output;
}

impl Caller for Client {
    fn client(&self) -> &Client {
        self
    }

    fn around(client: Client) -> Result<Self, Error> {
        Ok(client)
    }
}

impl AsyncCaller for Client {}

/// Defines the async client of a generated crate.
#[doc(hidden)]
#[macro_export]
macro_rules! client {
    ($name:ident) => {
        /// A client of the API. Clones are cheap; they share connections and the rate limit.
        #[derive(Clone)]
        pub struct $name($crate::Client);

        impl $crate::Caller for $name {
            fn client(&self) -> &$crate::Client {
                &self.0
            }

            fn around(client: $crate::Client) -> Result<Self, $crate::Error> {
                Ok(Self(client))
            }
        }

        impl $crate::AsyncCaller for $name {}

        #[doc(hidden)]
        impl From<$crate::Client> for $name {
            fn from(client: $crate::Client) -> Self {
                Self(client)
            }
        }

        $crate::__client_methods!($name);
    };
}

/// Defines the blocking client of a generated crate. Its feature `blocking` enables the feature of this crate.
#[doc(hidden)]
#[macro_export]
#[cfg(feature = "blocking")]
macro_rules! blocking_client {
    ($name:ident) => {
        /// A client whose calls block. Clones are cheap; they share connections, the rate limit and one thread.
        ///
        /// Use it in programs without an async runtime. Within an async runtime, make calls where blocking is allowed,
        /// such as in `spawn_blocking`. Elsewhere calls work, but block all tasks of the thread.
        #[derive(Clone)]
        pub struct $name($crate::blocking::Client);

        impl $crate::Caller for $name {
            fn client(&self) -> &$crate::Client {
                self.0.client()
            }

            fn around(client: $crate::Client) -> Result<Self, $crate::Error> {
                $crate::Caller::around(client).map(Self)
            }
        }

        impl $crate::BlockingCaller for $name {
            fn wait<F: Future>(&self, future: F) -> F::Output {
                self.0.wait(future)
            }
        }

        $crate::__client_methods!($name);
    };
}

/// Defines the methods that both clients share.
#[doc(hidden)]
#[macro_export]
macro_rules! __client_methods {
    ($name:ident) => {
        impl $name {
            /// The base URL of calls, without a trailing slash.
            pub fn base_url(&self) -> &str {
                $crate::Caller::client(self).base_url()
            }

            /// Calls an undocumented endpoint through the same pipeline: API key, rate limit, retries of idempotent
            /// methods, errors.
            ///
            /// The path begins with `/` and is relative to the base URL. The returned value is the whole body, as JSON
            /// unless [`decode`]($crate::Undocumented::decode) names a type.
            pub fn request(&self, method: $crate::Method, path: impl Into<String>) -> $crate::Undocumented<Self> {
                $crate::Undocumented::new(self.clone(), method, path.into())
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                std::fmt::Debug::fmt($crate::Caller::client(self), f)
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ClientBuilder;
    use crate::example::API;

    /// The macro calls of a generated crate.
    #[allow(unreachable_pub, reason = "the macro makes public types and methods")]
    mod generated {
        crate::client!(Client);

        #[cfg(feature = "blocking")]
        pub mod blocking {
            crate::blocking_client!(Client);
        }
    }

    fn built<C: Caller>() -> C {
        ClientBuilder::<C>::new(&API, "key_1".into()).build().unwrap()
    }

    #[tokio::test]
    async fn a_generated_client_wraps_the_client() {
        let client: generated::Client = built();
        assert_eq!(client.base_url(), API.base_url);
        assert_eq!(format!("{client:?}"), format!("{:?}", client.client()));
        assert_eq!(generated::Client::from(client.client().clone()).base_url(), API.base_url);
        // A path outside the base URL is an error, and nothing is sent.
        let error = client.request(http::Method::GET, "things").await.unwrap_err();
        assert!(matches!(error, Error::InvalidRequest { .. }), "{error}");
    }

    #[cfg(feature = "blocking")]
    #[test]
    fn a_blocking_client_waits_for_futures_of_its_own_runtime() {
        let client: generated::blocking::Client = built();
        assert_eq!(client.base_url(), API.base_url);
        let clone = client.clone();
        drop(client);
        let waited = clone.wait(async {
            tokio::time::sleep(std::time::Duration::from_millis(1)).await;
            7
        });
        assert_eq!(waited, 7);
        let error = clone.request(http::Method::GET, "things").send().unwrap_err();
        assert!(matches!(error, Error::InvalidRequest { .. }), "{error}");
    }
}
