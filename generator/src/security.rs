//! Security schemes → how the client sends its API key, and which operations want none.
//!
//! A client has one key: for the scheme that the document asks for first.

use openapiv3::{APIKeyLocation, OpenAPI, SecurityRequirement, SecurityScheme};

use crate::document::{Endpoint, operations, resolve};

/// How an API key is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Auth {
    Bearer,
    Basic,
    Header(String),
    Query(String),
    Cookie(String),
    None,
}

/// The scheme of the client's key, by its name: one that is enough by itself, if there is one.
pub(crate) fn scheme(openapi: &OpenAPI) -> Option<&str> {
    let global = openapi.security.as_deref().unwrap_or_default();
    let own = operations(openapi).filter_map(|endpoint| endpoint.operation.security.as_deref());
    let requirements: Vec<_> = [global].into_iter().chain(own).flatten().collect();
    let can_be_met = |name: &&str| auth_of(openapi, name).is_some();
    let alone = requirements.iter().filter_map(|requirement| alone(requirement)).find(can_be_met);
    alone
        .or_else(|| requirements.iter().flat_map(|requirement| requirement.keys()).map(String::as_str).find(can_be_met))
}

/// How the client sends its key.
pub(crate) fn auth(openapi: &OpenAPI) -> Auth {
    scheme(openapi).and_then(|name| auth_of(openapi, name)).unwrap_or(Auth::None)
}

/// What the document says about the client's key.
pub(crate) fn description(openapi: &OpenAPI) -> Option<&str> {
    let schemes = &openapi.components.as_ref()?.security_schemes;
    match resolve(openapi, schemes.get(scheme(openapi)?)?)? {
        SecurityScheme::APIKey { description, .. }
        | SecurityScheme::HTTP { description, .. }
        | SecurityScheme::OAuth2 { description, .. }
        | SecurityScheme::OpenIDConnect { description, .. } => description.as_deref(),
    }
}

/// Whether an operation is called without the key: nothing that it asks for is the client's scheme.
pub(crate) fn is_unauthenticated(openapi: &OpenAPI, endpoint: &Endpoint<'_>, scheme: Option<&str>) -> bool {
    let Some(scheme) = scheme else { return false };
    !requirements(openapi, endpoint).iter().any(|requirement| requirement.contains_key(scheme))
}

/// What an operation asks for: one of these.
pub(crate) fn requirements<'a>(openapi: &'a OpenAPI, endpoint: &Endpoint<'a>) -> &'a [SecurityRequirement] {
    endpoint.operation.security.as_deref().or(openapi.security.as_deref()).unwrap_or_default()
}

/// The name of the one scheme that a requirement asks for.
fn alone(requirement: &SecurityRequirement) -> Option<&str> {
    let mut names = requirement.keys();
    names.next().filter(|_| names.next().is_none()).map(String::as_str)
}

/// The scheme that is declared under a name.
pub(crate) fn declared<'a>(openapi: &'a OpenAPI, name: &str) -> Option<&'a SecurityScheme> {
    resolve(openapi, openapi.components.as_ref()?.security_schemes.get(name)?)
}

/// How the key of a scheme is sent, if the client can do that.
pub(crate) fn auth_of(openapi: &OpenAPI, name: &str) -> Option<Auth> {
    match declared(openapi, name)? {
        SecurityScheme::HTTP { scheme, .. } if scheme.eq_ignore_ascii_case("bearer") => Some(Auth::Bearer),
        SecurityScheme::HTTP { scheme, .. } if scheme.eq_ignore_ascii_case("basic") => Some(Auth::Basic),
        SecurityScheme::HTTP { .. } => None,
        SecurityScheme::APIKey { location: APIKeyLocation::Header, name, .. } => Some(Auth::Header(name.clone())),
        SecurityScheme::APIKey { location: APIKeyLocation::Query, name, .. } => Some(Auth::Query(name.clone())),
        SecurityScheme::APIKey { location: APIKeyLocation::Cookie, name, .. } => Some(Auth::Cookie(name.clone())),
        // Where the token comes from is not the client's business.
        SecurityScheme::OAuth2 { .. } | SecurityScheme::OpenIDConnect { .. } => Some(Auth::Bearer),
    }
}
