//! Request bodies: the last argument of a method.

use super::change::Verdict;
use super::log::{Draft, Log, Spot};
use super::words;
use crate::model::Operation;

pub(super) fn compare(log: &mut Log<'_>, old: &Operation, new: &Operation, spot: &Spot) {
    let text = |operation: &Operation| operation.body.as_ref().map(|body| words::kind(&body.kind));
    let (code, message) = match (text(old), text(new)) {
        (None, Some(is)) => ("body-added", format!("takes a body: the method takes a `{is}` more")),
        (Some(was), None) => ("body-removed", format!("takes no body: the method takes no `{was}` any more")),
        (Some(was), Some(is)) if was != is => ("body-type", format!("takes `{is}` and took `{was}`")),
        _ => return,
    };
    log.add(Draft::new(Verdict::Breaking, code, &old.id, message).at(&spot.join("requestBody")));
}
