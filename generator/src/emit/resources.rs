//! Emits `generated/resources/`: the methods of each resource and their request values.

use std::iter;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::kind::{Input, input};
use super::{Examples, File, gate, request};
use crate::docs;
use crate::model::{Api, Operation, Parameter, Resource};

pub(super) fn expand(api: &Api) -> impl Iterator<Item = File> + use<'_> {
    let named = |name: &str, tokens: TokenStream| (format!("generated/resources/{name}.rs"), tokens.into());
    let examples = Examples::of(api);
    iter::once_with(move || named("mod", expand_root(api))).chain(
        api.resources.iter().map(move |resource| named(&resource.module, expand_resource(resource, examples.as_ref()))),
    )
}

fn expand_root(api: &Api) -> TokenStream {
    let modules = api.resources.iter().map(|resource| {
        let module = super::module(&quote!(pub), &resource.module);
        let docs = format!(" The requests of {}.", docs::markdown(&resource.tag));
        let gate = gate::of_resource(api, resource);
        quote!(#[doc = #docs] #gate #module)
    });
    let uses = api.resources.iter().map(|resource| {
        let (module, value) = (format_ident!("{}", resource.module), format_ident!("{}", resource.type_name));
        let gate = gate::of_resource(api, resource);
        quote!(#gate pub use self::#module::#value;)
    });
    quote! {
        //! The resources of the API, with a method for every operation.

        #(#modules)*
        #(#uses)*
    }
}

fn expand_resource(resource: &Resource, examples: Option<&Examples<'_>>) -> TokenStream {
    let value = format_ident!("{}", resource.type_name);
    let docs = docs::lines(resource.docs.as_deref(), || format!("{}.", docs::markdown(&resource.tag)));
    let methods = resource.operations.iter().map(|operation| {
        let example = examples.and_then(|examples| examples.section(resource, operation));
        expand_method(operation, example)
    });
    let module = format_ident!("{}", resource.module);
    let requests = resource.operations.iter().map(|operation| request::expand(operation, &module));
    quote! {
        #[allow(unused_imports)]
        use crate::generated::types;
        use crate::generated::{api, Client};
        use clientsmith_runtime as rt;

        #docs
        #[derive(Clone, Debug)]
        pub struct #value<'a, C = Client> {
            client: &'a C,
        }

        impl<'a, C: rt::Caller> #value<'a, C> {
            pub(crate) fn new(client: &'a C) -> Self {
                Self { client }
            }
            #(#methods)*
        }

        #(#requests)*
    }
}

fn expand_method(operation: &Operation, example: Option<String>) -> TokenStream {
    let method = format_ident!("{}", operation.method);
    let value = format_ident!("{}", operation.value);
    let docs = request::expand_docs(operation, example);
    let deprecated = operation.deprecated.then(|| quote!(#[deprecated]));
    let required: Vec<&Parameter> = operation.parameters.iter().filter(|parameter| parameter.required).collect();
    let parameters = required.iter().map(|parameter| {
        let name = format_ident!("{}", parameter.name);
        let Input { ty, .. } = input(&parameter.kind, false, &name);
        quote!(#name: #ty)
    });
    let fields = operation.parameters.iter().map(|parameter| {
        let name = format_ident!("{}", parameter.name);
        if parameter.required { input(&parameter.kind, false, &name).field(&name, &name) } else { quote!(#name: None) }
    });
    let body = operation.body.iter().map(|body| {
        if !body.required {
            return (None, quote!(body: None));
        }
        let name = format_ident!("{}", body.argument);
        let Input { ty, made } = input(&body.kind, false, &name);
        (Some(quote!(#name: #ty)), quote!(body: #made))
    });
    let (body_arguments, body_fields): (Vec<Option<_>>, Vec<_>) = body.unzip();
    let arguments = parameters.chain(body_arguments.into_iter().flatten());
    quote! {
        #docs
        #deprecated
        pub fn #method(&self, #(#arguments),*) -> #value<C> {
            #value {
                client: self.client.clone(),
                options: rt::CallOptions::default(),
                #(#fields,)*
                #(#body_fields,)*
            }
        }
    }
}
