//! Emits `generated/client.rs` and `generated/blocking.rs`: the constructors of a client and the methods that return
//! resources.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::gate;
use crate::docs;
use crate::model::{Api, Auth, Credential, Policy, Resource, TokenEndpoint};

pub(super) fn expand(api: &Api) -> TokenStream {
    let methods = expand_methods(api);
    let unused = unused(api);
    let credentials = match &api.policy.auth {
        Auth::Together(parts) => expand_credentials(parts),
        _ => TokenStream::new(),
    };
    quote! {
        //! The client of this API.

        use clientsmith_runtime as rt;
        use rt::{ClientBuilder, Error};

        use super::api::API;
        #unused
        use super::resources;

        rt::client!(Client);

        #credentials

        #methods
    }
}

pub(super) fn expand_blocking(api: &Api) -> TokenStream {
    let methods = expand_methods(api);
    let unused = unused(api);
    let credentials = matches!(api.policy.auth, Auth::Together(_)).then(|| {
        quote!(
            use super::client::Credentials;
        )
    });
    quote! {
        //! A client for programs without an async runtime: `send` sends a request and blocks.
        //!
        //! Settings, setters, types and errors are the same as in the async client.

        use clientsmith_runtime as rt;
        use rt::{ClientBuilder, Error};

        use super::api::API;
        #credentials
        #unused
        use super::resources;

        rt::blocking_client!(Client);

        #methods
    }
}

/// Without the feature of any tag, a client has no resources.
fn unused(api: &Api) -> Option<TokenStream> {
    api.tag_features.then(|| quote!(#[allow(unused_imports)]))
}

fn expand_methods(api: &Api) -> TokenStream {
    let constructors = expand_constructors(&api.policy);
    let resources = api.resources.iter().map(|resource| expand_resource(api, resource));
    quote! {
        impl Client {
            #constructors
            #(#resources)*
        }
    }
}

/// Returns the struct with several keys, so that callers cannot confuse them.
fn expand_credentials(parts: &[Credential]) -> TokenStream {
    let names: Vec<_> = parts.iter().map(|part| format_ident!("{}", part.field)).collect();
    let fields = parts.iter().zip(&names).map(|(part, name)| {
        let docs = docs::lines(part.docs.as_deref(), || match part.auth {
            Auth::Basic => "User name and password, separated by a colon.".to_owned(),
            _ => format!("Sent {}.", part.auth),
        });
        quote! {
            #docs
            pub #name: rt::SecretString,
        }
    });
    quote! {
        /// The API keys of a client. `.into()` turns a string into a key; debug output does not contain it.
        #[derive(Clone, Debug)]
        #[allow(clippy::exhaustive_structs)]
        pub struct Credentials {
            #(#fields)*
        }

        impl Credentials {
            pub(crate) fn into_keys(self) -> Vec<rt::SecretString> {
                vec![#(self.#names),*]
            }
        }
    }
}

fn expand_constructors(policy: &Policy) -> TokenStream {
    let Policy { api_key_variable: key, base_url_variable: url, auth, token_endpoint, .. } = policy;
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
        Auth::Together(_) => (
            "these API keys and ",
            " that uses these API keys",
            quote!(credentials: Credentials),
            quote!(credentials),
            quote!(with_keys(&API, credentials.into_keys())),
        ),
        _ => (
            "this API key and ",
            " that uses this API key",
            quote!(api_key: impl Into<String>),
            quote!(api_key),
            quote!(new(&API, api_key.into().into())),
        ),
    };
    let variables = match token_endpoint {
        None => variables,
        Some(TokenEndpoint { id_variable, secret_variable, .. }) => format!(
            " Creates a client with the client id and secret of the environment variables `{id_variable}` and \
             `{secret_variable}`, or else with the token of `{key}`. `{url}` may name another server."
        ),
    };
    let with_client_credentials = token_endpoint.as_ref().map(|_| expand_client_credentials());
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

        #with_client_credentials
    }
}

fn expand_client_credentials() -> TokenStream {
    quote! {
        /// Returns a builder of a client that fetches its tokens with this client id and secret.
        ///
        /// The client and its clones share a token. They renew it before it expires, and after the API rejects it.
        pub fn with_client_credentials(
            client_id: impl Into<String>,
            client_secret: impl Into<String>,
        ) -> ClientBuilder<Self> {
            ClientBuilder::with_client_credentials(&API, client_id.into(), client_secret.into().into())
        }
    }
}

fn expand_resource(api: &Api, resource: &Resource) -> TokenStream {
    let method = format_ident!("{}", resource.module);
    let value = format_ident!("{}", resource.type_name);
    let docs = docs::lines(resource.docs.as_deref(), || format!("{}.", docs::markdown(&resource.tag)));
    let gate = gate::of_resource(api, resource);
    quote! {
        #docs
        #gate
        pub fn #method(&self) -> resources::#value<'_, Self> {
            resources::#value::new(self)
        }
    }
}
