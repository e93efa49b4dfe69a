//! Turns the `auth` setting into a security scheme of every operation, except for operations that opt out.

use indexmap::IndexMap;
use openapiv3::{APIKeyLocation, OpenAPI, ReferenceOr, SecurityRequirement, SecurityScheme};

use crate::config::{Auth, Config};
use crate::document::operations_mut;

/// The name of the scheme.
const KEY: &str = "key";

pub(super) fn complete(openapi: &mut OpenAPI, config: &Config) {
    let Some(auth) = &config.auth else { return };
    let scheme = ReferenceOr::Item(scheme(auth));
    openapi.components.get_or_insert_default().security_schemes = [(KEY.to_owned(), scheme)].into_iter().collect();
    let requirement: SecurityRequirement = [(KEY.to_owned(), Vec::new())].into_iter().collect();
    openapi.security = Some(vec![requirement]);
    for item in openapi.paths.paths.values_mut() {
        let ReferenceOr::Item(item) = item else { continue };
        for (_, operation) in operations_mut(item) {
            // Operations that opt out stay unauthenticated.
            operation.security = operation.security.take().filter(Vec::is_empty);
        }
    }
}

fn scheme(auth: &Auth) -> SecurityScheme {
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
    match auth {
        Auth::Bearer => http("bearer"),
        Auth::Basic => http("basic"),
        Auth::Header(name) => key(APIKeyLocation::Header, name),
        Auth::Query(name) => key(APIKeyLocation::Query, name),
        Auth::Cookie(name) => key(APIKeyLocation::Cookie, name),
    }
}
