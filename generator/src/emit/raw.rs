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
        //! The requests of the operations, as the base library makes them. Each is sent by one request value.
        #![allow(clippy::all, clippy::pedantic, unreachable_pub)]

        pub(crate) mod bodies;
        #(mod #modules;)*

        /// Types used as operation parameters and responses.
        mod types {
            #[allow(unused_imports)]
            pub(crate) use super::bodies::*;
            #[allow(unused_imports)]
            pub(crate) use crate::generated::types::*;
        }

        #(#client)*
    }
}

fn expand_operations(resource: &Resource, refined: &Refined) -> TokenStream {
    let title = format!(" The requests of {}.", resource.tag);
    let methods = resource.operations.iter().filter_map(|operation| refined.operations.get(&operation.raw));
    quote! {
        #![doc = #title]

        #[allow(unused_imports)]
        use progenitor_client::encode_path;
        #[allow(unused_imports)]
        use super::{Client, types};
        use crate::runtime::call::Built;

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
        use crate::runtime::answer::Enveloped;
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
