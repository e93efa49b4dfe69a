//! Request bodies: the last argument of a method, or a setter if they need not be sent.

use super::change::Verdict;
use super::log::{Draft, Log, Spot};
use crate::model::{Body, Operation};

pub(super) fn compare(log: &mut Log<'_>, old: &Operation, new: &Operation) {
    let pointer = |operation: &Operation| operation.body.as_ref().map(|body| body.pointer.clone());
    let spot = Spot { old: pointer(old), new: pointer(new) };
    let (verdict, code, message) = match (&old.body, &new.body) {
        (None, Some(Body { kind: is, required: true, .. })) => {
            (Verdict::Breaking, "body-added", format!("takes a body: the method takes a `{is}` more"))
        }
        (None, Some(Body { kind: is, .. })) => {
            (Verdict::Additive, "body-added", format!("takes a body that need not be sent: a setter takes a `{is}`"))
        }
        (Some(Body { kind: was, .. }), None) => {
            (Verdict::Breaking, "body-removed", format!("takes no body: the method takes no `{was}` any more"))
        }
        (Some(was), Some(is)) if was.kind != is.kind => {
            (Verdict::Breaking, "body-type", format!("takes `{}` and took `{}`", is.kind, was.kind))
        }
        (Some(was), Some(is)) if was.required != is.required => {
            let (now, before) = if is.required { ("the method", "a setter") } else { ("a setter", "the method") };
            (Verdict::Breaking, "body-required", format!("has its body taken by {now}, and {before} took it"))
        }
        _ => return media(log, old, new, &spot),
    };
    log.add(Draft::new(verdict, code, &old.id, message).at(&spot));
}

/// How a body of the same type is written.
fn media(log: &mut Log<'_>, old: &Operation, new: &Operation, spot: &Spot) {
    let written =
        |operation: &Operation| operation.body.as_ref().map(|body| (body.media.clone(), body.media_type.clone()));
    if written(old) != written(new) {
        let message = "has its body written in another media type";
        log.add(Draft::new(Verdict::Editorial, "body-media", &old.id, message).silently().at(spot));
    }
}
