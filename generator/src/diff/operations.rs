//! Compares operations: their names, their methods, and the targets of their calls.

use super::change::Verdict;
use super::deprecation::deprecation;
use super::log::{Draft, Log, Spot};
use super::version::Owned;
use super::{bodies, error_responses, paging, parameters, policy, renames, responses, words};
use crate::model::Operation;
use crate::servers;

pub(super) fn compare(log: &mut Log<'_>) {
    let (old, new) = (log.old, log.new);
    let mut met = Vec::new();
    for was in old.operations() {
        let same = new.operations().find(|is| is.1.id == was.1.id);
        match same.or_else(|| successor(log, was)) {
            Some(is) => {
                met.push(is.1.id.as_str());
                compare_operation(log, was, is);
            }
            None => removed(log, was),
        }
    }
    for is in new.operations().filter(|(_, operation)| !met.contains(&operation.id.as_str())) {
        added(log, is);
    }
}

/// Returns the operation at the same place of the crate under another id.
fn successor<'a>(log: &Log<'a>, (resource, was): Owned<'_>) -> Option<Owned<'a>> {
    let is_new = |id: &str| log.old.operations().all(|(_, other)| other.id != id);
    let mut candidates = log.new.operations().filter(|(_, is)| is_new(&is.id));
    candidates.find(|(other, is)| {
        (&other.module, &is.method, &is.verb, &is.path) == (&resource.module, &was.method, &was.verb, &was.path)
    })
}

fn removed(log: &mut Log<'_>, was: Owned<'_>) {
    let id = &was.1.id;
    let message = format!("was removed, and `{}` with it", words::method(was.0, was.1));
    let hint = renames::of_operation(was.1, log.old, log.new);
    let spot = Spot::old(was.1.pointer.clone());
    log.add(Draft::new(Verdict::Breaking, "operation-removed", id, message).at(&spot).hint(hint));
}

fn added(log: &mut Log<'_>, is: Owned<'_>) {
    let message = format!("is new: `{}`", words::method(is.0, is.1));
    let spot = Spot::new(is.1.pointer.clone());
    log.add(Draft::new(Verdict::Additive, "operation-added", &is.1.id, message).at(&spot));
}

fn compare_operation(log: &mut Log<'_>, was: Owned<'_>, is: Owned<'_>) {
    let spot = Spot::both(was.1.pointer.clone(), is.1.pointer.clone());
    names(log, was, is, &spot);
    let (old, new) = (was.1, is.1);
    route(log, old, new, &spot);
    server(log, old, new, &spot);
    deprecation(log, &spot.join("deprecated"), &old.id, old.deprecated, new.deprecated);
    parameters::compare(log, was, is, &spot);
    bodies::compare(log, old, new);
    responses::compare(log, old, new, &spot);
    error_responses::compare(log, old, new);
    paging::compare(log, old, new, &spot);
}

fn names(log: &mut Log<'_>, was: Owned<'_>, is: Owned<'_>, spot: &Spot) {
    let id = &was.1.id;
    if *id != is.1.id {
        let message = format!("is `{}` in errors, spans and faults of the mock server", is.1.id);
        let draft = Draft::new(Verdict::Breaking, "operation-id", id, message).silently();
        log.add(draft.at(&spot.join("operationId")));
    }
    let [before, after] = [was, is].map(|(resource, operation)| words::method(resource, operation));
    if was.0.module != is.0.module {
        let message = format!("moved from `{before}` to `{after}`");
        log.add(Draft::new(Verdict::Breaking, "operation-moved", id, message).at(&spot.join("tags")));
    } else if before != after {
        let message = format!("is `{after}` and was `{before}`");
        log.add(Draft::new(Verdict::Breaking, "operation-name", id, message).beside(spot));
    }
}

/// Compares methods and paths, which users of the crate do not write.
fn route(log: &mut Log<'_>, old: &Operation, new: &Operation, spot: &Spot) {
    let (was, is) = (format!("{} {}", old.verb, old.path), format!("{} {}", new.verb, new.path));
    if was == is {
        return;
    }
    let mut message = format!("goes to `{is}` instead of `{was}`");
    if old.verb != new.verb {
        message.push_str("; the method decides which errors are retried");
    }
    log.add(Draft::new(Verdict::Editorial, "operation-route", &old.id, message).silently().beside(spot));
}

/// Compares the server of an operation, and whether calls carry the key.
fn server(log: &mut Log<'_>, old: &Operation, new: &Operation, spot: &Spot) {
    if old.server != new.server {
        let [before, after] = [(log.old, old), (log.new, new)].map(|(version, operation)| {
            let base = &version.api.policy.base_url;
            operation.server.as_ref().map_or_else(|| base.clone(), |server| servers::full_url(base, server))
        });
        let message = format!("goes to the server `{after}` instead of `{before}`");
        let draft = Draft::new(policy::moved(&before, &after), "operation-server", &old.id, message).silently();
        log.add(draft.at(&spot.join("servers")));
    }
    if old.idempotency_key != new.idempotency_key {
        let message = match &new.idempotency_key {
            Some(header) => format!("sends a new `{header}` with every call, and is retried"),
            None => "sends no idempotency key by itself, and is not retried".to_owned(),
        };
        log.add(Draft::new(Verdict::Editorial, "idempotency-key", &old.id, message).silently().beside(spot));
    }
    if old.unauthenticated != new.unauthenticated {
        let word = if new.unauthenticated { "without" } else { "with" };
        let message = format!("is called {word} the API key");
        let draft = Draft::new(Verdict::Editorial, "operation-key", &old.id, message).silently();
        log.add(draft.at(&spot.join("security")));
    }
}
