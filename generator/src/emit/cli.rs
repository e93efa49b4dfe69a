//! `generated/cli.rs`: the API as the commands of a program.

use proc_macro2::{Ident, TokenStream};
use quote::{format_ident, quote};

use super::checks::expand_rule;
use super::kind;
use super::mock::{expand_kind, option};
use crate::media::Media;
use crate::model::{
    Api, Body, Command, CommandAnswer, CommandBody, CommandGroup, CommandInput, CommandPlace, Operation, Parameter,
    Resource, Webhooks,
};

pub(super) fn expand(api: &Api) -> TokenStream {
    let groups = api.commands.iter().zip(&api.resources).map(|(group, resource)| expand_group(group, resource));
    let webhooks = option(api.webhooks.as_ref().map(expand_webhooks));
    let key = api.key_docs.as_deref().unwrap_or_default();
    quote! {
        //! The commands of the program.

        #[allow(unused_imports)]
        use crate::generated::{meta, types};
        #[allow(unused_imports, clippy::wildcard_imports)]
        use crate::runtime::{self as rt, cli::prepared::Prepared, cli::surface::*, mock::table::Kind};

        pub(crate) static SURFACE: Surface = Surface {
            title: meta::TITLE,
            api_version: meta::API_VERSION,
            spec_hash: meta::SPEC_HASH,
            key: #key,
            table: &super::mock::TABLE,
            resources: &[#(#groups),*],
            webhooks: #webhooks,
        };
    }
}

fn expand_group(group: &CommandGroup, resource: &Resource) -> TokenStream {
    let CommandGroup { name, about, .. } = group;
    let module = format_ident!("{}", resource.module);
    let verbs = group.of(&resource.operations).map(|(command, operation)| expand_verb(&module, command, operation));
    quote!(Resource { name: #name, about: #about, verbs: &[#(#verbs),*] })
}

fn expand_verb(module: &Ident, command: &Command, operation: &Operation) -> TokenStream {
    let Command { name, about, details, confirmed, inputs, body, answer } = command;
    let id = &operation.id;
    let route = format!("{} {}", operation.verb, operation.path);
    let details = (!details.is_empty()).then(|| quote!(.details(#details)));
    let confirmed = confirmed.then(|| quote!(.confirmed()));
    let expanded = inputs.iter().map(expand_input);
    let inputs = (!inputs.is_empty()).then(|| quote!(.inputs(&[#(#expanded),*])));
    let body = match body {
        CommandBody::None => None,
        CommandBody::Json => Some(quote!(.body(Body::Json))),
        CommandBody::File => Some(quote!(.body(Body::File))),
        CommandBody::Parts => Some(quote!(.body(Body::Parts))),
    };
    let prepare = expand_prepare(module, operation, answer);
    let answer = expand_answer(answer);
    quote!(Verb::new(#name, #id, #route, #about, #answer, #prepare) #details #confirmed #inputs #body)
}

fn expand_input(input: &CommandInput) -> TokenStream {
    let CommandInput { wire, name, help, .. } = input;
    let place = match input.place {
        CommandPlace::Path => quote!(Path),
        CommandPlace::Parameter => quote!(Parameter),
        CommandPlace::Field => quote!(Field),
    };
    let kind = expand_kind(&input.kind);
    let help = (!help.is_empty()).then(|| quote!(.help(#help)));
    let required = input.required.then(|| quote!(.required()));
    let rules = input.rules.iter().map(expand_rule);
    let rules = (!input.rules.is_empty()).then(|| quote!(.rules(&[#(#rules),*])));
    let default = input.default.as_ref().map(|default| quote!(.default(#default)));
    quote!(Input::new(#wire, #name, Place::#place, #kind) #help #required #rules #default)
}

fn expand_answer(answer: &CommandAnswer) -> TokenStream {
    match answer {
        CommandAnswer::Nothing => quote!(Answer::Nothing),
        CommandAnswer::Value { data, kind } => {
            let data = option(data.as_ref().map(|data| quote!(#data)));
            let kind = option(kind.as_ref().map(expand_kind));
            quote!(Answer::Value { data: #data, kind: #kind })
        }
        CommandAnswer::Rows { data, row } => {
            let row = expand_kind(row);
            quote!(Answer::Rows { data: #data, row: #row })
        }
        CommandAnswer::File => quote!(Answer::File),
    }
}

/// A function that makes the call of the typed client.
fn expand_prepare(module: &Ident, operation: &Operation, answer: &CommandAnswer) -> TokenStream {
    let method = format_ident!("{}", operation.method);
    let required = operation.parameters.iter().filter(|parameter| parameter.required).map(|parameter| {
        let wire = &parameter.wire;
        let ty = kind::expand(&parameter.kind);
        let get = format_ident!("{}", if parameter.kind.has_decimal() { "required_exact" } else { "required" });
        quote!(inputs.#get::<#ty>(#wire)?)
    });
    let arguments = required.chain(operation.body.as_ref().map(expand_body));
    let call = quote!(client.#module().#method(#(#arguments),*));
    let setters: Vec<_> =
        operation.parameters.iter().filter(|parameter| !parameter.required).map(expand_setter).collect();
    let made = if setters.is_empty() { call.clone() } else { quote!(call) };
    let prepared = if let CommandAnswer::Rows { data, .. } = answer {
        quote!(Ok(Prepared::list(#made, #data)))
    } else {
        quote!(Ok(Prepared::one(#made)))
    };
    let takes_inputs = operation.body.is_some() || !operation.parameters.is_empty();
    let inputs = format_ident!("{}", if takes_inputs { "inputs" } else { "_inputs" });
    if setters.is_empty() {
        quote!(|client, #inputs| #prepared)
    } else {
        quote! {
            |client, #inputs| {
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
    let get = format_ident!("{}", if parameter.kind.has_decimal() { "optional_exact" } else { "optional" });
    quote! {
        if let Some(value) = inputs.#get::<#ty>(#wire)? {
            call = call.#name(value);
        }
    }
}

fn expand_body(body: &Body) -> TokenStream {
    let ty = kind::expand(&body.kind);
    match body.media {
        Media::Multipart => quote!(inputs.parts()?),
        Media::Bytes(_) => quote!(inputs.file()?),
        Media::Text(_) => quote!(inputs.text()?),
        Media::Json | Media::Form if body.kind.has_decimal() => quote!(inputs.body_exact::<#ty>()?),
        Media::Json | Media::Form => quote!(inputs.body::<#ty>()?),
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
