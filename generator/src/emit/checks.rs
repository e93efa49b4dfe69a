//! Emits the checks of a value before it is sent, field by field against its description.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use crate::model::{Object, Others, Schema};

/// Returns `impl Checked` for an object that is sent.
pub(super) fn expand(schema: &Schema, object: &Object) -> TokenStream {
    let (name, module) = (format_ident!("{}", schema.name), format_ident!("{}", schema.home.module()));
    let constant = format_ident!("{}", object.constant);
    let fields: Vec<_> = object
        .fields
        .iter()
        .filter(|field| field.checked)
        .map(|field| {
            let (wire, name) = (&field.wire, format_ident!("{}", field.name));
            quote!((#wire, &self.#name))
        })
        .collect();
    let object_spec = quote!(&crate::generated::api::#module::#constant);
    let fields = (!fields.is_empty()).then(|| quote!(checks.fields(#object_spec, &[#(#fields),*]);));
    let extra = object.extra.as_ref().filter(|_| object.others != Others::Any).map(|extra| {
        let extra = format_ident!("{extra}");
        quote!(checks.others(&crate::generated::api::API, #object_spec, &self.#extra);)
    });
    if fields.is_none() && extra.is_none() {
        return expand_opaque(schema);
    }
    quote! {
        impl rt::Checked for #name {
            fn check(&self, checks: &mut rt::Checks) {
                #fields
                #extra
            }
        }
    }
}

/// Returns `impl Checked` for a newtype.
pub(super) fn expand_newtype(schema: &Schema) -> TokenStream {
    let (name, text) = (format_ident!("{}", schema.name), &schema.name);
    quote! {
        impl rt::Checked for #name {
            fn check(&self, checks: &mut rt::Checks) {
                checks.newtype(&crate::generated::api::API, #text, &self.0);
            }
        }
    }
}

/// Returns `impl Checked` for a type without rules.
pub(super) fn expand_opaque(schema: &Schema) -> TokenStream {
    let name = format_ident!("{}", schema.name);
    quote!(impl rt::Checked for #name {})
}

/// Returns `impl Encode` for a type that parameters use.
pub(super) fn expand_encode(schema: &Schema) -> TokenStream {
    let name = format_ident!("{}", schema.name);
    quote! {
        impl rt::Encode for #name {
            fn json(&self) -> rt::Tree {
                rt::Tree::of(self)
            }
        }
    }
}
