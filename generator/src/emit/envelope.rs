//! How the wrapping comes off a response.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::kind;
use crate::model::{Content, Envelope, PaginationFields, Schema};

/// `impl Enveloped` for an envelope.
pub(super) fn expand(schema: &Schema, envelope: &Envelope) -> TokenStream {
    let name = format_ident!("{}", schema.name);
    let success = format_ident!("{}", envelope.success);
    let data = format_ident!("{}", envelope.data);
    let (ty, value) = match &envelope.content {
        Content::Page { row, pagination } => {
            let (row, pagination) = (kind::expand(row), format_ident!("{pagination}"));
            let page = quote!(Page::new(self.#data, self.#pagination.map(Into::into).unwrap_or_default()));
            (quote!(Page<#row>), page)
        }
        Content::Value(kind) => (kind::expand(kind), quote!(self.#data)),
    };
    quote! {
        impl Enveloped for #name {
            type Data = #ty;
            fn succeeded(&self) -> bool {
                self.#success != Some(false)
            }
            fn into_data(self) -> Self::Data {
                #value
            }
        }
    }
}

/// The API's own pagination object → the runtime's.
pub(super) fn expand_pagination(schema: &Schema, fields: &PaginationFields) -> TokenStream {
    let name = format_ident!("{}", schema.name);
    let PaginationFields { page, limit, total_count, total_pages, has_more } = fields;
    let values = [page, limit, total_count, total_pages, has_more].map(|field| {
        let field = field.as_ref().map(|field| format_ident!("{field}"));
        field.map_or_else(|| quote!(None), |field| quote!(from.#field))
    });
    quote! {
        impl From<#name> for PageState {
            fn from(from: #name) -> Self {
                Self::new(#(#values),*)
            }
        }
    }
}
