//! Compares the bodies of error responses, by status.

use super::change::Verdict;
use super::log::{Draft, Log, Spot};
use super::version::Version;
use crate::kind::Kind;
use crate::model::{ErrorResponse, Operation};

pub(super) fn compare(log: &mut Log<'_>, old: &Operation, new: &Operation) {
    let added = new.error_responses.iter().filter(|is| own(old, &is.status).is_none());
    for ErrorResponse { status, .. } in old.error_responses.iter().chain(added) {
        let draft = match (body(old, status), body(new, status)) {
            (was, is) if was == is => {
                let word = match (own(old, status), own(new, status)) {
                    (Some(_), None) => "no longer mentions",
                    (None, Some(_)) => "mentions",
                    _ => continue,
                };
                let message = format!("{word} the error response `{status}`; types are unchanged");
                Draft::new(Verdict::Editorial, "failure-status", &old.id, message)
            }
            (Some(was), Some(is)) => {
                let message = format!("has the error response `{is}` for `{status}` instead of `{was}`");
                let draft = Draft::new(Verdict::Breaking, "failure-type", &old.id, message);
                draft.silent_if(is_there(log.new, was))
            }
            (Some(was), None) => {
                let message = format!("no longer documents the error response `{was}` for `{status}`");
                let draft = Draft::new(Verdict::Breaking, "failure-removed", &old.id, message);
                draft.silent_if(is_there(log.new, was))
            }
            (None, Some(is)) => {
                let message = format!("documents the error response `{is}` for `{status}`");
                Draft::new(Verdict::Additive, "failure-added", &old.id, message)
            }
            (None, None) => continue,
        };
        let at = |place: fn(&ErrorResponse) -> &String| {
            let place = |operation| own(operation, status).map(|failure| place(failure).clone());
            Spot { old: place(old), new: place(new) }
        };
        // The change may be in a response that several operations refer to.
        log.cover(&at(|failure| &failure.response));
        log.add(draft.at(&at(|failure| &failure.pointer)));
    }
}

/// Returns the error response documented for exactly this status.
fn own<'a>(operation: &'a Operation, status: &str) -> Option<&'a ErrorResponse> {
    operation.error_responses.iter().find(|failure| failure.status == status)
}

/// Returns the body for a status: its own, or that of its range, or that of `default`.
fn body<'a>(operation: &'a Operation, status: &str) -> Option<&'a Kind> {
    let range = format!("{}XX", status.get(..1).unwrap_or_default());
    let failure = [status, &range, "default"].into_iter().find_map(|status| own(operation, status))?;
    failure.kind.as_ref()
}

/// Whether code that names a type still compiles.
fn is_there(version: &Version, kind: &Kind) -> bool {
    kind.named().is_none_or(|name| version.types().any(|schema| schema.name == name))
}
