//! `generated/client.rs`: how to make a client, and the way from it to the resources.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::docs;
use crate::model::{Api, Auth, Policy, Resource};

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
    let Policy { api_key_variable: key, base_url_variable: url, auth, .. } = policy;
    let variables = match auth {
        Auth::None => format!(" Makes a client from the environment: `{url}` may name another server."),
        Auth::Basic => format!(
            " Makes a client from the environment: `{key}` is the user name and the password with a colon in between, \
             `{url}` may name another server."
        ),
        _ => format!(" Makes a client from the environment: `{key}` is the API key, `{url}` may name another server."),
    };
    let (with, parameters, arguments, key) = match auth {
        Auth::None => ("", quote!(), quote!(), quote!(String::new())),
        Auth::Basic => (
            " with this user name and password",
            quote!(user: impl Into<String>, password: impl Into<String>),
            quote!(user, password),
            quote!(format!("{}:{}", user.into(), password.into())),
        ),
        _ => (" with this API key", quote!(api_key: impl Into<String>), quote!(api_key), quote!(api_key.into())),
    };
    let (new, builder) =
        (format!(" Makes a client{with} and otherwise default settings."), format!(" Begins a client{with}."));
    quote! {
        #[doc = #variables]
        pub fn from_env() -> Result<Self, Error> {
            ClientBuilder::from_env(&POLICY).build()
        }

        #[doc = #new]
        pub fn new(#parameters) -> Result<Self, Error> {
            Self::builder(#arguments).build()
        }

        #[doc = #builder]
        pub fn builder(#parameters) -> ClientBuilder<Self> {
            ClientBuilder::new(&POLICY, #key.into())
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
