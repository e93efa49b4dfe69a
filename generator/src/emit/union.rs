//! Types that are one of several.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::kind;
use crate::docs;
use crate::model::{Member, Schema, Union};

pub(super) fn expand(schema: &Schema, union: &Union) -> TokenStream {
    let name = format_ident!("{}", schema.name);
    let docs = docs::lines(schema.docs.as_deref(), || format!("One of several: `{}`.", schema.name));
    let deprecated = schema.deprecated.then(|| quote!(#[deprecated]));
    let cases = union.members.iter().map(|member| {
        let (variant, ty) = (format_ident!("{}", member.name), expand_member(member));
        let docs = match &member.tags[..] {
            [] => format!(" {}", member.name),
            tags => format!(" {}", tags.iter().map(|tag| format!("`{tag}`")).collect::<Vec<_>>().join(", ")),
        };
        quote!(#[doc = #docs] #variant(#ty))
    });
    let conversions = union.members.iter().map(|member| expand_conversion(&name, member));
    let check = union.constructed.then(|| expand_check(&name, union));
    let by = union.tag.as_ref().map(|tag| quote!(by #tag));
    let members = union.members.iter().map(|member| {
        let (variant, ty) = (format_ident!("{}", member.name), expand_member(member));
        let texts = &member.told_by;
        quote!(#variant(#ty) = [#(#texts),*])
    });
    quote! {
        #docs
        #deprecated
        #[derive(Clone, Debug, PartialEq)]
        #[allow(clippy::large_enum_variant)]
        #[non_exhaustive]
        pub enum #name {
            #(#cases,)*
            /// None of the above, kept as received and written back unchanged.
            Unknown(serde_json::Value),
        }
        #(#conversions)*
        rt::union::union!(#name #by { #(#members),* });
        #check
    }
}

/// The rules are those of what is inside.
fn expand_check(name: &proc_macro2::Ident, union: &Union) -> TokenStream {
    let checked = union.members.iter().filter(|member| member.checked).map(|member| format_ident!("{}", member.name));
    let arms: Vec<_> =
        checked.map(|variant| quote!(Self::#variant(value) => rt::check::Check::check(value, checks),)).collect();
    let (checks, body) = if arms.is_empty() {
        (format_ident!("_checks"), TokenStream::new())
    } else {
        (format_ident!("checks"), quote!(match self { #(#arms)* _ => {} }))
    };
    quote! {
        impl rt::check::Check for #name {
            #[allow(clippy::single_match)]
            fn check(&self, #checks: &mut rt::check::Checks) {
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
