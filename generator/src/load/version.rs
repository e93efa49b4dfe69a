//! Finds the version of a document.

use serde_json::Value;

use super::grammar::{V20, V30, V31, V32, Versions};
use crate::code::Code;
use crate::source::{Source, Unlocated};

/// Returns the version of OpenAPI that a document states.
pub(super) fn of(source: &Source, document: &Value) -> Result<Versions, Unlocated> {
    let diagnostic = |pointer: &str, message: String, help: &str| {
        Err(Unlocated { code: Code::OpenapiVersion, message, at: source.at(pointer), help: help.to_owned() })
    };
    match (document.get("openapi"), document.get("swagger")) {
        (Some(Value::String(version)), _) => match minor(version) {
            Some("3.0") => Ok(V30),
            Some("3.1") => Ok(V31),
            Some("3.2") => Ok(V32),
            _ => diagnostic("/openapi", format!("OpenAPI {version} is not supported"), "use 3.0, 3.1 or 3.2"),
        },
        (Some(_), _) => {
            diagnostic("/openapi", "the OpenAPI version is not text".to_owned(), "put it in quotes: openapi: \"3.0.3\"")
        }
        (None, Some(Value::String(version))) if version == "2.0" => Ok(V20),
        (None, Some(Value::Number(version))) if version.as_f64() == Some(2.0) => Ok(V20),
        (None, Some(version)) => diagnostic("/swagger", format!("Swagger {version} is not supported"), "use 2.0"),
        (None, None) => diagnostic(
            "",
            "this is not an OpenAPI document: it has no `openapi` key".to_owned(),
            "start the document with: openapi: 3.0.3",
        ),
    }
}

/// Returns the version without its patch number, which has no meaning.
fn minor(version: &str) -> Option<&str> {
    let (major, rest) = version.split_once('.')?;
    let (minor, patch) = rest.split_once('.').unwrap_or((rest, "0"));
    let number = patch.split('-').next().unwrap_or_default();
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| &version[..major.len() + 1 + minor.len()])
}
