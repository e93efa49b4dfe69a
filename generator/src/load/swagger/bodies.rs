//! Converts the bodies of requests and responses of Swagger 2.0.

use serde_yaml::{Mapping, Value as Yaml};

use super::super::places;
use super::values;
use crate::origin::PLACE;

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data";

/// Returns `body` or `formData` if a parameter is a part of the body.
pub(super) fn place_of(parameter: &Yaml) -> Option<&str> {
    parameter.get("in").and_then(Yaml::as_str).filter(|place| matches!(*place, "body" | "formData"))
}

/// Returns the request body of these parameters.
pub(super) fn request(parameters: Vec<Yaml>, consumes: &[String]) -> Option<Yaml> {
    let (fields, bodies): (Vec<_>, Vec<_>) = parameters.into_iter().partition(|one| place_of(one) == Some("formData"));
    match bodies.into_iter().next() {
        Some(body) => Some(json(body, consumes)),
        None if fields.is_empty() => None,
        None => Some(form(fields, consumes)),
    }
}

fn json(body: Yaml, consumes: &[String]) -> Yaml {
    let Yaml::Mapping(mut body) = body else { return body };
    let schema = body.remove("schema").unwrap_or_else(|| Yaml::Mapping(Mapping::new()));
    let types: Vec<_> = if consumes.is_empty() { vec![JSON.to_owned()] } else { consumes.to_vec() };
    let content = types.into_iter().map(|name| (Yaml::from(name), media(schema.clone(), None))).collect();
    for key in ["name", "in", "type", "format"] {
        body.remove(key);
    }
    body.insert("content".into(), Yaml::Mapping(content));
    Yaml::Mapping(body)
}

fn media(schema: Yaml, example: Option<Yaml>) -> Yaml {
    let example = example.map(|example| ("example".into(), example));
    Yaml::Mapping([("schema".into(), schema)].into_iter().chain(example).collect())
}

/// Returns a body with one property for each field of a form.
fn form(fields: Vec<Yaml>, consumes: &[String]) -> Yaml {
    let has_file = fields.iter().any(|field| field.get("type").and_then(Yaml::as_str) == Some("file"));
    let known: Vec<_> = consumes.iter().filter(|name| matches!(name.as_str(), FORM | MULTIPART)).cloned().collect();
    let types = match known {
        _ if has_file => vec![MULTIPART.to_owned()],
        known if known.is_empty() => vec![FORM.to_owned()],
        known => known,
    };
    let place = fields.first().and_then(places::recorded).map(str::to_owned);
    let (mut properties, mut required, mut encoding) = (Mapping::new(), Vec::new(), Mapping::new());
    for mut field in fields {
        let format = field.get("collectionFormat").and_then(Yaml::as_str).map(str::to_owned);
        let Yaml::Mapping(entries) = &mut field else { continue };
        let Some(name) = entries.remove("name") else { continue };
        if entries.remove("required").and_then(|required| required.as_bool()) == Some(true) {
            required.push(name.clone());
        }
        let mut schema = values::of_schema(entries);
        schema.extend(
            ["description", "x-example", PLACE]
                .into_iter()
                .filter_map(|key| Some((Yaml::from(key), entries.remove(key)?))),
        );
        if schema.get("type").and_then(Yaml::as_str) == Some("array") {
            let explode = format.as_deref() == Some("multi");
            let style = match format.as_deref() {
                Some("ssv") => "spaceDelimited",
                Some("pipes") => "pipeDelimited",
                _ => "form",
            };
            let entry = [("style".into(), style.into()), ("explode".into(), explode.into())];
            encoding.insert(name.clone(), Yaml::Mapping(entry.into_iter().collect()));
        }
        properties.insert(name, Yaml::Mapping(schema));
    }
    let is_required = !required.is_empty();
    let mut schema: Mapping =
        [("type".into(), "object".into()), ("properties".into(), Yaml::Mapping(properties))].into_iter().collect();
    if is_required {
        schema.insert("required".into(), Yaml::Sequence(required));
    }
    schema.extend(place.clone().map(|place| (PLACE.into(), place.into())));
    let content = types.into_iter().map(|name| {
        let mut media = media(Yaml::Mapping(schema.clone()), None);
        if name == FORM
            && !encoding.is_empty()
            && let Yaml::Mapping(media) = &mut media
        {
            media.insert("encoding".into(), Yaml::Mapping(encoding.clone()));
        }
        (Yaml::from(name), media)
    });
    let mut body: Mapping = [("content".into(), Yaml::Mapping(content.collect()))].into_iter().collect();
    body.insert("required".into(), is_required.into());
    body.extend(place.map(|place| (PLACE.into(), place.into())));
    Yaml::Mapping(body)
}

/// Moves the schema and the examples of a response into its content.
pub(super) fn response(response: &mut Yaml, produces: &[String]) {
    let Yaml::Mapping(entries) = response else { return };
    let examples = entries.remove("examples");
    let Some(schema) = entries.remove("schema") else { return };
    let is_binary = schema.get("format").and_then(Yaml::as_str) == Some("binary");
    let types: Vec<_> = match produces {
        [] if is_binary => vec!["application/octet-stream".to_owned()],
        [] => vec![JSON.to_owned()],
        // A file is no JSON, whatever the whole document produces.
        types if is_binary && types.iter().all(|name| name.contains("json")) => {
            vec!["application/octet-stream".to_owned()]
        }
        types => types.to_vec(),
    };
    let content = types.into_iter().map(|name| {
        let example = examples.as_ref().and_then(|examples| examples.get(&name)).cloned();
        (Yaml::from(name), media(schema.clone(), example))
    });
    entries.insert("content".into(), Yaml::Mapping(content.collect()));
}
