//! Compares webhooks: the variants of the event enumeration and their payloads.

use super::change::Verdict;
use super::deprecation::deprecation;
use super::log::{Draft, Log, Spot};
use super::version::Version;
use crate::model::Webhook;

pub(super) fn compare(log: &mut Log<'_>) {
    let (old, new) = (log.old, log.new);
    for was in events(old) {
        if let Some(is) = events(new).find(|is| is.event == was.event) {
            compare_event(log, was, is);
            continue;
        }
        let message = format!("was removed: `{}` is read as `Unknown`", was.event);
        let spot = Spot::old(was.pointer.clone());
        log.add(Draft::new(Verdict::Breaking, "event-removed", subject(was), message).at(&spot));
    }
    for is in events(new).filter(|is| events(old).all(|was| was.event != is.event)) {
        let message = format!("is new: `{}` was read as `Unknown`", is.event);
        let spot = Spot::new(is.pointer.clone());
        log.add(Draft::new(Verdict::Additive, "event-added", subject(is), message).at(&spot));
    }
}

fn events(version: &Version) -> impl Iterator<Item = &Webhook> {
    version.api.webhooks.iter().flat_map(|webhooks| &webhooks.events)
}

fn subject(webhook: &Webhook) -> String {
    format!("Event::{}", webhook.variant)
}

fn compare_event(log: &mut Log<'_>, old: &Webhook, new: &Webhook) {
    let spot = Spot::both(old.pointer.clone(), new.pointer.clone());
    let subject = subject(old);
    if old.variant != new.variant {
        let message = format!("is renamed to `{}`", new.variant);
        log.add(Draft::new(Verdict::Breaking, "event-name", &subject, message).at(&spot.join("post")));
    }
    let [was, is] = [old, new].map(|webhook| &webhook.payload);
    if was != is {
        let message = format!("contains `{is}` instead of `{was}`");
        log.add(
            Draft::new(Verdict::Breaking, "event-payload", &subject, message)
                .at(&spot.join("post").join("requestBody")),
        );
    }
    deprecation(log, &spot.join("post").join("deprecated"), &subject, old.deprecated, new.deprecated);
}
