//! `server-url`: every variable in the URL of a path's or operation's server has a default.

use openapiv3::Server;

use super::context::Lint;
use crate::code::Code;
use crate::servers;
use crate::source::{Unlocated, join};

pub(super) fn check(lint: &Lint<'_>) -> Vec<Unlocated> {
    let paths = lint.openapi().paths.iter().filter_map(|(path, item)| Some((join("/paths", path), item.as_item()?)));
    let of_paths = paths.map(|(pointer, item)| (pointer, &item.servers));
    let of_operations = lint.operations().map(|place| (place.pointer(), &place.operation.servers));
    of_paths
        .chain(of_operations)
        .flat_map(|(pointer, servers)| check_servers(lint, &join(&pointer, "servers"), servers))
        .collect()
}

fn check_servers(lint: &Lint<'_>, pointer: &str, servers: &[Server]) -> Vec<Unlocated> {
    let open = servers.iter().enumerate().filter_map(|(index, server)| Some((index, servers::open_variable(server)?)));
    open.map(|(index, variable)| {
        let pointer = join(&join(pointer, &index.to_string()), "url");
        let message = format!("the variable `{variable}` of the server URL has no default");
        lint.diagnostic(Code::ServerUrl, &pointer, message, "give it one, under variables beside the URL")
    })
    .collect()
}
