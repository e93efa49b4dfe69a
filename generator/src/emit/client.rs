//! Emits `generated/client.rs` and `generated/blocking.rs`: the constructors of a client and the methods that return
//! resources.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::docs;
use crate::model::{Api, Auth, Policy, Resource};

pub(super) fn expand(api: &Api) -> TokenStream {
    let methods = expand_methods(api);
    quote! {
        //! The client of this API.

        use clientsmith_runtime as rt;
        use rt::{ClientBuilder, Error};

        use super::api::API;
        use super::resources;

        rt::client!(Client);

        #methods
    }
}

pub(super) fn expand_blocking(api: &Api) -> TokenStream {
    let methods = expand_methods(api);
    quote! {
        //! A client for programs without an async runtime: `send` sends a request and blocks.
        //!
        //! Settings, setters, types and errors are the same as in the async client.

        use clientsmith_runtime as rt;
        use rt::{ClientBuilder, Error};

        use super::api::API;
        use super::resources;

        rt::blocking_client!(Client);

        #methods
    }
}

fn expand_methods(api: &Api) -> TokenStream {
    let constructors = expand_constructors(&api.policy);
    let resources = api.resources.iter().map(expand_resource);
    quote! {
        impl Client {
            #constructors
            #(#resources)*
        }
    }
}

fn expand_constructors(policy: &Policy) -> TokenStream {
    let Policy { api_key_variable: key, base_url_variable: url, auth, .. } = policy;
    let variables = match auth {
        Auth::None => format!(" Creates a client. The environment variable `{url}` may name another server."),
        Auth::Basic => format!(
            " Creates a client with the user name and password of the environment variable `{key}`, separated by a \
             colon. `{url}` may name another server."
        ),
        Auth::Together(parts) => {
            let keys: Vec<_> = parts.iter().map(|part| format!("`{}`", part.variable)).collect();
            let keys = keys.join(", ");
            format!(
                " Creates a client with the API keys of the environment variables {keys}. `{url}` may name another server."
            )
        }
        _ => format!(
            " Creates a client with the API key of the environment variable `{key}`. `{url}` may name another server."
        ),
    };
    let (with, uses, parameters, arguments, start) = match auth {
        Auth::None => ("", "", quote!(), quote!(), quote!(new(&API, String::new().into()))),
        Auth::Basic => (
            "this user name and password and ",
            " that uses this user name and password",
            quote!(user: impl Into<String>, password: impl Into<String>),
            quote!(user, password),
            quote!(with_password(&API, user, password)),
        ),
        Auth::Together(parts) => {
            let names: Vec<_> = parts.iter().map(|part| format_ident!("{}", part.argument)).collect();
            (
                "these API keys and ",
                " that uses these API keys",
                quote!(#(#names: impl Into<String>),*),
                quote!(#(#names),*),
                quote!(new(&API, [#(Into::<String>::into(#names)),*].join("\n").into())),
            )
        }
        _ => (
            "this API key and ",
            " that uses this API key",
            quote!(api_key: impl Into<String>),
            quote!(api_key),
            quote!(new(&API, api_key.into().into())),
        ),
    };
    let new = format!(" Creates a client with {with}default settings.");
    let builder = format!(" Returns a builder{uses}.");
    quote! {
        #[doc = #variables]
        pub fn from_env() -> Result<Self, Error> {
            ClientBuilder::from_env(&API).build()
        }

        #[doc = #new]
        pub fn new(#parameters) -> Result<Self, Error> {
            Self::builder(#arguments).build()
        }

        #[doc = #builder]
        pub fn builder(#parameters) -> ClientBuilder<Self> {
            ClientBuilder::#start
        }
    }
}

fn expand_resource(resource: &Resource) -> TokenStream {
    let method = format_ident!("{}", resource.module);
    let value = format_ident!("{}", resource.type_name);
    let docs = docs::lines(resource.docs.as_deref(), || format!("{}.", docs::markdown(&resource.tag)));
    quote! {
        #docs
        pub fn #method(&self) -> resources::#value<'_, Self> {
            resources::#value::new(self)
        }
    }
}
