//! Fields that an object requires because of another field, or of its own key.

use std::ptr;

use serde_json::{Map, Value};

use super::grammar::{self, Object, V30, Versions};
use crate::source::Trail;

/// Returns the keys that an object needs in addition to those that its table requires.
pub(super) fn required(
    entries: &Map<String, Value>,
    here: &Trail<'_>,
    object: &'static Object,
    version: Versions,
) -> &'static [&'static str] {
    let is = |other: &'static Object| ptr::eq(object, other);
    let text = |key: &str| entries.get(key).and_then(Value::as_str).unwrap_or_default();
    let has = |key: &str| entries.contains_key(key);
    if is(&grammar::PARAMETER) && version == V30 && !has("schema") && !has("content") {
        &["schema"]
    } else if is(&grammar::SWAGGER_PARAMETER) && !has("schema") && !has("type") {
        if text("in") == "body" { &["schema"] } else { &["type"] }
    } else if is(&grammar::SECURITY_SCHEME) {
        match text("type") {
            "apiKey" => &["name", "in"],
            "http" => &["scheme"],
            "oauth2" => &["flows"],
            "openIdConnect" => &["openIdConnectUrl"],
            _ => &[],
        }
    } else if is(&grammar::SWAGGER_SECURITY_SCHEME) {
        match text("type") {
            "apiKey" => &["name", "in"],
            "oauth2" if !has("flow") => &["flow"],
            "oauth2" => of_flow(text("flow")),
            _ => &[],
        }
    } else if is(&grammar::LINK) && !has("operationRef") {
        &["operationId"]
    } else if is(&grammar::FLOW) {
        match here {
            Trail::Key(_, key) => of_flow(key),
            _ => &[],
        }
    } else {
        &[]
    }
}

/// Returns the keys of an OAuth flow, by its name in any version.
fn of_flow(name: &str) -> &'static [&'static str] {
    match name {
        "implicit" => &["authorizationUrl"],
        "password" | "clientCredentials" | "application" => &["tokenUrl"],
        "authorizationCode" | "accessCode" => &["authorizationUrl", "tokenUrl"],
        "deviceAuthorization" => &["deviceAuthorizationUrl", "tokenUrl"],
        _ => &[],
    }
}
