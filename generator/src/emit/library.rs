//! Emits `lib.rs` of a standalone crate.

use proc_macro2::TokenStream;
use quote::quote;

use crate::docs;
use crate::model::Api;

pub(super) fn expand(api: &Api) -> TokenStream {
    let docs = expand_docs(api);
    quote! {
        #docs

        #[rustfmt::skip]
        mod generated;

        pub use generated::*;
    }
}

/// The README documents a crate with a name.
fn expand_docs(api: &Api) -> TokenStream {
    if api.crate_name.is_some() {
        return quote!(#![doc = include_str!("../README.md")]);
    }
    let title = format!(" A typed client of {}.", docs::markdown(&api.title));
    quote!(#![doc = #title])
}
