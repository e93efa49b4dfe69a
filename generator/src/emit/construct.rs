//! Emits constructors and setters of objects: `new` takes the required fields, setters take the others.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::kind::{Input, expand_local, input};
use crate::docs;
use crate::model::{Constant, Field, Object, Presence, Schema};

pub(super) fn expand(schema: &Schema, object: &Object) -> TokenStream {
    let name = format_ident!("{}", schema.name);
    let new = expand_new(object);
    let setters = object.fields.iter().filter(|field| !field.presence.is_required()).map(expand_setter);
    quote! {
        impl #name {
            #new
            #(#setters)*
        }
    }
}

fn expand_new(object: &Object) -> TokenStream {
    let required: Vec<_> = object.fields.iter().filter(|field| field.is_argument()).collect();
    let arguments = required.iter().map(|field| {
        let name = format_ident!("{}", field.name);
        if field.presence == Presence::RequiredNullable {
            let ty = expand_local(&field.kind);
            quote!(#name: Option<#ty>)
        } else {
            let Input { ty, .. } = input(&field.kind, true, &name);
            quote!(#name: #ty)
        }
    });
    let fields = object.fields.iter().map(|field| {
        let name = format_ident!("{}", field.name);
        if let Some(constant) = &field.constant {
            let value = expand_constant(constant);
            return quote!(#name: #value);
        }
        match field.presence {
            Presence::Required if field.boxed => quote!(#name: Box::new(#name)),
            Presence::RequiredNullable if field.boxed => quote!(#name: #name.map(Box::new)),
            Presence::Required => input(&field.kind, true, &name).field(&name, &name),
            Presence::RequiredNullable => quote!(#name),
            Presence::Optional | Presence::OptionalNullable => quote!(#name: None),
        }
    });
    let extra = object.extra.as_ref().map(|name| {
        let name = format_ident!("{name}");
        quote!(#name: serde_json::Map::new())
    });
    let docs = if required.is_empty() {
        " Sets no field; use the setters."
    } else {
        " Takes the required fields; setters add optional ones."
    };
    quote! {
        #[doc = #docs]
        pub fn new(#(#arguments),*) -> Self {
            Self { #(#fields,)* #extra }
        }
    }
}

fn expand_constant(constant: &Constant) -> TokenStream {
    match constant {
        Constant::Text(text) => quote!(#text.to_owned()),
        Constant::Boolean(value) => quote!(#value),
        Constant::Variant { enumeration, variant } => {
            let (enumeration, variant) = (format_ident!("{enumeration}"), format_ident!("{variant}"));
            quote!(#enumeration::#variant)
        }
    }
}

fn expand_setter(field: &Field) -> TokenStream {
    let (name, setter) = (format_ident!("{}", field.name), format_ident!("{}", field.setter));
    let Input { ty, made } = input(&field.kind, true, &name);
    let made = if field.boxed { quote!(Box::new(#made)) } else { quote!(#made) };
    let docs = docs::value(
        field.docs.as_deref(),
        || format!("Sets {}.", docs::code(&field.wire)),
        &field.rules,
        field.default.as_deref(),
    );
    let deprecated = field.deprecated.then(|| quote!(#[deprecated]));
    let nullable = field.presence == Presence::OptionalNullable;
    let value = if nullable { quote!(rt::Nullable::Value(#made)) } else { quote!(#made) };
    let null = nullable.then(|| expand_null(field));
    quote! {
        #docs
        #deprecated
        pub fn #setter(mut self, #name: #ty) -> Self {
            self.#name = Some(#value);
            self
        }
        #null
    }
}

fn expand_null(field: &Field) -> TokenStream {
    let name = format_ident!("{}", field.name);
    let setter = format_ident!("{}", field.null_setter);
    let docs = format!(" Sends {} as null instead of omitting it.", docs::code(&field.wire));
    quote! {
        #[doc = #docs]
        pub fn #setter(mut self) -> Self {
            self.#name = Some(rt::Nullable::Null);
            self
        }
    }
}
