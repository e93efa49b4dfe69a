//! Turns security schemes into the authentication of the client, and finds unauthenticated operations.
//!
//! A client has the keys of one requirement. It is the one that covers most operations, then the one with the fewest
//! keys, then the first.

use std::fmt;

use openapiv3::{APIKeyLocation, OpenAPI, Operation, Parameter, SecurityRequirement, SecurityScheme};

use crate::config::{self, Config};
use crate::document::{operations, resolve};
use crate::naming::{Names, snake};

/// How an API key is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Auth {
    Bearer,
    Basic,
    Header(String),
    Query(String),
    Cookie(String),
    /// Several keys, each sent in its own way.
    Together(Vec<Credential>),
    None,
}

/// Describes where the key is sent, such as `in the header x`.
impl fmt::Display for Auth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bearer => f.write_str("as a bearer token"),
            Self::Basic => f.write_str("as user name and password"),
            Self::Header(name) => write!(f, "in the header `{name}`"),
            Self::Query(name) => write!(f, "in the query as `{name}`"),
            Self::Cookie(name) => write!(f, "in the cookie `{name}`"),
            Self::Together(parts) => {
                let ways: Vec<_> = parts.iter().map(|part| part.auth.to_string()).collect();
                f.write_str(&ways.join(" and "))
            }
            Self::None => f.write_str("nowhere"),
        }
    }
}

/// One of several keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Credential {
    /// The name of the field of `Credentials`.
    pub(crate) field: String,
    /// The document's description.
    pub(crate) docs: Option<String>,
    /// The environment variable that holds it.
    pub(crate) variable: String,
    pub(crate) auth: Auth,
}

/// Where the client fetches its tokens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct TokenEndpoint {
    /// A URL, or a path of the API's server.
    pub(crate) url: String,
    pub(crate) scopes: Vec<String>,
    /// Whether requests carry id and secret in the body, not in a header.
    pub(crate) in_body: bool,
    /// The environment variables with the client's id and secret.
    pub(crate) id_variable: String,
    pub(crate) secret_variable: String,
}

/// The number of distinct requirements to consider, more than any known document has.
const MOST_REQUIREMENTS: usize = 50;

/// Returns the names of the schemes that the client supports with its keys.
pub(crate) fn schemes(openapi: &OpenAPI) -> Vec<&str> {
    let global = openapi.security.as_deref().unwrap_or_default();
    let own = operations(openapi).filter_map(|endpoint| endpoint.operation.security.as_deref());
    let mut all: Vec<Vec<&str>> = Vec::new();
    for requirement in [global].into_iter().chain(own).flatten() {
        let names: Vec<_> = requirement.keys().map(String::as_str).collect();
        if !names.is_empty() && all.len() < MOST_REQUIREMENTS && !all.contains(&names) {
            all.push(names);
        }
    }
    let can_be_met = |name: &&str| auth_of(openapi, name).is_some();
    let possible = all.iter().filter(|names| names.iter().all(can_be_met));
    let best = possible.min_by_key(|names| (unmet(openapi, names), names.len())).cloned();
    // Middleware has to supply other credentials.
    let part = || all.iter().flatten().copied().find(can_be_met).into_iter().collect();
    best.unwrap_or_else(part)
}

/// Returns the number of operations that cannot be called with these schemes.
fn unmet(openapi: &OpenAPI, schemes: &[&str]) -> usize {
    let is_met = |requirement: &SecurityRequirement| requirement.keys().all(|name| schemes.contains(&name.as_str()));
    let of_operations = operations(openapi).map(|endpoint| requirements(openapi, endpoint.operation));
    of_operations.filter(|requirements| !requirements.is_empty() && !requirements.iter().any(is_met)).count()
}

/// Returns how the client sends its keys. The environment variables of several keys share a prefix.
pub(crate) fn auth(openapi: &OpenAPI, variable: &str) -> Auth {
    let schemes = schemes(openapi);
    let auth = |name: &str| auth_of(openapi, name).unwrap_or(Auth::None);
    match schemes[..] {
        [] => Auth::None,
        [name] => auth(name),
        _ => {
            let mut names = Names::of(["self"]);
            let part = |name: &&str| {
                let field = names.unused(&snake(name));
                Credential {
                    variable: format!("{variable}_{}", field.to_uppercase()),
                    docs: description_of(openapi, name).map(str::to_owned),
                    auth: auth(name),
                    field,
                }
            };
            Auth::Together(schemes.iter().map(part).collect())
        }
    }
}

/// Returns the document's description of the client's keys.
pub(crate) fn description(openapi: &OpenAPI) -> Option<String> {
    let descriptions: Vec<_> = schemes(openapi).into_iter().filter_map(|name| description_of(openapi, name)).collect();
    (!descriptions.is_empty()).then(|| descriptions.join("\n\n"))
}

fn description_of<'a>(openapi: &'a OpenAPI, name: &str) -> Option<&'a str> {
    match declared(openapi, name)? {
        SecurityScheme::APIKey { description, .. }
        | SecurityScheme::HTTP { description, .. }
        | SecurityScheme::OAuth2 { description, .. }
        | SecurityScheme::OpenIDConnect { description, .. } => description.as_deref(),
    }
}

/// Returns where the client fetches its tokens, if its only key is such a token.
pub(crate) fn token_endpoint(openapi: &OpenAPI, config: &Config) -> Option<TokenEndpoint> {
    let [name] = schemes(openapi)[..] else { return None };
    let SecurityScheme::OAuth2 { flows, .. } = declared(openapi, name)? else { return None };
    let settings = match &config.auth {
        Some(config::Auth::ClientCredentials(credentials)) => Some(credentials),
        _ => None,
    };
    Some(TokenEndpoint {
        url: flows.client_credentials.as_ref()?.token_url.clone(),
        // The document lists all scopes. A server may reject a request for more than it granted to the client.
        scopes: settings.map(|settings| settings.scopes.clone()).unwrap_or_default(),
        in_body: settings.is_some_and(|settings| settings.in_body),
        id_variable: config.environment.client_id().to_owned(),
        secret_variable: config.environment.client_secret().to_owned(),
    })
}

/// Whether the client itself sends a parameter: as its key, or as a header of every request.
pub(crate) fn is_sent_by_client(auth: &Auth, config: &Config, parameter: &Parameter) -> bool {
    let name = &parameter.parameter_data_ref().name;
    let has_key = match auth {
        Auth::Together(parts) => parts.iter().any(|part| is_sent_by_client(&part.auth, config, parameter)),
        Auth::Header(key) => matches!(parameter, Parameter::Header { .. }) && name.eq_ignore_ascii_case(key),
        Auth::Query(key) => matches!(parameter, Parameter::Query { .. }) && name == key,
        Auth::Cookie(key) => matches!(parameter, Parameter::Cookie { .. }) && name == key,
        Auth::Bearer | Auth::Basic | Auth::None => false,
    };
    let is_own = |header: &String| name.eq_ignore_ascii_case(header);
    has_key
        || matches!(parameter, Parameter::Header { .. }) && config.headers.keys().any(|header| is_own(header.get_ref()))
}

/// Whether an operation is called without the key, because it requires none of the client's schemes.
pub(crate) fn is_unauthenticated(openapi: &OpenAPI, operation: &Operation, schemes: &[&str]) -> bool {
    let asks = |requirement: &SecurityRequirement| schemes.iter().any(|scheme| requirement.contains_key(*scheme));
    !schemes.is_empty() && !requirements(openapi, operation).iter().any(asks)
}

/// Returns the alternative security requirements of an operation.
pub(crate) fn requirements<'a>(openapi: &'a OpenAPI, operation: &'a Operation) -> &'a [SecurityRequirement] {
    operation.security.as_deref().or(openapi.security.as_deref()).unwrap_or_default()
}

/// Returns the scheme with this name.
pub(crate) fn declared<'a>(openapi: &'a OpenAPI, name: &str) -> Option<&'a SecurityScheme> {
    resolve(openapi, openapi.components.as_ref()?.security_schemes.get(name)?)
}

/// Returns how the key of a scheme is sent, if the client supports that.
pub(crate) fn auth_of(openapi: &OpenAPI, name: &str) -> Option<Auth> {
    match declared(openapi, name)? {
        SecurityScheme::HTTP { scheme, .. } if scheme.eq_ignore_ascii_case("bearer") => Some(Auth::Bearer),
        SecurityScheme::HTTP { scheme, .. } if scheme.eq_ignore_ascii_case("basic") => Some(Auth::Basic),
        SecurityScheme::HTTP { .. } => None,
        SecurityScheme::APIKey { location: APIKeyLocation::Header, name, .. } => Some(Auth::Header(name.clone())),
        SecurityScheme::APIKey { location: APIKeyLocation::Query, name, .. } => Some(Auth::Query(name.clone())),
        SecurityScheme::APIKey { location: APIKeyLocation::Cookie, name, .. } => Some(Auth::Cookie(name.clone())),
        // Users obtain the token themselves.
        SecurityScheme::OAuth2 { .. } | SecurityScheme::OpenIDConnect { .. } => Some(Auth::Bearer),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    #[track_caller]
    fn check(global: &Value, own: &[Value], expected: &[&str]) {
        let paths = own.iter().enumerate().map(|(index, security)| {
            let operation = json!({"security": security, "responses": {"204": {"description": "d"}}});
            (format!("/{index}"), json!({"get": operation}))
        });
        let key = |name: &str| json!({"type": "apiKey", "in": "header", "name": name});
        let schemes =
            json!({"a": key("a"), "b": key("b"), "c": key("c"), "digest": {"type": "http", "scheme": "digest"}});
        let document = json!({
            "openapi": "3.0.3",
            "info": {"title": "T", "version": "1"},
            "security": global,
            "paths": paths.collect::<serde_json::Map<_, _>>(),
            "components": {"securitySchemes": schemes},
        });
        let openapi: OpenAPI = serde_json::from_value(document).expect("a document");
        assert_eq!(super::schemes(&openapi), expected, "{global} {own:?}");
    }

    #[test]
    fn the_keys_that_most_operations_can_be_called_with() {
        check(&json!([]), &[], &[]);
        check(&json!([{"a": []}, {"b": []}]), &[json!([{"b": []}, {"a": []}])], &["a"]);
        check(&json!([{"a": [], "b": []}]), &[json!([{"a": [], "b": []}])], &["a", "b"]);
        check(&json!([{"a": [], "b": []}, {"c": []}]), &[], &["c"]);
        check(&json!([{"a": []}]), &[json!([{"b": []}]), json!([{"b": []}]), json!([])], &["b"]);
        check(&json!([{"a": []}]), &[json!([{"a": [], "b": []}]), json!([{"a": []}])], &["a", "b"]);
        check(&json!([{}, {"a": []}]), &[], &["a"]);
        check(&json!([{"digest": [], "a": []}]), &[], &["a"]);
        check(&json!([{"digest": []}, {"a": [], "b": []}]), &[], &["a", "b"]);
        check(&json!([{"digest": []}]), &[], &[]);
    }

    #[test]
    fn several_keys_have_names() {
        let document = json!({
            "openapi": "3.0.3",
            "info": {"title": "T", "version": "1"},
            "security": [{"x-app": [], "self": []}],
            "paths": {},
            "components": {"securitySchemes": {
                "x-app": {"type": "apiKey", "in": "query", "name": "app"}, "self": {"type": "http", "scheme": "bearer"},
            }},
        });
        let openapi: OpenAPI = serde_json::from_value(document).expect("a document");
        let part = |field: &str, variable: &str, auth| Credential {
            field: field.into(),
            docs: None,
            variable: variable.into(),
            auth,
        };
        // In the order of the requirement, which `json!` sorts.
        let parts =
            vec![part("self_", "KEY_SELF_", Auth::Bearer), part("x_app", "KEY_X_APP", Auth::Query("app".into()))];
        assert_eq!(auth(&openapi, "KEY"), Auth::Together(parts));
    }
}
