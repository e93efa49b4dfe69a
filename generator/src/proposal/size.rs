//! Proposes features for the tags of a large document.

use std::collections::BTreeSet;

use openapiv3::OpenAPI;

use super::Setting;
use crate::document::operations;

/// The number of operations of a document whose crate takes long to compile.
const MANY: usize = 100;

pub(super) fn propose(openapi: &OpenAPI) -> Option<Setting> {
    let tags: BTreeSet<_> = operations(openapi).filter_map(|endpoint| endpoint.operation.tags.first()).collect();
    let number = operations(openapi).count();
    (number > MANY && tags.len() > 1).then(|| {
        let reason = format!("{number} operations take long to compile. With a feature for each tag, users compile the tags that they need.");
        Setting::sure(reason, "tag_features = true\n")
    })
}
