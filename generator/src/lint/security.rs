//! Checks `security`: every operation can be called with declared security schemes, or without any.

use super::context::Lint;
use crate::code::Code;
use crate::document::Endpoint;
use crate::security;
use crate::source::{Unlocated, join};

const HELP: &str = "declare the scheme under components.securitySchemes";

pub(super) fn check(lint: &Lint<'_>) -> Vec<Unlocated> {
    let mut diagnostics = Vec::new();
    let mut of_document = None;
    for endpoint in lint.operations() {
        let Some(problem) = problem(lint, &endpoint) else { continue };
        if endpoint.operation.security.is_some() {
            let pointer = join(&endpoint.pointer(), "security");
            diagnostics.push(lint.diagnostic(
                Code::Security,
                &pointer,
                format!("{} {problem}", endpoint.title()),
                HELP,
            ));
        } else {
            of_document = Some(problem);
        }
    }
    let of_document = of_document
        .map(|problem| lint.diagnostic(Code::Security, "/security", format!("the document {problem}"), HELP));
    diagnostics.into_iter().chain(of_document).collect()
}

/// Returns a message if each of the alternatives requires an undeclared scheme.
fn problem(lint: &Lint<'_>, endpoint: &Endpoint<'_>) -> Option<String> {
    let openapi = lint.openapi();
    let requirements = security::requirements(openapi, endpoint);
    let is_unknown = |name: &&String| security::declared(openapi, name).is_none();
    let mut unknown = requirements.iter().map(|requirement| requirement.keys().find(is_unknown));
    let first = unknown.clone().next()??;
    unknown.all(|name| name.is_some()).then(|| format!("asks for the security scheme `{first}`, which is not declared"))
}
