//! `security`: every operation can be called with the one key that the client holds, or with none.

use super::Lint;
use crate::code::Code;
use crate::document::Place;
use crate::security;
use crate::source::{Finding, join};

const HELP: &str = "declare the scheme under components.securitySchemes: a bearer token, user name and password, or an API key \
                    in header, query or cookie";

pub(super) fn check(lint: &Lint<'_>) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut of_document = None;
    for place in lint.operations() {
        let Some(problem) = problem(lint, &place) else { continue };
        if place.operation.security.is_some() {
            let pointer = join(&place.pointer(), "security");
            findings.push(lint.finding(Code::Security, &pointer, format!("{} {problem}", place.title()), HELP));
        } else {
            of_document = Some(problem);
        }
    }
    let of_document =
        of_document.map(|problem| lint.finding(Code::Security, "/security", format!("the document {problem}"), HELP));
    findings.into_iter().chain(of_document).collect()
}

/// What is wrong if none of the alternatives can be met.
fn problem(lint: &Lint<'_>, place: &Place<'_>) -> Option<String> {
    let openapi = lint.openapi();
    let requirements = security::requirements(openapi, place);
    let can_be_met = |name: &String| security::auth_of(openapi, name).is_some();
    if requirements.is_empty() || requirements.iter().any(|requirement| requirement.keys().all(can_be_met)) {
        return None;
    }
    let name = requirements.iter().flat_map(|requirement| requirement.keys()).find(|name| !can_be_met(name))?;
    let declared = openapi.components.as_ref().is_some_and(|components| components.security_schemes.contains_key(name));
    let why = if declared { "which the client cannot do" } else { "which is not declared" };
    Some(format!("asks for the security scheme `{name}`, {why}"))
}
