//! Refines types: replaces the attributes and fields of objects, and documents the other types.

use std::collections::{BTreeMap, BTreeSet};
use std::mem;

use quote::quote;
use syn::visit::Visit;
use syn::{Attribute, Fields, Item, ItemStruct, Type};

use super::{fields, paths};
use crate::docs;
use crate::model::{Api, Object, Schema, Shape};

type Types = BTreeMap<String, Vec<Item>>;

pub(super) fn refine(items: Vec<Item>, api: &Api) -> Result<Types, String> {
    let mut types = Types::new();
    for mut item in items {
        paths::shorten(&mut item);
        if let Some(name) = owner(&item) {
            types.entry(name).or_default().push(item);
        }
    }
    for schema in &api.schemas {
        match &schema.shape {
            Shape::Object(object) => {
                let items = types.get_mut(&schema.name).ok_or_else(|| missing(&schema.name))?;
                refine_object(items, schema, object)?;
            }
            Shape::Enumeration(_) | Shape::Union(_) => {}
            Shape::Other(_) => {
                let items = types.get_mut(&schema.name).ok_or_else(|| missing(&schema.name))?;
                document(items, schema);
            }
        }
    }
    adopt(&mut types, api);
    Ok(types)
}

/// Moves the types that typify adds for parts of compositions to the first type that uses them.
fn adopt(types: &mut Types, api: &Api) {
    let known: BTreeSet<_> = api.schemas.iter().map(|schema| schema.name.as_str()).collect();
    let (mut orphans, rest): (Types, Types) = mem::take(types)
        .into_iter()
        .partition(|(name, items)| !known.contains(name.as_str()) && items.iter().any(is_type));
    *types = rest;
    if orphans.is_empty() {
        return;
    }
    for schema in &api.schemas {
        let Some(items) = types.get_mut(&schema.name) else { continue };
        let mut named = names(items);
        while let Some(name) = named.pop_first() {
            if let Some(mut orphan) = orphans.remove(&name) {
                named.extend(names(&orphan));
                document_parts(&mut orphan, &schema.name);
                items.extend(orphan);
            }
        }
    }
}

fn is_type(item: &Item) -> bool {
    matches!(item, Item::Struct(_) | Item::Enum(_) | Item::Type(_))
}

/// Returns the names used in items.
fn names(items: &[Item]) -> BTreeSet<String> {
    let mut names = Names::default();
    for item in items {
        names.visit_item(item);
    }
    names.0
}

#[derive(Default)]
struct Names(BTreeSet<String>);

impl Visit<'_> for Names {
    fn visit_ident(&mut self, ident: &proc_macro2::Ident) {
        self.0.insert(ident.to_string());
    }
}

fn missing(name: &str) -> String {
    format!("it made no type `{name}`")
}

/// Returns the type that an item defines or implements.
fn owner(item: &Item) -> Option<String> {
    match item {
        Item::Struct(item) => Some(item.ident.to_string()),
        Item::Enum(item) => Some(item.ident.to_string()),
        Item::Type(item) => Some(item.ident.to_string()),
        Item::Impl(item) => match &*item.self_ty {
            Type::Path(path) => path.path.segments.last().map(|segment| segment.ident.to_string()),
            _ => None,
        },
        Item::Mod(item) => Some(item.ident.to_string()),
        _ => None,
    }
}

fn refine_object(items: &mut [Item], schema: &Schema, object: &Object) -> Result<(), String> {
    for item in items {
        if let Item::Struct(item) = item {
            shape(item, schema);
            item.fields = Fields::Named(fields::refine(&item.fields, object, schema)?);
        }
    }
    Ok(())
}

fn shape(item: &mut ItemStruct, schema: &Schema) {
    item.attrs.retain(|attribute| !is_doc(attribute));
    item.attrs.splice(0..0, heading(schema));
    item.attrs.push(syn::parse_quote!(#[non_exhaustive]));
}

/// Adds docs to a type that is otherwise unchanged, and to its undocumented parts.
fn document(items: &mut [Item], schema: &Schema) {
    describe(items, &heading(schema));
}

/// Adds docs to a type that is a part of another.
fn document_parts(items: &mut [Item], whole: &str) {
    let docs = format!(" A part of [`{whole}`].");
    describe(items, &[syn::parse_quote!(#[doc = #docs])]);
}

fn describe(items: &mut [Item], heading: &[Attribute]) {
    for item in items {
        let attributes = match item {
            Item::Struct(item) => {
                fields::tell_apart(&mut item.fields);
                for field in &mut item.fields {
                    let name = field.ident.as_ref().map_or("value".to_owned(), |name| format!("`{name}` field"));
                    undocumented(&mut field.attrs, &format!("The {name}."));
                    fields::exact(field);
                }
                &mut item.attrs
            }
            Item::Enum(item) => {
                for variant in &mut item.variants {
                    let docs = format!("`{}`", variant.ident);
                    undocumented(&mut variant.attrs, &docs);
                    fields::tell_apart(&mut variant.fields);
                    for field in &mut variant.fields {
                        if field.ident.is_some() {
                            undocumented(&mut field.attrs, "A value of this variant.");
                        }
                        fields::exact(field);
                    }
                }
                &mut item.attrs
            }
            Item::Type(item) => &mut item.attrs,
            _ => continue,
        };
        attributes.retain(|attribute| !is_doc(attribute));
        attributes.splice(0..0, heading.iter().cloned());
    }
}

fn undocumented(attributes: &mut Vec<Attribute>, text: &str) {
    if !attributes.iter().any(is_doc) {
        let text = format!(" {text}");
        attributes.insert(0, syn::parse_quote!(#[doc = #text]));
    }
}

fn heading(schema: &Schema) -> Vec<Attribute> {
    let docs = docs::lines(schema.docs.as_deref(), || format!("The `{}` object.", schema.name));
    let deprecated = schema.deprecated.then(|| quote!(#[deprecated]));
    syn::parse_quote!(#docs #deprecated)
}

fn is_doc(attribute: &Attribute) -> bool {
    attribute.path().is_ident("doc")
}
