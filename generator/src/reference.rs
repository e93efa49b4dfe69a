//! The document → the same as JSON, for the reference.

use crate::diagnostic::Diagnostic;
use crate::{Input, check, stack};

/// The document that the reference shows, as JSON.
pub fn reference(input: &Input) -> Result<String, Vec<Diagnostic>> {
    stack::with_room(|| match check(input, &mut |_| {}) {
        Ok((document, _)) => Ok(serde_json::to_string_pretty(&document.openapi).unwrap_or_default()),
        Err(findings) => Err(input.locate(findings)),
    })
}
