//! Reduces the tags of every operation to one: the first tag, or the start of the path.

use openapiv3::{OpenAPI, ReferenceOr};

use crate::document::{operations_mut, path_and_method};

/// The tag of operations without any subject.
const NAMELESS: &str = "default";

pub(super) fn complete(openapi: &mut OpenAPI) {
    for (path, item) in &mut openapi.paths.paths {
        let ReferenceOr::Item(item) = item else { continue };
        for (_, operation) in operations_mut(item) {
            operation.tags.retain(|tag| !tag.trim().is_empty());
            if operation.tags.is_empty() {
                let (path, _) = path_and_method(path, "", &operation.extensions);
                operation.tags.push(subject(path).to_owned());
            }
            operation.tags.truncate(1);
        }
    }
}

/// Returns the first part of a path that names a subject.
fn subject(path: &str) -> &str {
    let mut parts = path.split('/').filter(|part| !part.is_empty() && !part.contains('{') && !is_prefix(part));
    parts.next().unwrap_or(NAMELESS)
}

/// Whether a part of a path is a prefix and not a subject: `api`, `v1`, `v2.1`, `2024-01-01`.
pub(super) fn is_prefix(part: &str) -> bool {
    if part == "api" {
        return true;
    }
    let digits = part.strip_prefix(['v', 'V']).unwrap_or(part);
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn subjects() {
        for (path, expected) in [
            ("/users/{id}", "users"),
            ("/api/v1/users", "users"),
            ("/v2.1/{tenant}/files", "files"),
            ("/{id}", NAMELESS),
            ("/", NAMELESS),
            ("/v8engine", "v8engine"),
        ] {
            assert_eq!(subject(path), expected);
        }
    }
}
