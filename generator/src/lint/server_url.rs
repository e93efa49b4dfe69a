//! `server-url`: the document says where the API answers.

use super::Lint;
use crate::source::{Finding, join};

pub(super) fn check(lint: &Lint<'_>) -> Vec<Finding> {
    [document(lint), elsewhere(lint)].concat()
}

/// A client has one base URL.
fn elsewhere(lint: &Lint<'_>) -> Vec<Finding> {
    let own = lint.operations().filter_map(|place| {
        let pointer = match (place.operation.servers.is_empty(), place.item.servers.is_empty()) {
            (false, _) => place.pointer(),
            (true, false) => join("/paths", place.path),
            (true, true) => return None,
        };
        let message = format!("{} has a server of its own", place.title());
        Some(lint.finding(
            "server-url",
            &join(&pointer, "servers"),
            message,
            "let all operations share the servers of the document",
        ))
    });
    own.collect()
}

fn document(lint: &Lint<'_>) -> Vec<Finding> {
    let url = lint.openapi().servers.first().map(|server| server.url.as_str());
    let (pointer, message) = match url {
        Some(url) if url.contains('{') => ("/servers/0/url", format!("the server URL `{url}` has variables")),
        Some(url) if url.starts_with("https://") || url.starts_with("http://") => return Vec::new(),
        Some(url) => ("/servers/0/url", format!("the server URL `{url}` is not absolute")),
        None => ("", "the document names no server".to_owned()),
    };
    vec![lint.finding(
        "server-url",
        pointer,
        message,
        "put the full address first under servers: https://api.example.com/v1",
    )]
}
