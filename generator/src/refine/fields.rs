//! Refines the fields of a type: document order, names, docs and serde attributes.

use std::collections::HashMap;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::token::{Brace, Pub};
use syn::visit::{self, Visit};
use syn::{Field as SynField, Fields, FieldsNamed, Type, Visibility};

use crate::docs;
use crate::model::{Field, Object, Presence, Schema};
use crate::naming::unused;

/// The types that serde alone would not keep exact: amounts and times.
const EXACT: [[&str; 2]; 2] = [["rust_decimal", "Decimal"], ["jiff", "Timestamp"]];

pub(super) fn refine(made: &Fields, object: &Object, schema: &Schema) -> Result<FieldsNamed, String> {
    let made: HashMap<String, &SynField> = made.iter().map(|made| (wire_name(made), made)).collect();
    let fields = object
        .fields
        .iter()
        .map(|field| {
            let made = made
                .get(&field.wire)
                .ok_or_else(|| format!("it made no field `{}` in `{}`", field.wire, schema.name))?;
            Ok(refine_field(made, field))
        })
        .collect::<Result<Vec<_>, String>>()?;
    let extra = object.extra.as_ref().map(|name| extra(&format_ident!("{name}")));
    Ok(FieldsNamed { brace_token: Brace::default(), named: fields.into_iter().chain(extra).collect() })
}

/// Adds the serde attribute that keeps a field exact, if the field needs it.
pub(super) fn exact(field: &mut SynField) {
    if holds_exact(&field.ty) {
        let default = argument_of(&field.ty, "Option").map(|_| quote!(default,));
        field.attrs.push(syn::parse_quote!(#[serde(#default with = "clientsmith_runtime::exact")]));
    }
}

/// Renames fields whose JSON names only differ in symbols.
pub(super) fn tell_apart(fields: &mut Fields) {
    let mut taken: Vec<String> = Vec::new();
    for field in fields {
        let Some(old) = field.ident.as_ref().map(ToString::to_string) else { continue };
        let name = unused(old.clone(), &taken.iter().map(String::as_str).collect::<Vec<_>>());
        if name != old {
            let wire = wire_name(field);
            if wire == old {
                field.attrs.push(syn::parse_quote!(#[serde(rename = #wire)]));
            }
            field.ident = Some(format_ident!("{name}"));
        }
        taken.push(name);
    }
}

/// Returns the JSON name: that of a rename, or of the field itself.
fn wire_name(field: &SynField) -> String {
    let mut name = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
    for attribute in field.attrs.iter().filter(|attribute| attribute.path().is_ident("serde")) {
        // Other entries of the attribute are skipped.
        let _ = attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("rename") {
                name = meta.value()?.parse::<syn::LitStr>()?.value();
            } else if meta.input.peek(syn::Token![=]) {
                meta.value()?.parse::<syn::Expr>()?;
            }
            Ok(())
        });
    }
    name
}

fn refine_field(made: &SynField, field: &Field) -> SynField {
    let docs = docs::value(
        field.docs.as_deref(),
        || format!("The {} field.", docs::code(&field.wire)),
        &field.rules,
        field.default.as_deref(),
    );
    let deprecated = field.deprecated.then(|| quote!(#[deprecated]));
    let serde = serde(field);
    let (value, optional) = value_type(&made.ty);
    let value: Type = if field.boxed { syn::parse_quote!(Box<#value>) } else { value.clone() };
    SynField {
        attrs: syn::parse_quote!(#docs #deprecated #serde),
        vis: Visibility::Public(Pub::default()),
        ident: Some(format_ident!("{}", field.name)),
        ty: match field.presence {
            Presence::Required if !optional => value,
            Presence::Required | Presence::RequiredNullable | Presence::Optional => syn::parse_quote!(Option<#value>),
            Presence::OptionalNullable => syn::parse_quote!(Option<clientsmith_runtime::Nullable<#value>>),
        },
        ..made.clone()
    }
}

fn serde(field: &Field) -> Option<TokenStream> {
    let mut options = Vec::new();
    if field.name != field.wire {
        let wire = &field.wire;
        options.push(quote!(rename = #wire));
    }
    if matches!(field.presence, Presence::Optional | Presence::OptionalNullable) {
        options.push(quote!(default));
        options.push(quote!(skip_serializing_if = "Option::is_none"));
    }
    match (field.presence, field.kind.is_exact()) {
        (Presence::OptionalNullable, true) => options.push(quote!(with = "clientsmith_runtime::nullable::exact")),
        (Presence::OptionalNullable, false) => options.push(quote!(with = "clientsmith_runtime::nullable")),
        (_, true) => options.push(quote!(with = "clientsmith_runtime::exact")),
        (_, false) => {}
    }
    (!options.is_empty()).then(|| quote!(#[serde(#(#options),*)]))
}

/// Returns the type of a value without options and boxes, and whether there was an option. typify boxes one field of
/// a recursive type, inside or outside the option; the model decides which fields to box.
fn value_type(made: &Type) -> (&Type, bool) {
    let (mut value, mut optional) = (made, false);
    loop {
        if let Some(inner) = argument_of(value, "Option") {
            (value, optional) = (inner, true);
        } else if let Some(inner) = argument_of(value, "Box") {
            value = inner;
        } else {
            return (value, optional);
        }
    }
}

/// Whether a type is or contains an amount or time.
fn holds_exact(ty: &Type) -> bool {
    struct Found(bool);
    impl<'ast> Visit<'ast> for Found {
        fn visit_path(&mut self, path: &'ast syn::Path) {
            self.0 |= EXACT.iter().any(|exact| path.segments.iter().map(|segment| &segment.ident).eq(exact));
            visit::visit_path(self, path);
        }
    }
    let mut found = Found(false);
    found.visit_type(ty);
    found.0
}

/// Returns the type argument of a generic type with this name.
fn argument_of<'a>(ty: &'a Type, name: &str) -> Option<&'a Type> {
    let Type::Path(path) = ty else { return None };
    let segment = path.path.segments.last().filter(|segment| segment.ident == name)?;
    let syn::PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
    arguments.args.first().and_then(|argument| match argument {
        syn::GenericArgument::Type(inner) => Some(inner),
        _ => None,
    })
}

fn extra(name: &syn::Ident) -> SynField {
    syn::parse_quote!(
        #[doc = " Undocumented fields, kept as received and serialized unchanged."]
        #[serde(flatten)]
        pub #name: serde_json::Map<String, serde_json::Value>
    )
}
