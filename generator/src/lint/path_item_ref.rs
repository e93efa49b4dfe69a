//! `path-item-ref`: a path is written out, not referred to.

use openapiv3::ReferenceOr;

use super::Lint;
use crate::code::Code;
use crate::source::{Finding, join};

pub(super) fn check(lint: &Lint<'_>) -> Vec<Finding> {
    let paths = lint.openapi().paths.iter().filter(|(_, item)| matches!(item, ReferenceOr::Reference { .. }));
    paths
        .map(|(path, _)| {
            let message = format!("the path `{path}` is a reference");
            lint.finding(Code::PathItemRef, &join("/paths", path), message, "write the operations of the path here")
        })
        .collect()
}
