//! Emits the files of the crate from the model and the refined code, without any decisions.

mod api;
mod checks;
mod client;
mod commands;
mod construct;
mod error_responses;
mod example;
mod facade;
mod gate;
mod kind;
mod library;
mod meta;
mod mock;
mod paging;
mod readme;
mod request;
mod resources;
mod response;
mod types;
mod union;
mod webhooks;

use std::iter;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::model::Api;
use crate::parts::File;
use crate::provenance::Provenance;
use crate::refine::Refined;

pub(crate) use example::Examples;
pub(crate) use readme::readme;

/// Returns the root of a standalone crate.
pub(crate) fn emit_library(api: &Api) -> File {
    ("lib.rs".to_owned(), library::expand(api).into())
}

/// Returns all files lazily, so that only the code of one file is in memory at a time.
pub(crate) fn emit<'a>(
    api: &'a Api,
    refined: &'a Refined,
    provenance: &'a Provenance,
) -> impl Iterator<Item = File> + use<'a> {
    let named = |name: &str, tokens: TokenStream| (format!("generated/{name}.rs"), tokens.into());
    iter::once_with(move || named("mod", facade::expand(api)))
        .chain(iter::once_with(move || named("meta", meta::expand(api, provenance))))
        .chain(iter::once_with(move || named("client", client::expand(api))))
        .chain(iter::once_with(move || named("blocking", client::expand_blocking(api))))
        .chain(iter::once_with(move || named("mock", mock::expand(api))))
        .chain(iter::once_with(move || named("commands", commands::expand(api))))
        .chain(api::expand(api, provenance))
        .chain(types::expand(api, refined))
        .chain(resources::expand(api))
        .chain(api.webhooks.iter().map(move |found| named("webhooks", webhooks::expand(found))))
}

/// Returns the declaration of a module. The compiler finds the file of an ASCII name by itself; other names need a
/// `path`.
fn module(visibility: &TokenStream, name: &str) -> TokenStream {
    let file = format!("{name}.rs");
    let path = (!name.is_ascii()).then(|| quote!(#[path = #file]));
    let name = format_ident!("{name}");
    quote!(#path #visibility mod #name;)
}

/// Returns an optional value as code.
fn option(value: Option<TokenStream>) -> TokenStream {
    value.map_or_else(|| quote!(None), |value| quote!(Some(#value)))
}
