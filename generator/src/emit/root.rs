//! `generated/mod.rs`: the modules.

use proc_macro2::TokenStream;
use quote::quote;

use crate::heading::Program;
use crate::model::Api;

pub(super) fn expand(api: &Api, program: Program) -> TokenStream {
    let title = format!(" What `{} generate` makes of the document of {}.", program.name(), api.title);
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
