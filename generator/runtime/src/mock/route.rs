//! Matches method and path to an operation and path arguments.

use percent_encoding::percent_decode_str;

use super::spec::{MockOperation, MockSpec};

pub(crate) enum Match {
    /// The operation, and the values of its path parameters.
    Operation(&'static MockOperation, Vec<(&'static str, String)>),
    /// The path exists, but only with these methods.
    Methods(Vec<&'static str>),
    Nothing,
}

pub(crate) fn find(spec: &'static MockSpec, method: &str, path: &str) -> Match {
    let mut methods = Vec::new();
    for found in spec.operations {
        let operation = found.operation;
        // A server that is only a path is on the same host as the base URL.
        let own = operation.server.filter(|server| server.starts_with('/')).map(|server| server.trim_end_matches('/'));
        let Some(path) = path.strip_prefix(own.unwrap_or(spec.base_path)) else { continue };
        let Some(arguments) = arguments(operation.path, path) else { continue };
        if operation.method == method {
            return Match::Operation(found, arguments);
        }
        methods.push(operation.method);
    }
    if methods.is_empty() { Match::Nothing } else { Match::Methods(methods) }
}

/// Returns the path parameters, if a path matches a template.
fn arguments(template: &'static str, path: &str) -> Option<Vec<(&'static str, String)>> {
    let mut arguments = Vec::new();
    let (mut expected, mut input) = (template.split('/'), path.split('/'));
    loop {
        match (expected.next(), input.next()) {
            (None, None) => return Some(arguments),
            (Some(step), Some(text)) => match step.strip_prefix('{').and_then(|step| step.strip_suffix('}')) {
                Some(name) if !text.is_empty() => {
                    arguments.push((name, percent_decode_str(text).decode_utf8_lossy().into_owned()));
                }
                None if step == text => {}
                _ => return None,
            },
            _ => return None,
        }
    }
}
