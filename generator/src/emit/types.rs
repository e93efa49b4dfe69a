//! Emits `generated/types/`: the types, by resource.

use std::collections::BTreeMap;
use std::iter;

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::{checks, construct, gate, union};
use crate::docs;
use crate::model::{Api, Enumeration, Home, Schema, Shape};
use crate::parts::{File, Parts};
use crate::refine::Refined;

/// The module in which progenitor puts the error of conversions from strings.
const ERROR: &str = "error";

pub(super) fn expand<'a>(api: &'a Api, refined: &'a Refined) -> impl Iterator<Item = File> + use<'a> {
    let mut modules: BTreeMap<&str, Vec<&Schema>> = BTreeMap::new();
    for schema in &api.schemas {
        modules.entry(schema.home.module()).or_default().push(schema);
    }
    let named = |name: &str, parts| (format!("generated/types/{name}.rs"), parts);
    let root = named("mod", expand_root(api, &modules, refined));
    iter::once(root)
        .chain(modules.into_iter().map(move |(module, schemas)| named(module, expand_module(&schemas, refined))))
}

fn expand_root(api: &Api, modules: &BTreeMap<&str, Vec<&Schema>>, refined: &Refined) -> Parts {
    let gate = |schemas: &[&Schema]| schemas.first().and_then(|schema| gate::of_home(api, &schema.home));
    let names = modules.iter().map(|(module, schemas)| {
        let (gate, module) = (gate(schemas), super::module(&quote!(), module));
        quote!(#gate #module)
    });
    let uses = modules.iter().map(|(module, schemas)| {
        let gate = gate(schemas);
        let module = format_ident!("{module}");
        let names = schemas.iter().map(|schema| format_ident!("{}", schema.name));
        quote!(#gate pub use self::#module::{#(#names),*};)
    });
    let mut parts = Parts::from(quote! {
        //! The types of requests and responses.

        #(#names)*

        #(#uses)*
    });
    if modules.values().flatten().any(|schema| schema.from_text) {
        parts.extend(refined.types.get(ERROR).into_iter().flatten());
    }
    parts
}

fn expand_module(schemas: &[&Schema], refined: &Refined) -> Parts {
    let title = match schemas.first().map(|schema| &schema.home) {
        Some(Home::Resource(module)) => format!(" The objects of {}.", module.replace('_', " ")),
        _ => " The objects that no resource has to itself.".to_owned(),
    };
    let mut parts = Parts::from(quote! {
        #![doc = #title]

        #[allow(unused_imports, clippy::wildcard_imports)]
        use super::*;
        #[allow(unused_imports)]
        use clientsmith_runtime as rt;
    });
    for schema in schemas {
        expand_type(schema, refined, &mut parts);
    }
    parts
}

fn expand_type(schema: &Schema, refined: &Refined, parts: &mut Parts) {
    match &schema.shape {
        Shape::Enumeration(enumeration) => parts.write(expand_enumeration(schema, enumeration)),
        Shape::Union(union) => parts.write(union::expand(schema, union)),
        Shape::Object(_) | Shape::Other(_) => parts.extend(refined.types.get(&schema.name).into_iter().flatten()),
    }
    if schema.sent {
        let is_known = matches!(schema.shape, Shape::Other(Some(_)));
        parts.write(if is_known { checks::expand_newtype(schema) } else { checks::expand_opaque(schema) });
    }
    if schema.encoded {
        parts.write(checks::expand_encode(schema));
    }
    if let Shape::Object(object) = &schema.shape
        && object.constructed
    {
        parts.write(construct::expand(schema, object));
        parts.write(checks::expand(schema, object));
    }
}

fn expand_enumeration(schema: &Schema, enumeration: &Enumeration) -> TokenStream {
    let Enumeration { variants, integers, .. } = enumeration;
    let name = format_ident!("{}", schema.name);
    let docs = docs::lines(schema.docs.as_deref(), || format!("The values of `{}`.", schema.name));
    let deprecated = schema.deprecated.then(|| quote!(#[deprecated]));
    let cases = variants.iter().map(|variant| {
        let name = format_ident!("{}", variant.name);
        let docs = format!(" {}", docs::code(&variant.wire));
        quote!(#[doc = #docs] #name)
    });
    let names = variants.iter().map(|variant| format_ident!("{}", variant.name));
    let wires = variants.iter().map(|variant| expand_wire(&variant.wire, *integers));
    let (unknown, implement) = if *integers {
        (quote!(rt::UnknownInteger), quote!(rt::open_integers!))
    } else {
        (quote!(rt::UnknownValue), quote!(rt::open_enum!))
    };
    quote! {
        #docs
        #deprecated
        #[derive(Clone, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#cases,)*
            /// An unknown value, kept as received and serialized unchanged.
            Unknown(#unknown),
        }
        #implement(#name { #(#names = #wires),* });
    }
}

/// Returns a value as a literal.
fn expand_wire(wire: &str, is_integer: bool) -> TokenStream {
    let number = wire.parse().ok().filter(|_| is_integer).map(Literal::i64_unsuffixed);
    number.map_or_else(|| quote!(#wire), |number| quote!(#number))
}
