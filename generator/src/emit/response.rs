//! Emits the return type of a call and the code that reads it from the response.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, format_ident, quote};

use super::kind;
use crate::docs;
use crate::kind::Kind;
use crate::model::{Case, Operation, Response};

/// Returns the type that a call returns.
pub(super) fn expand_output(response: &Response) -> TokenStream {
    match response {
        Response::Empty => quote!(()),
        Response::Plain(kind) | Response::Enveloped(kind) => kind::expand(kind),
        Response::Text => quote!(String),
        Response::Bytes => quote!(bytes::Bytes),
        Response::Events(kind) => {
            let data = kind::expand(kind);
            quote!(rt::Events<#data, C>)
        }
        Response::Lines(kind) => {
            let value = kind::expand(kind);
            quote!(rt::Lines<#value, C>)
        }
        Response::Page(row) => {
            let row = kind::expand(row);
            quote!(rt::Page<#row>)
        }
        Response::Optional(inner) => {
            let inner = expand_output(inner);
            quote!(Option<#inner>)
        }
        Response::Choice { name, .. } => {
            let name = format_ident!("{name}");
            quote!(#name)
        }
    }
}

/// Returns the code that reads the value from `response`.
pub(super) fn expand_read(response: &Response) -> TokenStream {
    match response {
        Response::Optional(inner) => {
            let method = expand_method(inner);
            quote!(response.optional(rt::Response::#method))
        }
        Response::Choice { name, cases } => {
            let name = format_ident!("{name}");
            let arms = cases.iter().map(|case| expand_arm(&name, case));
            let is_complete = cases.iter().any(|case| case.status.is_none());
            let otherwise = (!is_complete).then(|| quote!(_ => Err(response.unexpected()),));
            quote! {
                match response.status() {
                    #(#arms)*
                    #otherwise
                }
            }
        }
        Response::Events(_) | Response::Lines(_) => {
            let method = expand_stream(response);
            quote!(response.streamed(|response| response.#method(self.client)))
        }
        response => {
            let method = expand_method(response);
            quote!(response.#method())
        }
    }
}

/// Returns the method that reads a stream.
pub(super) fn expand_stream(response: &Response) -> TokenStream {
    match response {
        Response::Events(Kind::Text) => quote!(text_events::<C>),
        Response::Events(kind) => {
            let data = kind::expand(kind);
            quote!(events::<#data, C>)
        }
        Response::Lines(kind) => {
            let value = kind::expand(kind);
            quote!(lines::<#value, C>)
        }
        _ => TokenStream::new(),
    }
}

fn expand_arm(choice: &proc_macro2::Ident, Case { status, variant, response, .. }: &Case) -> TokenStream {
    let status = status.map_or_else(|| quote!(_), |status| Literal::u16_unsuffixed(status).into_token_stream());
    let variant = format_ident!("{variant}");
    let read = expand_read(response);
    let make = if *response == Response::Empty { quote!(|()| #choice::#variant) } else { quote!(#choice::#variant) };
    quote!(#status => #read.map(|reply| reply.map(#make)),)
}

fn expand_method(response: &Response) -> TokenStream {
    match response {
        Response::Plain(kind) => {
            let ty = kind::expand(kind);
            quote!(value::<#ty>)
        }
        Response::Enveloped(kind) => {
            let ty = kind::expand(kind);
            quote!(data::<#ty>)
        }
        Response::Page(row) => {
            let ty = kind::expand(row);
            quote!(page::<#ty>)
        }
        Response::Text => quote!(text),
        Response::Bytes => quote!(bytes),
        Response::Empty
        | Response::Events(_)
        | Response::Lines(_)
        | Response::Optional(_)
        | Response::Choice { .. } => quote!(nothing),
    }
}

/// Returns the enumeration of an operation with several responses.
pub(super) fn expand_choice(operation: &Operation) -> Option<TokenStream> {
    let Response::Choice { name, cases } = &operation.response else { return None };
    let name = format_ident!("{name}");
    let title = format!(" The responses of {} by status.", docs::code(&operation.id));
    let variants = cases.iter().map(|case| {
        let variant = format_ident!("{}", case.variant);
        let docs = docs::lines(case.docs.as_deref(), || "A success response.".to_owned());
        let value = (case.response != Response::Empty).then(|| {
            let output = expand_output(&case.response);
            quote!((#output))
        });
        quote!(#docs #variant #value)
    });
    Some(quote! {
        #[doc = #title]
        #[derive(Clone, Debug, PartialEq)]
        #[allow(clippy::large_enum_variant)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants,)*
        }
    })
}
