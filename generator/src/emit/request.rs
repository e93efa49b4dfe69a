//! Emits a request value: typed inputs, setters, and the call that awaiting it sends.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::kind::{self, Input, input};
use super::{error_responses, paging, response};
use crate::docs;
use crate::media::Media;
use crate::model::{Body, Docs, Location, Operation, Parameter, Part, Response, Stream};

pub(super) fn expand(operation: &Operation, module: &Ident) -> TokenStream {
    let value = format_ident!("{}", operation.value);
    let title = format!(" A request of {}; `.await` sends it.", docs::code(&operation.id));
    let fields = expand_fields(operation);
    let setters = operation.parameters.iter().filter(|parameter| !parameter.required).map(expand_setter);
    let optional = operation.body.iter().filter(|body| !body.required);
    let setters = setters.chain(optional.map(expand_body_setter));
    let setters = expand_impl(&value, &setters.collect::<Vec<_>>());
    let output = response::expand_output(&operation.response);
    let choice = response::expand_choice(operation);
    let call = expand_call(operation, module, &output);
    let list = operation.paging.as_ref().map(|paging| paging::expand(operation, paging));
    let streaming = operation.is_streaming().then(|| quote!(rt::streaming_value!(#value);));
    let download = operation.response.is_file().then(|| quote!(rt::download_value!(#value);));
    let stream = operation.stream.as_ref().map(|stream| expand_stream(&value, stream));
    quote! {
        #[doc = #title]
        #[derive(Clone)]
        #[must_use = "`.await` sends the request"]
        pub struct #value<C = Client> {
            client: C,
            options: rt::CallOptions,
            #(#fields,)*
        }

        #setters

        impl<C: rt::Caller> #value<C> {
            #call
        }

        rt::request_value!(#value => #output);
        #choice
        #list
        #streaming
        #download
        #stream
    }
}

/// Returns the methods of a request value for any client; `None` if there are none.
fn expand_impl(value: &Ident, methods: &[TokenStream]) -> Option<TokenStream> {
    (!methods.is_empty()).then(|| quote!(impl<C> #value<C> { #(#methods)* }))
}

/// Documents redirects, which are successes, and how to read their target.
fn redirects(statuses: &[u16]) -> Option<String> {
    let statuses: Vec<_> = statuses.iter().map(|status| format!("`{status}`")).collect();
    (!statuses.is_empty())
        .then(|| format!("A redirect ({}) is a success; `with_response` returns its `location`.", statuses.join(", ")))
}

/// Returns the documentation of a method: the description, the route, redirects, an example, and error responses.
pub(super) fn expand_docs(operation: &Operation, example: Option<String>) -> TokenStream {
    let Docs { summary, description } = &operation.docs;
    let otherwise = format!("Calls {}.", docs::code(&operation.id));
    let route = docs::code(&format!("{} {}", operation.verb, operation.path));
    let errors = error_responses::section(&operation.error_responses);
    let last =
        [Some(route), redirects(&operation.redirects), example, errors].into_iter().flatten().collect::<Vec<_>>();
    docs::described(summary.as_deref(), description.as_deref(), otherwise, last.join("\n\n"))
}

fn expand_fields(operation: &Operation) -> Vec<TokenStream> {
    let parameters = operation.parameters.iter().map(|parameter| {
        let (name, ty) = (format_ident!("{}", parameter.name), kind::expand(&parameter.kind));
        if parameter.required { quote!(#name: #ty) } else { quote!(#name: Option<#ty>) }
    });
    let body = operation.body.iter().map(|body| {
        let ty = kind::expand(&body.kind);
        if body.required { quote!(body: #ty) } else { quote!(body: Option<#ty>) }
    });
    parameters.chain(body).collect()
}

fn expand_setter(parameter: &Parameter) -> TokenStream {
    let name = format_ident!("{}", parameter.name);
    let Input { ty, made } = input(&parameter.kind, false, &name);
    let docs = docs::value(
        parameter.docs.as_deref(),
        || format!("Sets the {} parameter.", docs::code(&parameter.wire)),
        &parameter.rules,
        parameter.default.as_deref(),
    );
    let deprecated = parameter.deprecated.then(|| quote!(#[deprecated]));
    quote! {
        #docs
        #deprecated
        pub fn #name(mut self, #name: #ty) -> Self {
            self.#name = Some(#made);
            self
        }
    }
}

fn expand_body_setter(body: &Body) -> TokenStream {
    let name = format_ident!("body");
    let Input { ty, made } = input(&body.kind, false, &name);
    quote! {
        /// Sets the optional body.
        pub fn body(mut self, body: #ty) -> Self {
            self.body = Some(#made);
            self
        }
    }
}

fn expand_call(operation: &Operation, module: &Ident, output: &TokenStream) -> TokenStream {
    let constant = format_ident!("{}", operation.constant);
    let inputs: Vec<_> =
        operation.parameters.iter().map(expand_parameter).chain(operation.body.as_ref().map(expand_body)).collect();
    let mutable = (!inputs.is_empty()).then(|| quote!(mut));
    let read = response::expand_read(&operation.response);
    let is_list = operation.paging.as_ref().is_some_and(|paging| paging.listing.is_some());
    if is_list || operation.is_streaming() {
        // The response can be read in another way: as a page of the list, or piece by piece.
        return quote! {
            async fn sent(self) -> Result<rt::Response, rt::Error> {
                let #mutable call = rt::Call::new(self.client.client(), &api::#module::#constant, self.options);
                #(#inputs)*
                call.send().await
            }

            async fn call(self) -> Result<rt::Reply<#output>, rt::Error> {
                let response = self.sent().await?;
                #read
            }
        };
    }
    quote! {
        async fn call(self) -> Result<rt::Reply<#output>, rt::Error> {
            let #mutable call = rt::Call::new(self.client.client(), &api::#module::#constant, self.options);
            #(#inputs)*
            let response = call.send().await?;
            #read
        }
    }
}

/// Adds the method that requests a stream.
fn expand_stream(value: &Ident, Stream { media_type, response, .. }: &Stream) -> TokenStream {
    let (output, read) = (response::expand_output(response), response::expand_stream(response));
    let method = format_ident!("{}", if matches!(response, Response::Lines(_)) { "lines" } else { "events" });
    quote!(rt::listen_value!(#value, #method => #output, #media_type, rt::Response::#read);)
}

fn expand_parameter(parameter: &Parameter) -> TokenStream {
    let (wire, name) = (&parameter.wire, format_ident!("{}", parameter.name));
    let value = if parameter.required { quote!(Some(&self.#name)) } else { quote!(self.#name.as_ref()) };
    match parameter.location {
        Location::Path => quote!(call.path(#wire, &self.#name);),
        Location::Query => quote!(call.query(#wire, #value);),
        Location::Header => quote!(call.header(#wire, #value);),
        Location::Cookie => quote!(call.cookie(#wire, #value);),
    }
}

fn expand_body(body: &Body) -> TokenStream {
    let value = if body.required { quote!(self.body) } else { quote!(body) };
    let is_moved = matches!(body.media, Media::Text(_) | Media::Bytes(_) | Media::Events | Media::Lines(_));
    let borrowed = if body.required { quote!(&self.body) } else { quote!(body) };
    let written = match &body.media {
        Media::Json => quote!(call.json(#borrowed);),
        Media::Form => quote!(call.form(#borrowed);),
        Media::Multipart if body.parts.is_empty() => quote!(call.multipart(#borrowed);),
        Media::Multipart => {
            let parts = body.parts.iter().map(|part| expand_part(part, &value));
            quote!(call.parts(#borrowed, &[#(#parts),*]);)
        }
        Media::Text(_) | Media::Bytes(_) | Media::Events | Media::Lines(_) => quote!(call.bytes(#value);),
    };
    match (body.required, is_moved) {
        (true, _) => written,
        (false, true) => quote!(if let Some(body) = self.body { #written }),
        (false, false) => quote!(if let Some(body) = &self.body { #written }),
    }
}

/// Returns a part with its own headers.
fn expand_part(part: &Part, body: &TokenStream) -> TokenStream {
    let (wire, field) = (&part.wire, format_ident!("{}", part.field));
    let headers = part.headers.iter().map(|header| {
        let (wire, field) = (&header.wire, format_ident!("{}", header.field));
        quote!((#wire, &#body.#field))
    });
    quote!((#wire, &#body.#field, &[#(#headers),*]))
}
