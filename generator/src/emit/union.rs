//! Emits the types of unions.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::kind;
use crate::docs;
use crate::model::{Member, Schema, Union, Written};

pub(super) fn expand(schema: &Schema, union: &Union) -> TokenStream {
    let name = format_ident!("{}", schema.name);
    let docs = docs::lines(schema.docs.as_deref(), || format!("One of several: `{}`.", schema.name));
    let deprecated = schema.deprecated.then(|| quote!(#[deprecated]));
    let cases = union.members.iter().map(|member| {
        let (variant, ty) = (format_ident!("{}", member.name), expand_member(member));
        let docs = match &member.tags[..] {
            [] => format!(" {}", member.name),
            tags => format!(" {}", tags.iter().map(|tag| docs::code(tag)).collect::<Vec<_>>().join(", ")),
        };
        quote!(#[doc = #docs] #variant(#ty))
    });
    let is_first = |index: usize| union.members[..index].iter().all(|other| other.kind != union.members[index].kind);
    let conversions = union.members.iter().enumerate().filter(|(index, _)| is_first(*index));
    let conversions = conversions.map(|(_, member)| expand_conversion(&name, member));
    let check = union.constructed.then(|| expand_check(&name, union));
    let rule = expand_rule(union);
    let members = union.members.iter().enumerate().map(|(index, member)| expand_reading(union, index, member));
    quote! {
        #docs
        #[doc = ""]
        #(#[doc = #rule])*
        #deprecated
        #[derive(Clone, Debug, PartialEq)]
        #[allow(clippy::large_enum_variant)]
        #[non_exhaustive]
        pub enum #name {
            #(#cases,)*
            /// Any other value, kept as received and serialized unchanged.
            Unknown(serde_json::Value),
        }
        #(#conversions)*
        rt::union!(#name of crate::generated::api::API { #(#members),* });
        #check
    }
}

/// Documents how a value is deserialized.
fn expand_rule(union: &Union) -> Vec<String> {
    match &union.tag {
        Some(tag) => vec![format!(" The property {} of a value names its variant.", docs::code(tag))],
        None => [
            " A value is read as the variant whose schema it satisfies. Of several, the variant with most known properties",
            " is chosen, then the narrower type, then the first.",
        ]
        .map(str::to_owned)
        .to_vec(),
    }
}

/// Returns a variant for the macro that implements serde.
fn expand_reading(union: &Union, index: usize, member: &Member) -> TokenStream {
    let (variant, ty) = (format_ident!("{}", member.name), expand_member(member));
    let index = Literal::usize_unsuffixed(index);
    let tagged = match (&member.written, &union.tag, member.tags.first()) {
        (Written::ByUnion { extra }, Some(tag), Some(value)) => {
            let extra = extra.as_ref().map(|extra| format_ident!("{extra}")).map(|extra| quote!(not in #extra));
            Some(quote!(tagged #tag = #value #extra))
        }
        _ => None,
    };
    let exact = member.kind.is_exact().then(|| quote!(as exact));
    quote!(#index = #variant(#ty) #exact #tagged)
}

/// Returns `impl Checked`, which checks the member inside.
fn expand_check(name: &proc_macro2::Ident, union: &Union) -> TokenStream {
    let checked = union.members.iter().filter(|member| member.checked).map(|member| format_ident!("{}", member.name));
    let arms: Vec<_> =
        checked.map(|variant| quote!(Self::#variant(value) => rt::Checked::check(value, checks),)).collect();
    let (checks, body) = if arms.is_empty() {
        (format_ident!("_checks"), TokenStream::new())
    } else {
        (format_ident!("checks"), quote!(match self { #(#arms)* _ => {} }))
    };
    quote! {
        impl rt::Checked for #name {
            #[allow(clippy::single_match)]
            fn check(&self, #checks: &mut rt::Checks) {
                #body
            }
        }
    }
}

fn expand_member(member: &Member) -> TokenStream {
    let ty = kind::expand_local(&member.kind);
    if member.boxed { quote!(Box<#ty>) } else { ty }
}

fn expand_conversion(name: &proc_macro2::Ident, member: &Member) -> TokenStream {
    let (variant, ty) = (format_ident!("{}", member.name), kind::expand_local(&member.kind));
    let made = if member.boxed { quote!(Box::new(value)) } else { quote!(value) };
    quote! {
        impl From<#ty> for #name {
            fn from(value: #ty) -> Self {
                Self::#variant(#made)
            }
        }
    }
}
