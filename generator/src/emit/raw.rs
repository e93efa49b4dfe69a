//! `generated/raw/`: the raw client, its operations by resource, and the envelopes.

use std::iter;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{ImplItem, Item, ItemImpl};

use super::{File, Parts, envelope};
use crate::model::{Api, Home, Resource, Schema, Shape};
use crate::refine::Refined;

pub(super) fn expand<'a>(api: &'a Api, refined: &'a Refined) -> impl Iterator<Item = File> + use<'a> {
    let named = |name: &str, parts| (format!("generated/raw/{name}.rs"), parts);
    iter::once_with(move || named("mod", expand_root(api, refined)))
        .chain(iter::once_with(move || named("bodies", expand_bodies(api, refined))))
        .chain(api.resources.iter().map(move |resource| named(&resource.module, expand_operations(resource, refined))))
}

fn expand_root(api: &Api, refined: &Refined) -> Parts {
    let modules = api.resources.iter().map(|resource| format_ident!("{}", resource.module));
    let mut parts = Parts::from(quote! {
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
    });
    parts.extend(&refined.client);
    parts
}

fn expand_operations(resource: &Resource, refined: &Refined) -> Parts {
    let title = format!(" The requests of {}.", resource.tag);
    let methods = resource.operations.iter().filter_map(|operation| refined.operations.get(&operation.raw));
    let mut block: ItemImpl = syn::parse_quote!(impl Client {});
    block.items.extend(methods.cloned().map(ImplItem::Fn));
    let mut parts = Parts::from(quote! {
        #![doc = #title]

        #[allow(unused_imports)]
        use progenitor_client::encode_path;
        #[allow(unused_imports)]
        use super::{Client, types};
        use crate::runtime::call::Built;
    });
    parts.extend(&[Item::Impl(block)]);
    parts
}

fn expand_bodies(api: &Api, refined: &Refined) -> Parts {
    let mut parts = Parts::from(quote! {
        //! What wraps the data of responses.
        #![allow(dead_code, unused_imports)]

        use crate::generated::types::{self, *};
        use crate::runtime::answer::Enveloped;
        use crate::runtime::{Page, Pagination as PageState};
    });
    for schema in api.schemas.iter().filter(|schema| schema.home == Home::Raw) {
        parts.extend(refined.types.get(&schema.name).into_iter().flatten());
        parts.write(expand_unwrapping(schema));
    }
    parts
}

/// How what is inside comes out.
fn expand_unwrapping(schema: &Schema) -> TokenStream {
    let (envelope, pagination) = match &schema.shape {
        Shape::Object(object) => (object.envelope.as_ref(), object.pagination.as_ref()),
        _ => (None, None),
    };
    let envelope = envelope.map(|envelope| envelope::expand(schema, envelope));
    let pagination = pagination.map(|fields| envelope::expand_pagination(schema, fields));
    quote!(#envelope #pagination)
}
