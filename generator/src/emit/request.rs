//! A request value: typed inputs, setters, and what happens when it is awaited.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::kind::{self, Input, input};
use super::{failures, paging, parameter, response};
use crate::docs;
use crate::media::Media;
use crate::model::{Argument, Body, Docs, Operation, Parameter};

pub(super) fn expand(operation: &Operation) -> TokenStream {
    let value = format_ident!("{}", operation.value);
    let title = format!(" A call of `{}`, sent when it is awaited.", operation.id);
    let fields = expand_fields(operation);
    let setters = operation.parameters.iter().filter(|parameter| !parameter.required).map(expand_setter);
    let setters = expand_impl(&value, &setters.collect::<Vec<_>>());
    let output = response::expand_output(&operation.response);
    let choice = response::expand_choice(operation);
    let call = expand_call(operation, &output);
    let list = operation.paging.as_ref().map(|paging| paging::expand(operation, paging));
    quote! {
        #[doc = #title]
        #[derive(Clone)]
        #[must_use = "a request is sent when it is awaited"]
        pub struct #value<C = Client> {
            client: C,
            options: rt::options::CallOptions,
            #(#fields,)*
        }

        #setters

        impl<C: rt::Caller> #value<C> {
            #call
        }

        rt::request::request_value!(#value => #output);
        #choice
        #list
    }
}

/// The methods of a request value that anybody's has; nothing where there are none.
fn expand_impl(value: &Ident, methods: &[TokenStream]) -> Option<TokenStream> {
    (!methods.is_empty()).then(|| quote!(impl<C> #value<C> { #(#methods)* }))
}

/// What the documentation says, the route, an example, and what it says of failures.
pub(super) fn expand_docs(operation: &Operation, example: Option<String>) -> TokenStream {
    let Docs { summary, description } = &operation.docs;
    let otherwise = format!("Calls `{}`.", operation.id);
    let route = format!("`{} {}`", operation.verb, operation.path);
    let last = [Some(route), example, failures::section(&operation.failures)].into_iter().flatten().collect::<Vec<_>>();
    docs::described(summary.as_deref(), description.as_deref(), otherwise, last.join("\n\n"))
}

fn expand_fields(operation: &Operation) -> Vec<TokenStream> {
    let parameters = operation.parameters.iter().map(|parameter| {
        let (name, ty) = (format_ident!("{}", parameter.name), kind::expand(&parameter.kind));
        if parameter.required { quote!(#name: #ty) } else { quote!(#name: Option<#ty>) }
    });
    let body = operation.body.iter().map(|body| {
        let ty = kind::expand(&body.kind);
        quote!(body: #ty)
    });
    parameters.chain(body).collect()
}

fn expand_setter(parameter: &Parameter) -> TokenStream {
    let name = format_ident!("{}", parameter.name);
    let Input { ty, made } = input(&parameter.kind, false, &name);
    let docs = docs::lines(parameter.docs.as_deref(), || format!("Sets the `{}` parameter.", parameter.wire));
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

fn expand_call(operation: &Operation, output: &TokenStream) -> TokenStream {
    let (id, path) = (&operation.id, &operation.path);
    let raw = format_ident!("{}", operation.raw);
    let texts: Vec<_> = operation.parameters.iter().map(parameter::expand_text).collect();
    let checks = parameter::expand_checks(operation);
    let added = operation.parameters.iter().filter_map(parameter::expand_added);
    let accept = operation.accept.iter().map(|media_type| quote!(call.accept(#media_type);));
    let added: Vec<_> = added.chain(operation.body.as_ref().and_then(expand_body)).chain(accept).collect();
    let mutable_call = (!added.is_empty()).then(|| quote!(mut));
    let at = operation.server.as_ref().map(|url| quote!(.at(#url)));
    let without_key = operation.keyless.then(|| quote!(.without_key()));
    let mutable = (!checks.is_empty()).then(|| quote!(mut));
    let arguments = operation.arguments.iter().map(|argument| match argument {
        Argument::Parameter(index) => parameter::expand_argument(&operation.parameters[*index]),
        Argument::Body => quote!(&self.body),
    });
    let read = response::expand_read(&operation.response);
    quote! {
        async fn call(self) -> Result<rt::Reply<#output>, rt::Error> {
            #(#texts)*
            let #mutable checks = rt::check::Checks::new(rt::operation::Operation::new(#id, #path)#at #without_key);
            #(#checks)*
            let client = self.client.client();
            let #mutable_call call = rt::call::Call::begin(client, &self.options, checks)?;
            #(#added)*
            let request = raw::Client::new_with_client(call.base_url(client), call.http()).#raw(#(#arguments),*);
            let answer = call.send(request).await?;
            #read
        }
    }
}

/// How a body that the raw method does not take gets into the request.
fn expand_body(body: &Body) -> Option<TokenStream> {
    match &body.media {
        Media::Json => body.media_type.as_ref().map(|name| quote!(call.header("content-type", #name.to_owned());)),
        Media::Form => Some(quote!(call.form(&self.body);)),
        Media::Multipart => Some(quote!(call.multipart(&self.body);)),
        Media::Text(name) | Media::Bytes(name) => Some(quote!(call.body(#name, self.body.clone().into());)),
    }
}
