//! Turns Encoding Objects into the encoding of form properties and the parts of a body.

use openapiv3::{Encoding as OpenApiEncoding, MediaType, ObjectType, QueryStyle};

use super::context::Context;
use super::field_names::field_names;
use crate::config::{DeepObjectLists, NestedInForms, Rename, Styles};
use crate::kind::{Kind, kind_of};
use crate::media::{Media, media};
use crate::model::{Encoding, Part, PartHeader, PropertyEncoding, Style};
use crate::normalise::parts::{header_property, headers};

/// Returns the properties of a body that are not encoded in the default way.
pub(super) fn encodings(
    context: &Context<'_>,
    written: &Media,
    media_type: &MediaType,
    object: &ObjectType,
) -> Vec<PropertyEncoding> {
    let properties = object.properties.iter().filter_map(|(name, property)| {
        let encoding = media_type.encoding.get(name);
        match written {
            Media::Form => form(context, name, &kind_of(&property.clone().unbox()), encoding),
            Media::Multipart => Some(PropertyEncoding {
                media_type: Some(encoding?.content_type.clone()?),
                ..PropertyEncoding::usual(name.clone())
            }),
            _ => None,
        }
    });
    properties.collect()
}

fn form(
    context: &Context<'_>,
    name: &str,
    kind: &Kind,
    encoding: Option<&OpenApiEncoding>,
) -> Option<PropertyEncoding> {
    let styles = context.config.styles;
    let usual = PropertyEncoding::usual(name.to_owned());
    let encoding = match encoding {
        Some(encoding) => encoding,
        None if styles.nested_in_forms == NestedInForms::DeepObject && is_nested(context, kind) => {
            return Some(PropertyEncoding {
                encoding: Encoding::Styled { style: deep_object(styles), explode: true },
                ..usual
            });
        }
        None => return None,
    };
    let is_json = encoding.content_type.as_deref().is_some_and(|name| media(name) == Media::Json);
    let written = match &encoding.style {
        None if is_json => Encoding::Json,
        style => Encoding::Styled { style: query_style(styles, style.as_ref()), explode: encoding.explode },
    };
    let described = PropertyEncoding { encoding: written, allow_reserved: encoding.allow_reserved, ..usual };
    (!described.is_usual()).then_some(described)
}

/// Returns the style of a list or an object in a query or form.
pub(super) fn query_style(styles: Styles, style: Option<&QueryStyle>) -> Style {
    match style {
        Some(QueryStyle::SpaceDelimited) => Style::SpaceDelimited,
        Some(QueryStyle::PipeDelimited) => Style::PipeDelimited,
        Some(QueryStyle::DeepObject) => deep_object(styles),
        Some(QueryStyle::Form) | None => Style::Form,
    }
}

fn deep_object(styles: Styles) -> Style {
    match styles.deep_object_lists {
        DeepObjectLists::Brackets => Style::DeepObject,
        DeepObjectLists::Indices => Style::DeepObjectIndices,
        DeepObjectLists::Repeated => Style::DeepObjectRepeated,
    }
}

/// Whether an object or list contains objects, which the style `form` cannot encode.
fn is_nested(context: &Context<'_>, kind: &Kind) -> bool {
    match kind {
        Kind::List(item) | Kind::Map(item) => has_fields(context, item),
        Kind::Named(name) => context.object(name).is_some_and(|object| {
            object.properties.values().any(|property| match kind_of(&property.clone().unbox()) {
                Kind::List(item) => has_fields(context, &item),
                kind => has_fields(context, &kind),
            })
        }),
        _ => false,
    }
}

fn has_fields(context: &Context<'_>, kind: &Kind) -> bool {
    match kind {
        Kind::Map(_) | Kind::JsonObject => true,
        Kind::Named(name) => context.object(name).is_some(),
        _ => false,
    }
}

/// Returns the parts of a body, in the order of its properties.
pub(super) fn parts(rename: &Rename, holder: &str, media_type: &MediaType, object: &ObjectType) -> Vec<Part> {
    let names: Vec<(&String, String)> = object.properties.keys().zip(field_names(rename, holder, object)).collect();
    let field = |wire: &str| names.iter().find(|(name, _)| *name == wire).map(|(_, field)| field.clone());
    let part_headers = |part: &str| -> Vec<PartHeader> {
        let encoding = media_type.encoding.get(part);
        let found = encoding.into_iter().flat_map(headers).filter_map(|(name, _)| {
            let property = header_property(part, name);
            Some(PartHeader { wire: name.clone(), field: field(&property)?, property })
        });
        found.collect()
    };
    let all: Vec<_> = names
        .iter()
        .map(|(wire, field)| Part { wire: (*wire).clone(), field: field.clone(), headers: part_headers(wire) })
        .collect();
    let of_headers: Vec<String> =
        all.iter().flat_map(|part| &part.headers).map(|header| header.property.clone()).collect();
    all.into_iter().filter(|part| !of_headers.contains(&part.wire)).collect()
}
