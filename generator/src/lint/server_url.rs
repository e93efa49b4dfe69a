//! `server-url`: the document says where the API answers.

use super::Lint;
use crate::source::Finding;

pub(super) fn check(lint: &Lint<'_>) -> Vec<Finding> {
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
