//! Emits `generated/meta.rs`: the provenance of the crate.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::Api;
use crate::provenance::Provenance;

pub(super) fn expand(api: &Api, provenance: &Provenance) -> TokenStream {
    let Api { title, version, .. } = api;
    let Provenance { spec_hash, generator_version, .. } = provenance;
    quote! {
        //! Facts about the API that this crate was generated for.

        /// The name of the API.
        pub const TITLE: &str = #title;
        /// The version of the API, as its document states it.
        pub const API_VERSION: &str = #version;
        /// The SHA-256 of the document that this crate was generated from, in hexadecimal.
        pub const SPEC_HASH: &str = #spec_hash;
        /// The version of the generator that made this crate.
        pub const GENERATOR_VERSION: &str = #generator_version;
    }
}
