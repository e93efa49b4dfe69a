//! `generated/meta.rs`: facts about the API.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Api, Auth, Policy};
use crate::provenance::Provenance;

pub(super) fn expand(api: &Api, provenance: &Provenance) -> TokenStream {
    let Api { title, version, .. } = api;
    let Provenance { spec_hash, generator_version, comment, .. } = provenance;
    let policy = expand_policy(&api.policy, comment);
    quote! {
        //! Facts about the API that this crate was generated for.

        use crate::runtime::{FailurePointers, Policy};

        /// The name of the API.
        pub const TITLE: &str = #title;
        /// The version of the API, as its document states it.
        pub const API_VERSION: &str = #version;
        /// The SHA-256 of the document that this crate was generated from, in hexadecimal.
        pub const SPEC_HASH: &str = #spec_hash;
        /// The version of the generator that made this crate.
        pub const GENERATOR_VERSION: &str = #generator_version;
        /// What the client works from.
        pub static POLICY: Policy = #policy;
    }
}

fn expand_policy(policy: &Policy, comment: &str) -> TokenStream {
    let Policy { base_url, api_key_variable, base_url_variable, failure_flag, failure_message, failure_code, .. } =
        policy;
    let rate_limit = policy
        .rate_limit
        .map(|(requests, seconds)| quote!(.with_rate_limit(#requests, ::std::time::Duration::from_secs(#seconds))));
    let auth = expand_auth(&policy.auth);
    let comment = format!(" {comment}");
    quote! {
        Policy::new(
            #base_url,
            #api_key_variable,
            #base_url_variable,
            FailurePointers::at(#failure_flag, #failure_message, #failure_code),
        )
        .with_user_agent(concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"), #comment))
        #auth
        #rate_limit
    }
}

/// A bearer token is what a policy has anyway.
fn expand_auth(auth: &Auth) -> Option<TokenStream> {
    let auth = match auth {
        Auth::Bearer => return None,
        Auth::Basic => quote!(Basic),
        Auth::Header(name) => quote!(Header(#name)),
        Auth::Query(name) => quote!(Query(#name)),
        Auth::Cookie(name) => quote!(Cookie(#name)),
        Auth::None => quote!(None),
    };
    Some(quote!(.with_auth(crate::runtime::Auth::#auth)))
}
