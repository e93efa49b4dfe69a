//! Emits `generated/meta.rs`: the provenance of the crate.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::Api;
use crate::provenance::Provenance;

pub(super) fn expand(api: &Api, provenance: &Provenance) -> TokenStream {
    let Api { title, version, .. } = api;
    let Provenance { spec_hash, generator_version, .. } = provenance;
    quote! {
        //! The version of the API and of the generator.

        /// The name of the API.
        pub const TITLE: &str = #title;
        /// The version of the API in its document.
        pub const API_VERSION: &str = #version;
        /// The SHA-256 hash of the document, in hexadecimal.
        pub const SPEC_HASH: &str = #spec_hash;
        /// The version of the generator.
        pub const GENERATOR_VERSION: &str = #generator_version;
    }
}
