//! Adds an id to every operation without one, built from method and path. No two operations share a name in Rust;
//! duplicate ids are kept for the linter to reject.

use std::collections::BTreeSet;

use openapiv3::{OpenAPI, ReferenceOr};

use super::tags::is_prefix;
use crate::document::{operations_mut, path_and_method};
use crate::naming::{Names, snake};

pub(super) fn complete(openapi: &mut OpenAPI) {
    let (mut seen, mut taken) = (BTreeSet::new(), Names::default());
    // Documented ids come first, so that a generated one never takes theirs.
    each(openapi, &mut |_, _, id| {
        if let Some(written) = id.as_deref().filter(|id| !id.is_empty()) {
            if seen.insert(written.to_owned()) {
                let free = free(written, &mut taken);
                *id = Some(free);
            }
        } else {
            *id = None;
        }
    });
    each(openapi, &mut |method, path, id| {
        if id.is_none() {
            *id = Some(free(&made(method, path), &mut taken));
        }
    });
}

fn each(openapi: &mut OpenAPI, visit: &mut dyn FnMut(&str, &str, &mut Option<String>)) {
    for (path, item) in &mut openapi.paths.paths {
        let ReferenceOr::Item(item) = item else { continue };
        for (method, operation) in operations_mut(item) {
            let (path, method) = path_and_method(path, method, &operation.extensions);
            visit(method, path, &mut operation.operation_id);
        }
    }
}

/// `GET /users/{id}/posts` → `get_users_by_id_posts`
fn made(method: &str, path: &str) -> String {
    let mut words = vec![method.to_owned()];
    for segment in path.split('/').filter(|segment| !segment.is_empty() && !is_prefix(segment)) {
        match segment.strip_prefix('{').and_then(|segment| segment.strip_suffix('}')) {
            Some(parameter) => words.extend(["by".to_owned(), parameter.to_owned()]),
            None => words.push(segment.to_owned()),
        }
    }
    snake(&words.join("_"))
}

/// Returns the name, with a number appended if it equals another name in Rust.
fn free(name: &str, taken: &mut Names) -> String {
    taken.numbered_as(name, snake)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_method_and_path() {
        for (method, path, expected) in [
            ("get", "/users/{id}/posts", "get_users_by_id_posts"),
            ("post", "/", "post"),
            ("delete", "/api/v2/Some-Thing.json", "delete_some_thing_json"),
            ("get", "/{a}/{b}", "get_by_a_by_b"),
        ] {
            assert_eq!(made(method, path), expected);
        }
    }
}
