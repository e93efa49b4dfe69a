//! Turns the `auth` setting into a security scheme of every operation, except for operations that opt out.

use indexmap::IndexMap;
use openapiv3::{
    APIKeyLocation, ClientCredentialsOAuth2Flow, OAuth2Flows, OpenAPI, ReferenceOr, SecurityRequirement, SecurityScheme,
};

use crate::config::{Auth, ClientCredentials, Config};
use crate::document::operations_mut;

/// The name of the scheme.
const KEY: &str = "key";

pub(super) fn complete(openapi: &mut OpenAPI, config: &Config) {
    let Some(auth) = &config.auth else { return };
    let mut schemes = IndexMap::new();
    declare(KEY, auth, &mut schemes);
    let requirement: SecurityRequirement = schemes.keys().map(|name| (name.clone(), Vec::new())).collect();
    openapi.components.get_or_insert_default().security_schemes =
        schemes.into_iter().map(|(name, scheme)| (name, ReferenceOr::Item(scheme))).collect();
    openapi.security = Some(vec![requirement]);
    for item in openapi.paths.paths.values_mut() {
        let ReferenceOr::Item(item) = item else { continue };
        for (_, operation) in operations_mut(item) {
            // Operations that opt out stay unauthenticated.
            operation.security = operation.security.take().filter(Vec::is_empty);
        }
    }
}

/// Declares a scheme, or one for each of several keys.
fn declare(name: &str, auth: &Auth, schemes: &mut IndexMap<String, SecurityScheme>) {
    let http = |scheme: &str| SecurityScheme::HTTP {
        scheme: scheme.to_owned(),
        bearer_format: None,
        description: None,
        extensions: IndexMap::new(),
    };
    let key = |location, name: &String| SecurityScheme::APIKey {
        location,
        name: name.clone(),
        description: None,
        extensions: IndexMap::new(),
    };
    let scheme = match auth {
        Auth::Bearer => http("bearer"),
        Auth::Basic => http("basic"),
        Auth::Header(name) => key(APIKeyLocation::Header, name.get_ref()),
        Auth::Query(name) => key(APIKeyLocation::Query, name),
        Auth::Cookie(name) => key(APIKeyLocation::Cookie, name.get_ref()),
        Auth::ClientCredentials(credentials) => oauth2(credentials),
        Auth::Keys(keys) => return keys.get_ref().iter().for_each(|(name, auth)| declare(name, auth, schemes)),
    };
    schemes.insert(name.to_owned(), scheme);
}

fn oauth2(credentials: &ClientCredentials) -> SecurityScheme {
    let flow = ClientCredentialsOAuth2Flow {
        token_url: credentials.token_url.get_ref().clone(),
        refresh_url: None,
        scopes: credentials.scopes.iter().map(|scope| (scope.clone(), String::new())).collect(),
        extensions: IndexMap::new(),
    };
    let flows = OAuth2Flows { client_credentials: Some(flow), ..OAuth2Flows::default() };
    SecurityScheme::OAuth2 { flows, description: None, extensions: IndexMap::new() }
}
