//! `generated/raw/`: the raw client, its operations by resource, and the envelopes.

use std::iter;

use proc_macro2::TokenStream;
use quote::{ToTokens, format_ident, quote};

use super::{File, envelope};
use crate::model::{Api, Home, Resource, Schema, Shape};
use crate::refine::Refined;

pub(super) fn expand<'a>(api: &'a Api, refined: &'a Refined) -> impl Iterator<Item = File> + use<'a> {
    let named = |name: &str, tokens| (format!("generated/raw/{name}.rs"), tokens);
    iter::once_with(move || named("mod", expand_root(api, refined)))
        .chain(iter::once_with(move || named("bodies", expand_bodies(api, refined))))
        .chain(api.resources.iter().map(move |resource| named(&resource.module, expand_operations(resource, refined))))
}

fn expand_root(api: &Api, refined: &Refined) -> TokenStream {
    let modules = api.resources.iter().map(|resource| format_ident!("{}", resource.module));
    let client = &refined.client;
    quote! {
        //! The operations as the base library makes them. Each is called by one request value.
        #![allow(clippy::all, clippy::pedantic, unreachable_pub)]

        mod bodies;
        #(mod #modules;)*

        use progenitor_client::{ClientHooks, ClientInfo, Error, OperationInfo};

        /// Types used as operation parameters and responses.
        mod types {
            #[allow(unused_imports)]
            pub(crate) use super::bodies::*;
            #[allow(unused_imports)]
            pub(crate) use crate::generated::types::*;
        }

        #(#client)*

        impl ClientHooks<crate::runtime::call::Call> for Client {
            async fn exec(
                &self,
                request: reqwest::Request,
                _info: &OperationInfo,
            ) -> reqwest::Result<reqwest::Response> {
                self.inner.exec(request).await
            }

            async fn post<E>(
                &self,
                _result: &reqwest::Result<reqwest::Response>,
                _info: &OperationInfo,
            ) -> Result<(), Error<E>> {
                self.inner.post()
            }
        }
    }
}

fn expand_operations(resource: &Resource, refined: &Refined) -> TokenStream {
    let title = format!(" The raw operations of {}.", resource.tag);
    let methods = resource.operations.iter().filter_map(|operation| refined.operations.get(&operation.raw));
    quote! {
        #![doc = #title]

        #[allow(unused_imports)]
        use progenitor_client::{ClientHooks, Error, OperationInfo, ResponseValue, encode_path};
        #[allow(unused_imports)]
        use super::{Client, types};

        impl Client {
            #(#methods)*
        }
    }
}

fn expand_bodies(api: &Api, refined: &Refined) -> TokenStream {
    let bodies =
        api.schemas.iter().filter(|schema| schema.home == Home::Raw).map(|schema| expand_body(schema, refined));
    quote! {
        //! What wraps the data of responses.
        #![allow(dead_code, unused_imports)]

        use crate::generated::types::{self, *};
        use crate::runtime::call::Enveloped;
        use crate::runtime::{Page, Pagination as PageState};

        #(#bodies)*
    }
}

fn expand_body(schema: &Schema, refined: &Refined) -> TokenStream {
    let items = refined.types.get(&schema.name).into_iter().flatten();
    let (envelope, pagination) = match &schema.shape {
        Shape::Object(object) => (object.envelope.as_ref(), object.pagination.as_ref()),
        _ => (None, None),
    };
    let envelope = envelope.map(|envelope| envelope::expand(schema, envelope));
    let pagination = pagination.map(|fields| envelope::expand_pagination(schema, fields));
    let items = items.map(ToTokens::to_token_stream);
    quote!(#(#items)* #envelope #pagination)
}
