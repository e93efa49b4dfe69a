//! Compares request bodies: the last argument of a method if required, a setter if optional.

use super::change::Verdict;
use super::log::{Draft, Log, Spot};
use crate::kind::Kind;
use crate::model::Operation;

pub(super) fn compare(log: &mut Log<'_>, old: &Operation, new: &Operation) {
    let pointer = |operation: &Operation| operation.body.as_ref().map(|body| body.pointer.clone());
    let spot = Spot { old: pointer(old), new: pointer(new) };
    let (code, message) = match (kind(old), kind(new)) {
        (None, Some(is)) if !is_required(new) => {
            let message = format!("takes a body: the new setter `body` takes a `{is}`");
            log.add(Draft::new(Verdict::Additive, "body-added", &old.id, message).at(&spot));
            return;
        }
        (None, Some(is)) => ("body-added", format!("takes a body: a new argument of the method, `{is}`")),
        (Some(was), None) => ("body-removed", format!("takes no body: the argument `{was}` of the method is removed")),
        (Some(was), Some(is)) if was != is => ("body-type", format!("takes `{is}` instead of `{was}`")),
        _ if is_required(old) && !is_required(new) => {
            ("body-optional", "has an optional body: a setter `body` instead of an argument".to_owned())
        }
        _ if is_required(new) && !is_required(old) => {
            ("body-required", "has a required body: an argument instead of the setter `body`".to_owned())
        }
        _ => return media(log, old, new, &spot),
    };
    log.add(Draft::new(Verdict::Breaking, code, &old.id, message).at(&spot));
}

fn is_required(operation: &Operation) -> bool {
    operation.body.as_ref().is_some_and(|body| body.required)
}

fn kind(operation: &Operation) -> Option<&Kind> {
    operation.body.as_ref().map(|body| &body.kind)
}

/// Compares the media types of a body.
fn media(log: &mut Log<'_>, old: &Operation, new: &Operation, spot: &Spot) {
    let written =
        |operation: &Operation| operation.body.as_ref().map(|body| (body.media.clone(), body.media_type.clone()));
    if written(old) != written(new) {
        let message = "sends its body in another media type";
        log.add(Draft::new(Verdict::Editorial, "body-media", &old.id, message).silently().at(spot));
    }
}
