//! Method and path → operation and path arguments.

use percent_encoding::percent_decode_str;

use super::table::{Operation, Table};

pub(crate) enum Match {
    /// The operation, and the parts of the path that its parameters take.
    Operation(&'static Operation, Vec<(&'static str, String)>),
    /// The path is known, but only with these methods.
    Methods(Vec<&'static str>),
    Nothing,
}

pub(crate) fn find(table: &'static Table, method: &str, path: &str) -> Match {
    let Some(path) = path.strip_prefix(table.base_path) else { return Match::Nothing };
    let mut methods = Vec::new();
    for operation in table.operations {
        let Some(arguments) = arguments(operation.path, path) else { continue };
        if operation.method == method {
            return Match::Operation(operation, arguments);
        }
        methods.push(operation.method);
    }
    if methods.is_empty() { Match::Nothing } else { Match::Methods(methods) }
}

/// What the names of a template stand for in a path that fits it.
fn arguments(template: &'static str, path: &str) -> Option<Vec<(&'static str, String)>> {
    let mut arguments = Vec::new();
    let (mut expected, mut given) = (template.split('/'), path.split('/'));
    loop {
        match (expected.next(), given.next()) {
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
