//! `lib.rs` of a crate that stands alone.

use proc_macro2::TokenStream;
use quote::quote;

use crate::docs;
use crate::model::Api;

pub(super) fn expand(api: &Api) -> TokenStream {
    let title = format!(" A typed client of {}.", docs::markdown(&api.title));
    let webhooks = api.webhooks.as_ref().map(|_| {
        quote!(
            pub use generated::webhooks;
        )
    });
    let blocking = expand_blocking();
    let middleware = expand_middleware();
    let mock = expand_mock();
    let cli = expand_cli();
    quote! {
        #![doc = #title]
        //!
        //! Every operation is a method of a resource. It returns a request value: setters add what is optional, and awaiting
        //! it sends it. Everything fails with [`Error`]; [`Error::body`] reads what the API says of a failure.

        #[rustfmt::skip]
        mod generated;
        mod runtime;

        #[allow(unused_imports, unreachable_pub)]
        pub use generated::types::*;
        pub use generated::{meta, resources, types};
        #webhooks

        pub use bytes::Bytes;
        pub use http::{HeaderMap, Method, StatusCode};
        pub use jiff::Timestamp;
        pub use runtime::{
            ApiErrorKind, Auth, BoxError, Caller, Client, ClientBuilder, Duplicates, Error, FailureBody,
            FailurePointers, List, Multipart, Nullable, Page, Pages, Pagination, Pending, Policy, Position, RateLimit,
            Reply, Request, Rows, Undocumented, UnknownValue, Violation, WithReply,
        };
        pub use rust_decimal::Decimal;
        pub use uuid::Uuid;

        #blocking
        #middleware
        #mock
        #cli
    }
}

fn expand_blocking() -> TokenStream {
    quote! {
        /// The same calls for programs without an async runtime: a request value is sent with `send`, and waits.
        #[cfg(feature = "blocking")]
        pub mod blocking {
            pub use crate::runtime::blocking::Client;
        }
    }
}

fn expand_cli() -> TokenStream {
    quote! {
        /// The command, as a function.
        #[cfg(feature = "cli")]
        #[doc(hidden)]
        pub mod cli {
            use std::ffi::OsString;
            use std::process::ExitCode;

            use crate::generated::cli::SURFACE;

            /// Does what the arguments say. The first is the name of the program.
            pub fn run<A>(arguments: A) -> ExitCode
            where
                A: IntoIterator<Item: Into<OsString> + Clone>,
            {
                crate::runtime::cli::run(&SURFACE, arguments)
            }
        }
    }
}

fn expand_middleware() -> TokenStream {
    quote! {
        /// Hooks of your own around every attempt of every call: to add a header, to sign, to record metrics.
        pub mod middleware {
            pub use crate::runtime::middleware::{Attempt, Before, Middleware, Outcome};
        }
    }
}

fn expand_mock() -> TokenStream {
    quote! {
        /// A stand-in for the API that runs in your tests.
        #[cfg(feature = "mock")]
        pub mod mock {
            use crate::generated::mock::TABLE;
            pub use crate::runtime::mock::{
                Answer, Calls, Fault, Recorded, RetryAfter, Seed, SeedError, Server, ServerBuilder, UnknownOperation,
            };

            /// Starts a server on a free port of this machine, with the API's own rate limit.
            pub fn start() -> std::io::Result<Server> {
                builder().start()
            }

            /// Begins a server.
            pub fn builder() -> ServerBuilder {
                ServerBuilder::new(&TABLE)
            }

            /// A body as the API sends it to webhooks, for each event by its name; for tests of your endpoint.
            pub const SAMPLE_EVENTS: &[(&str, &str)] = TABLE.events;

            /// The body of one event.
            pub fn sample_event(name: &str) -> Option<&'static str> {
                SAMPLE_EVENTS.iter().find(|(event, _)| *event == name).map(|(_, body)| *body)
            }
        }
    }
}
