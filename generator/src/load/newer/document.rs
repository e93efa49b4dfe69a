//! Converts the objects of OpenAPI 3.1 and 3.2 around schemas.

use serde_yaml::{Mapping, Value as Yaml};

use super::super::lost::Lost;
use super::super::places;
use crate::document::WEBHOOKS;
use crate::source::join;

pub(super) fn whole(document: &mut Yaml, lost: &mut Lost) {
    let Yaml::Mapping(entries) = document else { return };
    entries.insert("openapi".into(), "3.0.3".into());
    entries.entry("paths".into()).or_insert_with(|| Yaml::Mapping(Mapping::new()));
    if let Some(webhooks) = entries.remove("webhooks")
        && !entries.contains_key(WEBHOOKS)
    {
        entries.insert(WEBHOOKS.into(), webhooks);
    }
    without_certificates(document, lost);
}

/// Removes the security schemes by client certificates: the HTTP client has them, and no call adds anything.
fn without_certificates(document: &mut Yaml, lost: &mut Lost) {
    let schemes = document.get_mut("components").and_then(|components| components.get_mut("securitySchemes"));
    let Some(schemes) = schemes.and_then(Yaml::as_mapping_mut) else { return };
    let is_certificate = |scheme: &Yaml| scheme.get("type").and_then(Yaml::as_str) == Some("mutualTLS");
    let names: Vec<_> =
        schemes.iter().filter(|(_, scheme)| is_certificate(scheme)).map(|(name, _)| name.clone()).collect();
    for name in &names {
        schemes.remove(name);
    }
    if names.is_empty() {
        return;
    }
    let first = join("/components/securitySchemes", names[0].as_str().unwrap_or_default());
    lost.at(join(&first, "type"), "mutualTLS", "give the certificate to the HTTP client");
    let items = document.get_mut("paths").and_then(Yaml::as_mapping_mut);
    let items = items.into_iter().flat_map(|items| items.values_mut());
    let operations = items.filter_map(Yaml::as_mapping_mut).flat_map(|item| item.values_mut());
    operations.for_each(|operation| forget_schemes(operation, &names));
    forget_schemes(document, &names);
}

fn forget_schemes(owner: &mut Yaml, names: &[Yaml]) {
    let requirements = owner.get_mut("security").and_then(Yaml::as_sequence_mut);
    for requirement in requirements.into_iter().flatten().filter_map(Yaml::as_mapping_mut) {
        requirement.retain(|name, _| !names.contains(name));
    }
}

pub(super) fn operation(operation: &mut Yaml) {
    without_whole_queries(operation);
    if let Yaml::Mapping(entries) = operation {
        entries.entry("responses".into()).or_insert_with(|| Yaml::Mapping(Mapping::new()));
    }
}

/// Removes parameters that are the whole query.
pub(super) fn without_whole_queries(owner: &mut Yaml) {
    if let Some(parameters) = owner.get_mut("parameters").and_then(Yaml::as_sequence_mut) {
        parameters.retain(|parameter| !is_whole_query(parameter));
    }
}

fn is_whole_query(parameter: &Yaml) -> bool {
    parameter.get("in").and_then(Yaml::as_str) == Some("querystring")
}

pub(super) fn parameter(parameter: &mut Yaml, lost: &mut Lost) {
    let Yaml::Mapping(entries) = parameter else { return };
    if entries.get("style").and_then(Yaml::as_str) == Some("cookie") {
        entries.remove("style");
    }
    if !entries.contains_key("$ref") && !entries.contains_key("schema") && !entries.contains_key("content") {
        entries.insert("schema".into(), Yaml::Mapping(Mapping::new()));
    }
    if is_whole_query(parameter) {
        let place = join(places::recorded(parameter).unwrap_or_default(), "in");
        lost.at(place, "querystring", "set the whole query with `extra_query`");
    }
}

pub(super) fn media_type(media: &mut Yaml, lost: &mut Lost) {
    let Yaml::Mapping(entries) = media else { return };
    let has_items = entries.remove("itemSchema").is_some();
    let place = places::recorded(media).unwrap_or_default().to_owned();
    if has_items {
        lost.at(join(&place, "itemSchema"), "itemSchema", "the body is read as a whole");
    }
    let mut encodings = vec![(place.clone(), &*media)];
    let named = media.get("encoding").and_then(Yaml::as_mapping).into_iter().flatten();
    encodings
        .extend(named.map(|(name, own)| (join(&join(&place, "encoding"), name.as_str().unwrap_or_default()), own)));
    for (index, (place, encoding)) in encodings.into_iter().enumerate() {
        for key in ["encoding", "prefixEncoding", "itemEncoding"] {
            // The first one is the media type itself.
            let is_usual = index == 0 && key == "encoding";
            if !is_usual && encoding.get(key).is_some() {
                lost.at(join(&place, key), key, "parts inside parts have the default encoding");
            }
        }
    }
}

/// Writes the value of an example of OpenAPI 3.2 under its older name.
pub(super) fn example(value: &mut Yaml) {
    let Some(entries) = value.as_mapping_mut() else { return };
    if let Some(data) = entries.shift_remove("dataValue") {
        entries.insert("value".into(), data);
    }
}

/// Describes bodies without a schema: 3.1 omits the schema of a binary body.
pub(super) fn content(owner: &mut Yaml) {
    if let Yaml::Mapping(entries) = owner
        && let Some(Yaml::String(summary)) = entries.remove("summary")
    {
        entries.entry("description".into()).or_insert(summary.into());
    }
    let media = owner.get_mut("content").and_then(Yaml::as_mapping_mut);
    for (name, media) in media.into_iter().flat_map(|media| media.iter_mut()) {
        let (Some(name), Yaml::Mapping(media)) = (name.as_str(), media) else { continue };
        if is_binary(name) && media.get("schema").is_none_or(says_nothing) {
            let binary = [("type", "string"), ("format", "binary")].map(|(key, value)| (key.into(), value.into()));
            media.insert("schema".into(), Yaml::Mapping(binary.into_iter().collect()));
        }
    }
}

/// Whether a schema has no keyword that limits or types its values.
fn says_nothing(schema: &Yaml) -> bool {
    let typing =
        |key: &Yaml| key.as_str().is_none_or(|key| !key.starts_with("x-") && key != "description" && key != "title");
    schema.as_mapping().is_some_and(|entries| !entries.keys().any(typing))
}

/// Whether bodies of a media type are bytes.
fn is_binary(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    let is_text = essence.ends_with("json") || essence.ends_with("xml") || essence.starts_with("text/");
    !is_text && !essence.starts_with("multipart/") && essence != "application/x-www-form-urlencoded" && essence != "*/*"
}
