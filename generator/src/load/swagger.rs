//! Converts documents of Swagger 2.0 to OpenAPI 3.0.

use std::mem;
use std::ptr;

use serde_yaml::{Mapping, Value as Yaml};

use super::grammar::{self, V20, each_object};
use super::lost::Lost;
use crate::document::{METHODS, is_data};

mod bodies;
mod security;
mod values;

/// The sections of definitions in 2.0, and those of components in 3.0.
const SECTIONS: [(&str, &str); 3] =
    [("definitions", "schemas"), ("parameters", "parameters"), ("responses", "responses")];

/// Converts a document in place.
pub(super) fn convert(document: &mut Yaml, lost: &mut Lost) {
    each_object(document, &grammar::SWAGGER, V20, &mut |object, value| {
        if ptr::eq(object, &raw const grammar::SCHEMA) {
            values::schema(value, lost);
        } else if ptr::eq(object, &raw const grammar::SWAGGER_RESPONSE) {
            values::headers(value);
        }
    });
    let Yaml::Mapping(entries) = document else { return };
    entries.remove("swagger");
    entries.insert("openapi".into(), "3.0.3".into());
    let defaults = Defaults {
        consumes: texts(entries.remove("consumes").as_ref()),
        produces: texts(entries.remove("produces").as_ref()),
    };
    servers(entries);
    let shared = components(entries, &defaults, lost);
    let schemes = entries.remove("securityDefinitions");
    if let Some(Yaml::Mapping(schemes)) = schemes {
        let converted = schemes.into_iter().map(|(name, scheme)| (name, security::scheme(scheme)));
        section(entries, "securitySchemes").extend(converted);
    }
    let paths = entries.get_mut("paths").and_then(Yaml::as_mapping_mut);
    for item in paths.into_iter().flat_map(|paths| paths.values_mut()).filter_map(Yaml::as_mapping_mut) {
        path_item(item, &defaults, &shared, lost);
    }
    references(document, "");
}

/// The media types of operations that name none.
struct Defaults {
    consumes: Vec<String>,
    produces: Vec<String>,
}

/// The parameters of the whole document, as they are written.
type Shared = Mapping;

fn texts(list: Option<&Yaml>) -> Vec<String> {
    let list = list.and_then(Yaml::as_sequence).into_iter().flatten();
    list.filter_map(|text| Some(text.as_str()?.to_owned())).collect()
}

/// `schemes`, `host` and `basePath` → `servers`
fn servers(document: &mut Mapping) {
    let schemes = texts(document.remove("schemes").as_ref());
    let host = document.remove("host");
    let base = document.remove("basePath");
    let text = |value: &Option<Yaml>| value.as_ref().and_then(Yaml::as_str).unwrap_or_default().to_owned();
    let (host, base) = (text(&host), text(&base));
    let scheme = schemes.iter().find(|scheme| *scheme == "https").or(schemes.first()).map_or("https", String::as_str);
    let url = match host.as_str() {
        "" if base.is_empty() => return,
        "" => base,
        host => format!("{scheme}://{host}{}", base.trim_end_matches('/')),
    };
    let server = Yaml::Mapping([("url".into(), url.into())].into_iter().collect());
    document.insert("servers".into(), Yaml::Sequence(vec![server]));
}

/// Moves the definitions to the components. Returns the shared parameters, of which bodies cannot be components.
fn components(document: &mut Mapping, defaults: &Defaults, lost: &mut Lost) -> Shared {
    for (old, new) in SECTIONS {
        if let Some(Yaml::Mapping(entries)) = document.remove(old) {
            let moved = mem::take(section(document, new));
            *section(document, new) = entries.into_iter().chain(moved).collect();
        }
    }
    let shared = section(document, "parameters").clone();
    section(document, "parameters").retain(|_, parameter| bodies::place_of(parameter).is_none());
    section(document, "parameters").values_mut().for_each(|parameter| values::parameter(parameter, lost));
    section(document, "responses").values_mut().for_each(|response| bodies::response(response, &defaults.produces));
    shared
}

/// Returns a section of the components.
fn section<'a>(document: &'a mut Mapping, name: &str) -> &'a mut Mapping {
    let entry = |holder: &'a mut Mapping, name: &str| -> &'a mut Mapping {
        let entry = holder.entry(name.into()).or_insert_with(|| Yaml::Mapping(Mapping::new()));
        if !entry.is_mapping() {
            *entry = Yaml::Mapping(Mapping::new());
        }
        match entry {
            Yaml::Mapping(entries) => entries,
            _ => unreachable!("a mapping was just written"),
        }
    };
    entry(entry(document, "components"), name)
}

fn path_item(item: &mut Mapping, defaults: &Defaults, shared: &Shared, lost: &mut Lost) {
    let of_item = parameters(item, shared);
    let (bodies_of_item, rest): (Vec<_>, Vec<_>) = of_item.into_iter().partition(|one| bodies::place_of(one).is_some());
    for method in METHODS {
        let Some(Yaml::Mapping(operation)) = item.get_mut(method) else { continue };
        let own = parameters(operation, shared);
        let (mut own_bodies, mut own): (Vec<_>, Vec<_>) =
            own.into_iter().partition(|one| bodies::place_of(one).is_some());
        if own_bodies.is_empty() {
            own_bodies.clone_from(&bodies_of_item);
        }
        for parameter in &mut own {
            values::parameter(parameter, lost);
        }
        if !own.is_empty() {
            operation.insert("parameters".into(), Yaml::Sequence(own));
        }
        let consumes = own_list(operation, "consumes", &defaults.consumes);
        let produces = own_list(operation, "produces", &defaults.produces);
        operation.remove("schemes");
        if let Some(body) = bodies::request(own_bodies, &consumes) {
            operation.insert("requestBody".into(), body);
        }
        let responses = operation.get_mut("responses").and_then(Yaml::as_mapping_mut);
        for (_, response) in responses.into_iter().flatten() {
            bodies::response(response, &produces);
        }
    }
    let mut rest = rest;
    for parameter in &mut rest {
        values::parameter(parameter, lost);
    }
    if !rest.is_empty() {
        item.insert("parameters".into(), Yaml::Sequence(rest));
    }
}

fn own_list(operation: &mut Mapping, key: &str, default: &[String]) -> Vec<String> {
    let is_set = operation.contains_key(key);
    let own = texts(operation.remove(key).as_ref());
    if is_set { own } else { default.to_vec() }
}

/// Takes the parameters of an operation or path. A reference to a body becomes its target.
fn parameters(owner: &mut Mapping, shared: &Shared) -> Vec<Yaml> {
    let Some(Yaml::Sequence(parameters)) = owner.remove("parameters") else { return Vec::new() };
    let written_out = parameters.into_iter().map(|parameter| {
        let target = parameter.get("$ref").and_then(Yaml::as_str).and_then(|target| {
            let name = target.strip_prefix("#/parameters/").or(target.strip_prefix("#/components/parameters/"))?;
            shared.get(name)
        });
        target.filter(|target| bodies::place_of(target).is_some()).cloned().unwrap_or(parameter)
    });
    written_out.collect()
}

/// Rewrites references to definitions, in an object that is the value of `parent`.
fn references(value: &mut Yaml, parent: &str) {
    match value {
        Yaml::Mapping(entries) => {
            if let Some(Yaml::String(target)) = entries.get_mut("$ref")
                && let Some(moved) = component(target)
            {
                *target = moved;
            }
            for (key, child) in entries.iter_mut() {
                let Some(key) = key.as_str() else { continue };
                if !is_data(parent, key) {
                    references(child, key);
                }
            }
        }
        Yaml::Sequence(items) => items.iter_mut().for_each(|item| references(item, "")),
        _ => {}
    }
}

/// `#/definitions/A` → `#/components/schemas/A`
fn component(target: &str) -> Option<String> {
    SECTIONS.iter().find_map(|(old, new)| {
        let name = target.strip_prefix("#/")?.strip_prefix(old)?.strip_prefix('/')?;
        Some(format!("#/components/{new}/{name}"))
    })
}
