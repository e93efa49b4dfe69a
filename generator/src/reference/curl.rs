//! Writes the example of an operation as a curl command.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use crate::kind::Kind;
use crate::load::Yaml;
use crate::media::Media;
use crate::model::{Api, Auth, Encoding, Field, Location, Operation, Shape, Style};
use crate::servers;

/// The characters to escape in a URL.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Returns the command. Returns `None` for multipart and binary bodies and for path styles, whose command would
/// differ too much from the documentation.
pub(super) fn command(api: &Api, operation: &Operation) -> Option<String> {
    let example = operation.example.as_ref()?;
    let mut path = operation.path.clone();
    let mut query = Vec::new();
    let mut headers: Vec<_> = api.policy.headers.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    for (index, value) in &example.parameters {
        let parameter = operation.parameters.get(*index)?;
        let Encoding::Styled { style, explode } = parameter.encoding else { return None };
        let name = parameter.wire.as_str();
        match (parameter.location, style) {
            (Location::Path, Style::Simple) => path = path.replace(&format!("{{{name}}}"), &escaped(&text(value)?)),
            (Location::Query, Style::Form) => match texts(value) {
                Some(several) if explode => query.extend(several.into_iter().map(|text| (name, text))),
                Some(several) => query.push((name, several.join(","))),
                None => query.push((name, text(value)?)),
            },
            (Location::Query, Style::SpaceDelimited) => query.push((name, texts(value)?.join(" "))),
            (Location::Query, Style::PipeDelimited) => query.push((name, texts(value)?.join("|"))),
            (Location::Header, _) => headers.push(format!("{name}: {}", text(value)?)),
            _ => return None,
        }
    }
    let key = format!("${}", api.policy.api_key_variable);
    let mut words = vec!["curl".to_owned()];
    if operation.verb != "GET" {
        words.push(format!("--request {}", operation.verb));
    }
    let mut pairs: Vec<_> = query.iter().map(|(name, value)| format!("{}={}", escaped(name), escaped(value))).collect();
    if !operation.unauthenticated {
        authorize(&api.policy.auth, &key, &mut words, &mut pairs);
    }
    words.extend(headers.iter().map(|header| format!("--header {}", quoted(header))));
    if let (Some(body), Some(value)) = (&operation.body, &example.body) {
        if body.media != Media::Json {
            return None;
        }
        let media_type = &body.media_type;
        words.push(format!("--header {}", quoted(&format!("Content-Type: {media_type}"))));
        words.push(format!(
            "--data {}",
            quoted(&serde_json::to_string_pretty(&ordered(api, Some(&body.kind), value)).ok()?)
        ));
    }
    let own = operation.server.as_ref().map(|server| servers::full_url(&api.policy.base_url, server));
    let base = own.as_ref().unwrap_or(&api.policy.base_url).trim_end_matches('/');
    let separator = if pairs.is_empty() { "" } else { "?" };
    // In double quotes, because the key may be a variable in the URL; no other character has a meaning in a shell.
    words.insert(1, format!("\"{base}{path}{separator}{}\"", pairs.join("&")));
    Some(words.join(" \\\n  ").replacen(" \\\n  ", " ", 1))
}

/// Returns a body with its fields in the order of the document.
fn ordered(api: &Api, kind: Option<&Kind>, value: &Value) -> Yaml {
    let kind = kind.map(Kind::present);
    match (value, kind) {
        (Value::Array(items), Some(Kind::List(item))) => items.iter().map(|it| ordered(api, Some(item), it)).collect(),
        (Value::Object(entries), kind) => {
            let fields = kind.and_then(|kind| fields_of(api, kind)).unwrap_or_default();
            let place = |name: &str| fields.iter().position(|field| field.wire == name).unwrap_or(fields.len());
            let mut names: Vec<_> = entries.iter().collect();
            names.sort_by_key(|(name, _)| place(name));
            let entries = names.into_iter().map(|(name, value)| {
                let kind = fields.get(place(name)).map(|field| &field.kind);
                (Yaml::from(name.as_str()), ordered(api, kind, value))
            });
            Yaml::Mapping(entries.collect())
        }
        (value, _) => serde_yaml::to_value(value).unwrap_or_default(),
    }
}

fn fields_of<'a>(api: &'a Api, kind: &Kind) -> Option<&'a [Field]> {
    let Kind::Named(name) = kind else { return None };
    match &api.schemas.iter().find(|schema| schema.name == *name)?.shape {
        Shape::Object(object) => Some(&object.fields),
        _ => None,
    }
}

/// Adds the key, or each of several.
fn authorize(auth: &Auth, key: &str, words: &mut Vec<String>, pairs: &mut Vec<String>) {
    match auth {
        Auth::Bearer => words.push(format!("--header \"Authorization: Bearer {key}\"")),
        Auth::Basic => words.push(format!("--user \"{key}\"")),
        Auth::Header(name) => words.push(format!("--header \"{name}: {key}\"")),
        Auth::Cookie(name) => words.push(format!("--cookie \"{name}={key}\"")),
        Auth::Query(name) => pairs.push(format!("{}={key}", escaped(name))),
        Auth::Together(parts) => {
            for part in parts {
                authorize(&part.auth, &format!("${}", part.variable), words, pairs);
            }
        }
        Auth::None => {}
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        _ => None,
    }
}

fn texts(value: &Value) -> Option<Vec<String>> {
    value.as_array()?.iter().map(text).collect()
}

fn escaped(text: &str) -> String {
    utf8_percent_encode(text, ESCAPED).to_string()
}

/// Quotes a string as one word for a shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}
