//! Where the API is: the servers of the document, of paths and of operations.

use openapiv3::{OpenAPI, Server};

use crate::document::{Endpoint, operations};

/// The address that all calls share, without a slash at its end; none if the document leaves it to its reader.
///
/// It is that of the document, or else the first that a path or operation has; but not instead of one that is still to be
/// filled in, for then the key would go to another host.
pub(crate) fn base_url(openapi: &OpenAPI) -> Option<String> {
    if openapi.servers.first().is_some_and(|server| open_variable(server).is_some()) {
        return None;
    }
    let own = operations(openapi).filter_map(|endpoint| own_server(&endpoint));
    openapi.servers.first().into_iter().chain(own).find_map(absolute)
}

/// The path below which an address that is not absolute stands, such as `/api/v3`.
pub(crate) fn relative_path(openapi: &OpenAPI) -> Option<String> {
    let url = openapi.servers.first().and_then(filled)?;
    url.starts_with('/').then(|| url.trim_end_matches('/').to_owned()).filter(|path| !path.is_empty())
}

/// The address of one operation, if it is not the one that all share.
pub(crate) fn other_url(endpoint: &Endpoint<'_>, base_url: Option<&str>) -> Option<String> {
    own_server(endpoint).and_then(absolute).filter(|url| Some(url.as_str()) != base_url)
}

fn own_server<'a>(endpoint: &Endpoint<'a>) -> Option<&'a Server> {
    endpoint.operation.servers.first().or(endpoint.item.servers.first())
}

fn absolute(server: &Server) -> Option<String> {
    let url = filled(server)?;
    let is_absolute = url.starts_with("https://") || url.starts_with("http://");
    is_absolute.then(|| url.trim_end_matches('/').to_owned())
}

/// The URL with the default of each variable in its place; none if one has no default.
fn filled(server: &Server) -> Option<String> {
    open_variable(server).is_none().then(|| with_defaults(server))
}

fn with_defaults(server: &Server) -> String {
    let variables = server.variables.iter().flatten();
    variables.fold(server.url.clone(), |url, (name, variable)| url.replace(&format!("{{{name}}}"), &variable.default))
}

/// A variable of the URL that has no default.
pub(crate) fn open_variable(server: &Server) -> Option<String> {
    let url = with_defaults(server);
    let (_, rest) = url.split_once('{')?;
    rest.split_once('}').map(|(name, _)| name.to_owned())
}
