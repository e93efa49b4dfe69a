//! Proposes how to send the key, if the document has no security scheme for it.

use indexmap::IndexMap;
use openapiv3::{OpenAPI, ReferenceOr};
use serde_json::Value;

use super::Setting;
use super::names::{parameters, plain, quoted};
use crate::document::{operations, resolve, schema_of};
use crate::idempotency;
use crate::kind::enumeration;
use crate::security::{self, Auth};

/// Plain names of query parameters with a key.
const QUERY_KEYS: [&str; 6] = ["apikey", "accesstoken", "apitoken", "authtoken", "appid", "key"];

/// Proposes settings from the document before normalisation, which removes parameters with keys.
pub(super) fn propose(openapi: &OpenAPI) -> Vec<Setting> {
    let mut settings = vec![key(openapi)];
    settings.extend(idempotency_header(openapi));
    settings.extend(versions(openapi));
    settings
}

fn key(openapi: &OpenAPI) -> Setting {
    match security::auth(openapi, "KEY") {
        Auth::None => {}
        Auth::Basic if accepts_bearer(openapi) => {
            let reason = "Operations accept a user name with a password, or a bearer token.";
            return Setting::sure(reason, "auth = \"bearer\"\n");
        }
        auth => return Setting::sure(format!("The document sends the API key {auth}."), ""),
    }
    let declared = openapi.components.iter().flat_map(|components| components.security_schemes.keys());
    let declared: Vec<_> = declared.filter_map(|name| Some((name, security::auth_of(openapi, name)?))).collect();
    if let [(name, auth)] = &declared[..]
        && let Some(value) = value(auth)
    {
        let reason = format!("The document declares the scheme `{name}`, but no operation requires it.");
        return Setting::sure(reason, format!("auth = {value}\n"));
    }
    if let Some((header, is_common)) = key_header(openapi) {
        let value = if header.eq_ignore_ascii_case("authorization") {
            "\"bearer\"".to_owned()
        } else {
            format!("{{ header = {} }}", quoted(&header))
        };
        let reason = format!("The document declares no scheme; operations have the header `{header}`.");
        let is_sure = is_common && !header.eq_ignore_ascii_case("authorization");
        return Setting { is_sure, reason, toml: format!("auth = {value}\n") };
    }
    if let Some(name) = common(openapi, |name| QUERY_KEYS.contains(&plain(name).as_str())) {
        let reason = format!("The document declares no scheme; operations have the query parameter `{name}`.");
        return Setting::sure(reason, format!("auth = {{ query = {} }}\n", quoted(&name)));
    }
    let text = openapi.info.description.as_deref().unwrap_or_default().to_lowercase();
    if text.contains("bearer") || text.contains("authorization:") {
        let reason = "The document declares no scheme; its description mentions a header with a token.";
        return Setting::unsure(reason, "auth = \"bearer\"\n");
    }
    let rejects = operations(openapi)
        .any(|endpoint| endpoint.operation.responses.responses.contains_key(&openapiv3::StatusCode::Code(401)));
    let reason = if rejects {
        "The document declares no scheme, but operations respond with 401."
    } else {
        "The document declares no authentication. If the API needs a key:"
    };
    Setting::unsure(reason, "auth = \"bearer\"\n")
}

/// Whether a requirement of the document is a bearer token alone.
fn accepts_bearer(openapi: &OpenAPI) -> bool {
    let is_bearer = |name: &str| security::auth_of(openapi, name) == Some(Auth::Bearer);
    let global = openapi.security.iter().flatten();
    let own = operations(openapi).filter_map(|endpoint| endpoint.operation.security.as_ref()).flatten();
    global.chain(own).any(|requirement| requirement.len() == 1 && requirement.keys().all(|name| is_bearer(name)))
}

/// Returns the value of `auth`.
fn value(auth: &Auth) -> Option<String> {
    Some(match auth {
        Auth::Bearer => "\"bearer\"".to_owned(),
        Auth::Basic => "\"basic\"".to_owned(),
        Auth::Header(name) => format!("{{ header = {} }}", quoted(name)),
        Auth::Query(name) => format!("{{ query = {} }}", quoted(name)),
        Auth::Cookie(name) => format!("{{ cookie = {} }}", quoted(name)),
        Auth::Together(_) | Auth::None => return None,
    })
}

/// Returns the most frequent header with a key, and whether at least half of the operations have it.
fn key_header(openapi: &OpenAPI) -> Option<(String, bool)> {
    let is_key = |name: &str| {
        let plain = plain(name);
        let is_token = plain.contains("token") && !plain.contains("csrf") && !plain.contains("xsrf");
        plain == "authorization" || plain.contains("apikey") || plain.contains("accesskey") || is_token
    };
    let mut counts: IndexMap<&str, usize> = IndexMap::new();
    for endpoint in operations(openapi) {
        for header in parameters(openapi, &endpoint, true).filter(|header| is_key(&header.name)) {
            *counts.entry(header.name.as_str()).or_default() += 1;
        }
    }
    let all = operations(openapi).count();
    let (name, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    Some((name.to_owned(), count * 2 >= all))
}

/// Returns the query parameter of this kind that at least half of the operations have.
fn common(openapi: &OpenAPI, is_wanted: impl Fn(&str) -> bool) -> Option<String> {
    let mut counts: IndexMap<&str, usize> = IndexMap::new();
    for endpoint in operations(openapi) {
        for data in parameters(openapi, &endpoint, false).filter(|data| is_wanted(&data.name)) {
            *counts.entry(data.name.as_str()).or_default() += 1;
        }
    }
    let all = operations(openapi).count();
    let (name, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
    (count * 2 >= all).then(|| name.to_owned())
}

/// Proposes a header with an idempotency key that has an unusual name.
fn idempotency_header(openapi: &OpenAPI) -> Option<Setting> {
    let config = crate::config::Config::default();
    let posts = operations(openapi).filter(|endpoint| endpoint.method == "post");
    let name = posts
        .flat_map(|endpoint| parameters(openapi, &endpoint, true))
        .map(|data| &data.name)
        .find(|name| plain(name).contains("idempoten") && !idempotency::is_key(&config, name))?;
    let reason = format!("Creates have the header `{name}`: the client sends a key with each, and retries them.");
    Some(Setting::sure(reason, format!("[idempotency]\nheader = {}\n", quoted(name))))
}

/// Proposes headers that most operations require, such as the version of the API.
fn versions(openapi: &OpenAPI) -> Option<Setting> {
    let all = operations(openapi).count();
    let mut found: IndexMap<&str, (usize, Option<String>)> = IndexMap::new();
    for endpoint in operations(openapi) {
        for data in parameters(openapi, &endpoint, true).filter(|data| plain(&data.name).contains("version")) {
            let entry = found.entry(data.name.as_str()).or_insert_with(|| (0, only_value(openapi, data)));
            entry.0 += 1;
        }
    }
    let (name, (_, value)) = found.into_iter().find(|(_, (count, _))| count * 2 > all)?;
    let reason = format!("Most operations have the header `{name}`: the client sends it with each request.");
    let toml = |value: &str| format!("[headers]\n{} = {}\n", quoted(name), quoted(value));
    Some(match value {
        Some(value) => Setting::sure(reason, toml(&value)),
        None => Setting::unsure(reason, toml("VERSION")),
    })
}

/// Returns the default, the only allowed value, or the example of a parameter.
fn only_value(openapi: &OpenAPI, data: &openapiv3::ParameterData) -> Option<String> {
    let text = |value: &Value| value.as_str().map(str::to_owned);
    let schema = schema_of(data).and_then(|schema| resolve(openapi, schema));
    let known = schema.and_then(enumeration);
    let only = known.filter(|known| known.texts.len() == 1).and_then(|known| known.texts.into_iter().next());
    let data_of = schema.map(|schema| &schema.schema_data);
    let default = data_of.and_then(|data| data.default.as_ref()).and_then(text);
    let example = data.example.as_ref().or_else(|| data_of?.example.as_ref()).and_then(text);
    let first = data.examples.values().find_map(ReferenceOr::as_item).and_then(|example| example.value.as_ref());
    default.or(only).or(example).or_else(|| first.and_then(text))
}
