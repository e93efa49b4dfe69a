//! Emits `generated/commands.rs`: the API as the commands of a program.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::api::expand_kind;
use super::{kind, option};
use crate::media::Media;
use crate::model::{
    Api, Body, Command, CommandGroup, CommandInput, Operation, Parameter, Resource, Response, Webhooks,
};

pub(super) fn expand(api: &Api) -> TokenStream {
    let groups = api.commands.iter().zip(&api.resources).map(|(group, resource)| expand_group(group, resource));
    let webhooks = option(api.webhooks.as_ref().map(expand_webhooks));
    let key = api.key_docs.as_deref().unwrap_or_default();
    quote! {
        //! The commands of the program.

        #[allow(unused_imports)]
        use clientsmith_command::{
            runtime::{self as rt, api::Kind}, Command, Input, Prepared, Program, Resource, Webhooks,
        };
        #[allow(unused_imports)]
        use super::{api, meta, types, Client};

        pub(crate) static PROGRAM: Program = Program {
            api: &api::API,
            mock: &super::mock::MOCK,
            spec_hash: meta::SPEC_HASH,
            key: #key,
            resources: &[#(#groups),*],
            webhooks: #webhooks,
        };

        /// The client of this crate.
        fn client(client: &rt::Client) -> Client {
            <Client as From<rt::Client>>::from(client.clone())
        }
    }
}

fn expand_group(group: &CommandGroup, resource: &Resource) -> TokenStream {
    let CommandGroup { name, about, .. } = group;
    let module = format_ident!("{}", resource.module);
    let commands =
        group.of(&resource.operations).map(|(command, operation)| expand_command(&module, command, operation));
    quote!(Resource { name: #name, about: #about, commands: &[#(#commands),*] })
}

fn expand_command(module: &Ident, command: &Command, operation: &Operation) -> TokenStream {
    let Command { name, about, details, .. } = command;
    let constant = format_ident!("{}", operation.constant);
    let details = (!details.is_empty()).then(|| quote!(.details(#details)));
    let parameters = expand_inputs(&command.parameters).map(|inputs| quote!(.parameters(#inputs)));
    let fields = expand_inputs(&command.fields).map(|inputs| quote!(.fields(#inputs)));
    let prepare = expand_prepare(module, operation);
    quote!(Command::new(#name, &api::#module::#constant, #about, #prepare) #details #parameters #fields)
}

fn expand_inputs(inputs: &[CommandInput]) -> Option<TokenStream> {
    let expanded = inputs.iter().map(|CommandInput { name, help }| quote!(Input { name: #name, help: #help }));
    (!inputs.is_empty()).then(|| quote!(&[#(#expanded),*]))
}

/// Returns a function that prepares the call of the typed client.
fn expand_prepare(module: &Ident, operation: &Operation) -> TokenStream {
    let method = format_ident!("{}", operation.method);
    let required = operation.parameters.iter().filter(|parameter| parameter.required).map(|parameter| {
        let wire = &parameter.wire;
        let ty = kind::expand(&parameter.kind);
        let get = format_ident!("{}", if parameter.kind.is_exact() { "required_exact" } else { "required" });
        quote!(inputs.#get::<#ty>(#wire)?)
    });
    let body = operation.body.as_ref();
    let arguments = required.chain(body.filter(|body| body.required).map(expand_body));
    let call = quote!(client(inner).#module().#method(#(#arguments),*));
    let setters: Vec<_> =
        operation.parameters.iter().filter(|parameter| !parameter.required).map(expand_setter).collect();
    let optional = body.filter(|body| !body.required).map(expand_optional_body);
    let setters: Vec<_> = setters.into_iter().chain(optional).collect();
    let made = if setters.is_empty() { call.clone() } else { quote!(call) };
    let prepared = match &operation.response {
        Response::Page(_) if operation.paging.is_some() => quote!(Ok(Prepared::list(#made))),
        Response::Events(_) => quote!(Ok(Prepared::events(#made))),
        Response::Lines(_) => quote!(Ok(Prepared::lines(#made))),
        Response::Text | Response::Bytes => quote!(Ok(Prepared::download(#made))),
        _ => quote!(Ok(Prepared::one(#made))),
    };
    let takes_inputs = operation.body.is_some() || !operation.parameters.is_empty();
    let inputs = format_ident!("{}", if takes_inputs { "inputs" } else { "_inputs" });
    if setters.is_empty() {
        quote!(|inner, #inputs| #prepared)
    } else {
        quote! {
            |inner, #inputs| {
                let mut call = #call;
                #(#setters)*
                #prepared
            }
        }
    }
}

fn expand_setter(parameter: &Parameter) -> TokenStream {
    let (wire, name) = (&parameter.wire, format_ident!("{}", parameter.name));
    let ty = kind::expand(&parameter.kind);
    let get = format_ident!("{}", if parameter.kind.is_exact() { "optional_exact" } else { "optional" });
    quote! {
        if let Some(value) = inputs.#get::<#ty>(#wire)? {
            call = call.#name(value);
        }
    }
}

fn expand_optional_body(body: &Body) -> TokenStream {
    let value = expand_body(body);
    quote! {
        if inputs.has_body() {
            call = call.body(#value);
        }
    }
}

fn expand_body(body: &Body) -> TokenStream {
    let ty = kind::expand(&body.kind);
    match body.media {
        Media::Multipart if body.parts.is_empty() => quote!(inputs.parts()?),
        Media::Bytes(_) | Media::Lines(_) => quote!(inputs.file()?),
        Media::Text(_) | Media::Events => quote!(inputs.text()?),
        Media::Json | Media::Form | Media::Multipart if body.kind.is_exact() => quote!(inputs.body_exact::<#ty>()?),
        Media::Json | Media::Form | Media::Multipart => quote!(inputs.body::<#ty>()?),
    }
}

fn expand_webhooks(webhooks: &Webhooks) -> TokenStream {
    let Webhooks { name, data, events } = webhooks;
    let payloads = events.iter().map(|webhook| {
        let (event, kind) = (&webhook.event, expand_kind(&webhook.payload));
        quote!((#event, #kind))
    });
    quote! {
        Webhooks {
            name: #name,
            data: #data,
            payloads: &[#(#payloads),*],
            read: |body| super::webhooks::Event::parse(body).map(|event| event.name().to_owned()),
        }
    }
}
