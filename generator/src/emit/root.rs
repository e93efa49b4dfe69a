//! `generated/mod.rs`: the modules.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::Api;

pub(super) fn expand(api: &Api) -> TokenStream {
    let title = format!(" What `cargo xtask generate` makes of the document of {}.", api.title);
    let webhooks = api.webhooks.as_ref().map(|_| {
        quote!(
            pub mod webhooks;
        )
    });
    quote! {
        #![doc = #title]
        #![allow(deprecated)]

        #[cfg(feature = "cli")]
        pub(crate) mod cli;
        mod client;
        pub mod meta;
        #[cfg(feature = "mock")]
        pub(crate) mod mock;
        pub(crate) mod raw;
        pub mod resources;
        pub mod types;
        #webhooks
    }
}
