//! Selects the URL of the API from the servers of the document, of paths and of operations.

use openapiv3::{OpenAPI, Server};

use crate::document::{Endpoint, operations};

/// Returns the base URL of all calls, without a trailing slash; `None` if the document does not define one.
///
/// This is the URL of the document, or else the first of a path or operation. A document URL with unset variables has
/// no fallback, because the key would be sent to another host.
pub(crate) fn base_url(openapi: &OpenAPI) -> Option<String> {
    if openapi.servers.first().is_some_and(|server| filled(server).is_none()) {
        return None;
    }
    let own = operations(openapi).filter_map(|endpoint| own_server(&endpoint));
    openapi.servers.first().into_iter().chain(own).find_map(absolute)
}

/// Returns the path of a relative base URL, such as `/api/v3`.
pub(crate) fn relative_path(openapi: &OpenAPI) -> Option<String> {
    let url = openapi.servers.first().and_then(filled)?;
    url.starts_with('/').then(|| url.trim_end_matches('/').to_owned()).filter(|path| !path.is_empty())
}

/// Returns the server of an operation that differs from the base URL: a URL, or a path on the same host. Variables
/// without a value are kept, and the client reports them.
pub(crate) fn other_url(endpoint: &Endpoint<'_>, base_url: Option<&str>) -> Option<String> {
    let own = own_server(endpoint)?;
    let url = with_defaults(own);
    let url = url.trim_end_matches('/');
    let url = match url.split_once("://") {
        Some(_) => url.to_owned(),
        // The URL of the document is unknown, so a relative URL is on the same host.
        None if url.starts_with("//") => format!("https:{url}"),
        None => format!("/{}", url.trim_start_matches(['.', '/'])),
    };
    (Some(url.as_str()) != base_url).then_some(url)
}

/// Returns the URL of an operation with a server of its own.
pub(crate) fn full_url(base_url: &str, server: &str) -> String {
    if !server.starts_with('/') {
        return server.to_owned();
    }
    let (scheme, rest) = base_url.split_once("://").unwrap_or(("https", ""));
    let host = rest.split('/').next().unwrap_or_default();
    format!("{scheme}://{host}{server}")
}

fn own_server<'a>(endpoint: &Endpoint<'a>) -> Option<&'a Server> {
    endpoint.operation.servers.first().or(endpoint.item.servers.first())
}

fn absolute(server: &Server) -> Option<String> {
    let url = filled(server)?;
    let is_absolute = url.starts_with("https://") || url.starts_with("http://");
    is_absolute.then(|| url.trim_end_matches('/').to_owned())
}

/// Returns the URL with the default of each variable; `None` if a variable has no value.
fn filled(server: &Server) -> Option<String> {
    Some(with_defaults(server)).filter(|url| !is_open(url))
}

fn with_defaults(server: &Server) -> String {
    let (mut url, mut rest) = (String::new(), server.url.as_str());
    // Braces in a default are not variables.
    while let Some((before, (name, after))) = rest.split_once('{').and_then(|(b, a)| Some((b, a.split_once('}')?))) {
        url.push_str(before);
        match server.variables.iter().flatten().find(|(variable, _)| *variable == name) {
            Some((_, variable)) => url.push_str(&variable.default),
            None => url.extend(["{", name, "}"]),
        }
        rest = after;
    }
    url + rest
}

/// Whether a URL contains variables without a value.
fn is_open(url: &str) -> bool {
    url.contains(['{', '}'])
}

#[cfg(test)]
mod tests {
    use openapiv3::ServerVariable;

    use super::*;

    fn endpoint_url(url: &str, default: &str) -> Option<String> {
        let variable = ServerVariable { default: default.to_owned(), ..ServerVariable::default() };
        let variables = Some([("v".to_owned(), variable)].into_iter().collect());
        let operation = openapiv3::Operation {
            servers: vec![Server { url: url.to_owned(), variables, ..Server::default() }],
            ..openapiv3::Operation::default()
        };
        let item = openapiv3::PathItem { get: Some(operation), ..openapiv3::PathItem::default() };
        let paths = [("/a".to_owned(), openapiv3::ReferenceOr::Item(item))].into_iter().collect();
        let openapi =
            OpenAPI { paths: openapiv3::Paths { paths, ..openapiv3::Paths::default() }, ..OpenAPI::default() };
        operations(&openapi).next().and_then(|endpoint| other_url(&endpoint, Some("https://api.example.com/v1")))
    }

    #[test]
    fn servers_of_operations() {
        for (url, default, expected) in [
            ("https://{v}.example.com/x/", "eu", Some("https://eu.example.com/x")),
            ("https://{v}", "{your-host}", Some("https://{your-host}")),
            ("https://{v}/{w}", "{w}", Some("https://{w}/{w}")),
            ("https://{other}", "", Some("https://{other}")),
            ("/bar", "", Some("/bar")),
            ("bar/{v}", "v2", Some("/bar/v2")),
            ("../bar/", "", Some("/bar")),
            ("/", "", Some("/")),
            ("//files.example.com/x", "", Some("https://files.example.com/x")),
            ("https://api.example.com/v1/", "", None),
        ] {
            assert_eq!(endpoint_url(url, default).as_deref(), expected, "{url}");
        }
    }

    #[test]
    fn paths_are_on_the_host_of_the_others() {
        for (base, server, expected) in [
            ("https://api.example.com/v1", "/bar", "https://api.example.com/bar"),
            ("https://api.example.com", "/", "https://api.example.com/"),
            ("https://api.example.com/v1", "https://b.example", "https://b.example"),
        ] {
            assert_eq!(full_url(base, server), expected);
        }
    }
}
