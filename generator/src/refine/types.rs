//! The types: ours replace the ones we make better, the rest get docs, order and attributes.

use std::collections::BTreeMap;

use quote::quote;
use syn::{Attribute, Fields, Item, ItemStruct, Type};

use super::client::is_doc;
use super::{fields, paths};
use crate::docs;
use crate::model::{Api, Home, Object, Schema, Shape};

pub(super) fn refine(items: Vec<Item>, api: &Api) -> Result<BTreeMap<String, Vec<Item>>, String> {
    let mut types: BTreeMap<String, Vec<Item>> = BTreeMap::new();
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
            Shape::Enumeration(_) => {}
            Shape::Other => {
                let items = types.get_mut(&schema.name).ok_or_else(|| missing(&schema.name))?;
                document(items, schema);
            }
        }
    }
    Ok(types)
}

fn missing(name: &str) -> String {
    format!("it made no type `{name}`")
}

/// The type that an item defines or implements something for.
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
    if schema.home == Home::Raw {
        item.vis = syn::parse_quote!(pub(crate));
        item.attrs.retain(|attribute| !attribute.path().is_ident("derive"));
        item.attrs.push(syn::parse_quote!(#[derive(serde::Deserialize)]));
    } else {
        item.attrs.push(syn::parse_quote!(#[non_exhaustive]));
    }
}

fn document(items: &mut [Item], schema: &Schema) {
    for item in items {
        let attributes = match item {
            Item::Struct(item) => &mut item.attrs,
            Item::Enum(item) => &mut item.attrs,
            Item::Type(item) => &mut item.attrs,
            _ => continue,
        };
        attributes.retain(|attribute| !is_doc(attribute));
        attributes.splice(0..0, heading(schema));
    }
}

fn heading(schema: &Schema) -> Vec<Attribute> {
    let docs = docs::lines(schema.docs.as_deref(), || format!("The `{}` object.", schema.name));
    let deprecated = schema.deprecated.then(|| quote!(#[deprecated]));
    syn::parse_quote!(#docs #deprecated)
}
