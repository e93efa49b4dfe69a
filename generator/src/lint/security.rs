//! Checks `security`: every operation can be called with declared security schemes, or without any.

use super::context::Lint;
use crate::code::Code;
use crate::document::Endpoint;
use crate::near::perhaps;
use crate::security;
use crate::source::{Unlocated, join};

const HELP: &str = "declare the scheme under components.securitySchemes";

pub(super) fn check(lint: &Lint<'_>) -> Vec<Unlocated> {
    let mut diagnostics = Vec::new();
    let mut of_document = None;
    for endpoint in lint.operations() {
        let Some((place, name)) = problem(lint, &endpoint) else { continue };
        let similar = perhaps(name, schemes(lint));
        if endpoint.operation.security.is_some() {
            let message =
                format!("{} asks for the security scheme `{name}`, which is not declared{similar}", endpoint.title());
            diagnostics.push(lint.diagnostic(Code::Security, &(endpoint.pointer() + &place), message, HELP));
        } else {
            let message = format!("the document asks for the security scheme `{name}`, which is not declared{similar}");
            of_document = Some(lint.diagnostic(Code::Security, &place, message, HELP));
        }
    }
    diagnostics.into_iter().chain(of_document).collect()
}

fn schemes<'a>(lint: &Lint<'a>) -> impl Iterator<Item = &'a str> {
    let components = lint.openapi().components.iter();
    components.flat_map(|components| components.security_schemes.keys()).map(String::as_str)
}

/// Returns the first undeclared scheme and its place below the owner, if each of the alternatives requires one.
fn problem<'a>(lint: &Lint<'a>, endpoint: &Endpoint<'a>) -> Option<(String, &'a str)> {
    let openapi = lint.openapi();
    let requirements = security::requirements(openapi, endpoint.operation);
    let is_unknown = |name: &&String| security::declared(openapi, name).is_none();
    let mut unknown = requirements.iter().map(|requirement| requirement.keys().find(is_unknown));
    let first = unknown.clone().next()??;
    unknown.all(|name| name.is_some()).then(|| (join("/security/0", first), first.as_str()))
}
