//! Compares success responses and the return types of calls.

use super::change::Verdict;
use super::log::{Draft, Log, Spot};
use super::version::Version;
use super::words;
use crate::model::Operation;

pub(super) fn compare(log: &mut Log<'_>, old: &Operation, new: &Operation, spot: &Spot) {
    let [was, is] = [old, new].map(|operation| words::response(&operation.response));
    let spot = spot.join("responses");
    if was != is {
        let message = format!("returns `{is}` instead of `{was}`");
        cover_envelopes(log);
        log.add(Draft::new(Verdict::Breaking, "response-type", &old.id, message).at(&spot));
        return;
    }
    redirects(log, old, new, &spot);
    streams(log, old, new, &spot);
    if old.response.is_enveloped() != new.response.is_enveloped() {
        let word = if new.response.is_enveloped() { "inside an envelope" } else { "without an envelope" };
        let message = format!("responds {word}; calls return the same");
        log.add(Draft::new(Verdict::Editorial, "response-envelope", &old.id, message).at(&spot).silently());
    }
}

/// Compares streams beside the response.
fn streams(log: &mut Log<'_>, old: &Operation, new: &Operation, spot: &Spot) {
    let [was, is] =
        [old, new].map(|operation| operation.stream.as_ref().map(|stream| words::response(&stream.response)));
    let (verdict, message) = match (was, is) {
        (Some(was), Some(is)) if was != is => (Verdict::Breaking, format!("streams `{is}` instead of `{was}`")),
        (Some(was), None) => (Verdict::Breaking, format!("does not stream `{was}` any more")),
        (None, Some(is)) => (Verdict::Additive, format!("can stream `{is}`")),
        _ => return,
    };
    log.add(Draft::new(verdict, "response-stream", &old.id, message).at(spot));
}

/// Compares redirects that count as successes. Other redirects are errors.
fn redirects(log: &mut Log<'_>, old: &Operation, new: &Operation, spot: &Spot) {
    for status in old.redirects.iter().filter(|status| !new.redirects.contains(status)) {
        let message = format!("fails if the status is {status}, which was a success");
        log.add(Draft::new(Verdict::Breaking, "redirect-removed", &old.id, message).at(spot).silently());
    }
    for status in new.redirects.iter().filter(|status| !old.redirects.contains(status)) {
        let message = format!("succeeds if the status is {status}, which was an error");
        log.add(Draft::new(Verdict::Additive, "redirect-added", &old.id, message).at(spot));
    }
}

/// Marks envelopes as reported, because they contain the same change.
fn cover_envelopes(log: &mut Log<'_>) {
    let envelopes = |version: &Version| {
        version.api.envelopes.iter().filter(|pointer| !pointer.is_empty()).cloned().collect::<Vec<_>>()
    };
    let (old, new) = (envelopes(log.old), envelopes(log.new));
    old.into_iter().map(Spot::old).chain(new.into_iter().map(Spot::new)).for_each(|spot| log.cover(&spot));
}
