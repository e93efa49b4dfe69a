//! `security`: every operation takes an API key as a bearer token, which is what the client sends.

use openapiv3::{SecurityRequirement, SecurityScheme};

use super::Lint;
use crate::source::{Finding, join};

const HELP: &str =
    "declare a scheme {type: http, scheme: bearer} under components.securitySchemes and name it, alone, in security";

pub(super) fn check(lint: &Lint<'_>) -> Vec<Finding> {
    let global = lint.openapi().security.as_deref().unwrap_or_default();
    let mut findings = Vec::new();
    let all_inherit = lint.operations().all(|place| place.operation.security.is_none());
    if all_inherit {
        findings.extend(problem(lint, global).map(|problem| {
            let pointer = if global.is_empty() { "" } else { "/security" };
            lint.finding("security", pointer, format!("the document {problem}"), HELP)
        }));
        return findings;
    }
    for place in lint.operations() {
        let own = place.operation.security.as_deref();
        if let Some(problem) = problem(lint, own.unwrap_or(global)) {
            let pointer = if own.is_some() { join(&place.pointer(), "security") } else { place.pointer() };
            findings.push(lint.finding("security", &pointer, format!("{} {problem}", place.title()), HELP));
        }
    }
    findings
}

fn problem(lint: &Lint<'_>, requirements: &[SecurityRequirement]) -> Option<String> {
    let names: Vec<&String> = match requirements {
        [] => return Some("asks for no API key".to_owned()),
        [only] => only.keys().collect(),
        _ => return Some("leaves a choice of security schemes".to_owned()),
    };
    let [name] = names[..] else { return Some("does not name exactly one security scheme".to_owned()) };
    let schemes = lint.openapi().components.as_ref().map(|components| &components.security_schemes);
    match schemes.and_then(|schemes| schemes.get(name)).and_then(|scheme| scheme.as_item()) {
        Some(SecurityScheme::HTTP { scheme, .. }) if scheme.eq_ignore_ascii_case("bearer") => None,
        Some(_) => Some(format!("uses the security scheme `{name}`, which is no bearer token")),
        None => Some(format!("uses the security scheme `{name}`, which is not declared")),
    }
}
