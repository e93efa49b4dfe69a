//! Compares the fields of an object: their types, their names, and whether they are required.

use super::change::Verdict;
use super::deprecation::deprecation;
use super::log::{Draft, Log, Spot};
use super::{renames, rules, words};
use crate::model::{Field, Object, Presence};

/// An object in both versions.
pub(super) struct Pair<'a> {
    pub(super) name: &'a str,
    pub(super) old: &'a Object,
    pub(super) new: &'a Object,
    pub(super) spot: &'a Spot,
}

impl Pair<'_> {
    /// Whether users create values of it in both versions.
    pub(super) fn is_constructed(&self) -> bool {
        self.old.constructed && self.new.constructed
    }
}

pub(super) fn compare(log: &mut Log<'_>, pair: &Pair<'_>) {
    for old in &pair.old.fields {
        match pair.new.fields.iter().find(|new| new.wire == old.wire) {
            Some(new) => compare_field(log, pair, old, new),
            None => removed(log, pair, old),
        }
    }
    for new in &pair.new.fields {
        if pair.old.fields.iter().all(|old| old.wire != new.wire) {
            added(log, pair, new);
        }
    }
}

fn subject(pair: &Pair<'_>, field: &Field) -> String {
    format!("{}.{}", pair.name, field.name)
}

fn removed(log: &mut Log<'_>, pair: &Pair<'_>, field: &Field) {
    let mut message = "was removed".to_owned();
    if let Some(extra) = &pair.new.extra {
        message = format!("was removed; if the API still sends it, it is in `{extra}`");
    }
    let hint = renames::of_field(field, pair.old, pair.new);
    let spot = Spot::old(field.pointer.clone());
    log.cover(&pair.spot.join("required"));
    log.add(Draft::new(Verdict::Breaking, "field-removed", subject(pair, field), message).at(&spot).hint(hint));
}

fn added(log: &mut Log<'_>, pair: &Pair<'_>, field: &Field) {
    let ty = words::field(field);
    let (verdict, code, message) = if pair.is_constructed() && field.is_argument() {
        let message = format!("is new and required: a new argument of `{}::new`, `{ty}`", pair.name);
        (Verdict::Breaking, "field-required", message)
    } else {
        (Verdict::Additive, "field-added", format!("is new: `{ty}`"))
    };
    let spot = Spot::new(field.pointer.clone());
    log.cover(&pair.spot.join("required"));
    log.add(Draft::new(verdict, code, subject(pair, field), message).at(&spot));
}

fn compare_field(log: &mut Log<'_>, pair: &Pair<'_>, old: &Field, new: &Field) {
    let (subject, spot) = (subject(pair, old), Spot::both(old.pointer.clone(), new.pointer.clone()));
    let was = words::field(old);
    let is = words::field(new);
    if was != is {
        let message = format!("is `{is}` and was `{was}`{}", presence(pair, old, new));
        log.cover(&pair.spot.join("required"));
        log.add(Draft::new(Verdict::Breaking, "field-type", &subject, message).at(&spot));
    } else if old.presence != new.presence {
        log.cover(&pair.spot.join("required"));
        log.add(same_type(pair, &subject, new).at(&spot));
    }
    if (&old.name, &old.setter) != (&new.name, &new.setter) {
        let message = format!("is renamed to `{}`", new.name);
        log.add(Draft::new(Verdict::Breaking, "field-name", &subject, message).at(&spot));
    }
    deprecation(log, &spot.join("deprecated"), &subject, old.deprecated, new.deprecated);
    if pair.is_constructed() {
        rules::compare(log, &spot, &subject, &old.rules, &new.rules);
    }
}

/// Describes a change of presence beyond the type.
fn presence(pair: &Pair<'_>, old: &Field, new: &Field) -> String {
    let argument = match (old.is_argument(), new.is_argument()) {
        _ if !pair.is_constructed() => None,
        (false, true) => Some(format!(": it is required: an argument of `{}::new`", pair.name)),
        (true, false) => Some(format!(": it is optional: a setter instead of an argument of `{}::new`", pair.name)),
        _ => None,
    };
    let reading = match (old.presence == Presence::Required, new.presence == Presence::Required) {
        (true, false) => ": it is optional",
        (false, true) => ": it is required",
        _ => "",
    };
    argument.unwrap_or_else(|| reading.to_owned())
}

/// Describes a changed presence that the type does not reveal.
fn same_type(pair: &Pair<'_>, subject: &str, new: &Field) -> Draft {
    let required = new.presence.is_required();
    if pair.is_constructed() {
        let place = if required { "an argument of `new`" } else { "a setter instead of an argument of `new`" };
        let word = if required { "required" } else { "optional" };
        return Draft::new(Verdict::Breaking, "field-presence", subject, format!("is {word} now: {place}"));
    }
    let word = if required { "null instead of absent" } else { "absent instead of null" };
    Draft::new(Verdict::Editorial, "field-presence", subject, format!("may be {word}: an `Option` either way"))
}
