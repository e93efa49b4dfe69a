//! Emits `generated/mod.rs`: the modules, and the reexports at the root of the crate.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::docs;
use crate::model::{Api, Auth};

pub(super) fn expand(api: &Api) -> TokenStream {
    let title = format!(" The client that `clientsmith` generates for {}.", docs::markdown(&api.title));
    let webhooks = api.webhooks.as_ref().map(|_| {
        quote!(
            pub mod webhooks;
        )
    });
    let reexports = expand_reexports();
    let files = api.has_files.then(|| {
        quote!(
            #[doc(inline)]
            pub use clientsmith_runtime::FilePart;
        )
    });
    let streaming = expand_streaming(api);
    let credentials = matches!(api.policy.auth, Auth::Together(_)).then(|| {
        quote!(
            pub use client::Credentials;
            #[doc(no_inline)]
            pub use clientsmith_runtime::SecretString;
        )
    });
    let command = expand_command();
    let cursors = api.has_cursors().then(|| {
        quote! {
            #[doc(inline)]
            pub use clientsmith_runtime::CursorPosition;
        }
    });
    quote! {
        #![doc = #title]
        #![allow(deprecated)]

        mod api;
        #[cfg(feature = "blocking")]
        pub mod blocking;
        mod client;
        #[cfg(feature = "cli")]
        mod commands;
        pub mod meta;
        #[cfg(feature = "mock")]
        pub mod mock;
        pub mod resources;
        pub mod types;
        #webhooks

        #reexports
        #cursors
        #files
        #streaming
        #credentials
        #command
    }
}

/// Aliases have no documentation page for methods, so rustdoc gets the runtime's types instead. As types of fields
/// and arguments, aliases do not have to name the client.
fn expand_reexports() -> TokenStream {
    quote! {
        pub use client::Client;
        #[allow(unused_imports, unreachable_pub)]
        pub use types::*;

        #[doc(inline)]
        pub use clientsmith_runtime::{
            ApiErrorKind, AsyncCaller, BoxError, Bytes, Caller, Decimal, Duplicates, Error, ErrorBody,
            HeaderMap, List, Method, Multipart, Nullable, Page, Pages, Pagination, Pending, Position, RateLimit, Reply,
            Request, Rows, StatusCode, Timestamp, UnknownValue, Uuid, Violation, WithReply, middleware,
        };
        pub use clientsmith_runtime::{jiff, reqwest};
        #[cfg(feature = "blocking")]
        #[doc(inline)]
        pub use clientsmith_runtime::BlockingCaller;

        #[cfg(doc)]
        #[doc(inline)]
        pub use clientsmith_runtime::{ClientBuilder, Undocumented};
        /// Settings of a client. `build` reports all invalid settings at once.
        #[cfg(not(doc))]
        pub type ClientBuilder<C = Client> = clientsmith_runtime::ClientBuilder<C>;
        /// A request to an undocumented endpoint; `.await` sends it.
        #[cfg(not(doc))]
        pub type Undocumented<C = Client, T = serde_json::Value> = clientsmith_runtime::Undocumented<C, T>;
    }
}

/// Reexports the types of bodies that are sent or received piece by piece.
fn expand_streaming(api: &Api) -> Option<TokenStream> {
    let names: Vec<_> = api.streaming_types().into_iter().map(|name| format_ident!("{name}")).collect();
    (!names.is_empty()).then(|| {
        quote! {
            #[doc(inline)]
            pub use clientsmith_runtime::{#(#names),*};
        }
    })
}

fn expand_command() -> TokenStream {
    quote! {
        /// The command, as a function.
        #[cfg(feature = "cli")]
        #[doc(hidden)]
        pub mod cli {
            /// Runs the command with these arguments; the first is the name of the program.
            pub fn run<A>(arguments: A) -> std::process::ExitCode
            where
                A: IntoIterator<Item: Into<std::ffi::OsString> + Clone>,
            {
                clientsmith_command::run(&super::commands::PROGRAM, arguments)
            }
        }
    }
}
