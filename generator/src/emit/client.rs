//! `generated/client.rs`: how to make a client, and the way from it to the resources.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::docs;
use crate::model::{Api, Policy, Resource};

pub(super) fn expand(api: &Api) -> TokenStream {
    let client = expand_client(api, &quote!(Client));
    let blocking = expand_client(api, &quote!(crate::runtime::blocking::Client));
    quote! {
        //! The clients of this API.

        use super::meta::POLICY;
        use super::resources;
        use crate::runtime::{Client, ClientBuilder, Error};

        #client

        #[cfg(feature = "blocking")]
        #blocking
    }
}

fn expand_client(api: &Api, client: &TokenStream) -> TokenStream {
    let constructors = expand_constructors(&api.policy);
    let resources = api.resources.iter().map(expand_resource);
    quote! {
        impl #client {
            #constructors
            #(#resources)*
        }
    }
}

fn expand_constructors(policy: &Policy) -> TokenStream {
    let variables = format!(
        " Makes a client from the environment: `{}` is the API key, `{}` may name another server.",
        policy.api_key_variable, policy.base_url_variable
    );
    quote! {
        #[doc = #variables]
        pub fn from_env() -> Result<Self, Error> {
            ClientBuilder::from_env(&POLICY).build()
        }

        /// Makes a client with this API key and otherwise default settings.
        pub fn new(api_key: impl Into<String>) -> Result<Self, Error> {
            Self::builder(api_key).build()
        }

        /// Begins a client with this API key.
        pub fn builder(api_key: impl Into<String>) -> ClientBuilder<Self> {
            ClientBuilder::new(&POLICY, api_key.into().into())
        }
    }
}

fn expand_resource(resource: &Resource) -> TokenStream {
    let method = format_ident!("{}", resource.module);
    let value = format_ident!("{}", resource.type_name);
    let docs = docs::lines(resource.docs.as_deref(), || format!("{}.", resource.tag));
    quote! {
        #docs
        pub fn #method(&self) -> resources::#value<'_, Self> {
            resources::#value::new(self)
        }
    }
}
