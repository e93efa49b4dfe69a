//! Compares objects: their constructors, fields and conditions.

use std::collections::BTreeSet;

use super::arguments::{self, Argument};
use super::change::Verdict;
use super::fields::{self, Pair};
use super::log::{Draft, Log};
use super::{traits, words};
use crate::model::{Condition, Object};

pub(super) fn compare(log: &mut Log<'_>, pair: &Pair<'_>) {
    fields::compare(log, pair);
    traits::compare(log, pair.name, pair.spot);
    construction(log, pair);
    extra(log, pair);
    if pair.is_constructed() {
        let function = format!("{}::new", pair.name);
        arguments::compare(log, &pair.spot.join("properties"), &function, &taken(pair.old), &taken(pair.new));
        conditions(log, pair);
    }
}

/// Returns the arguments of `new`, in order.
fn taken(object: &Object) -> Vec<Argument> {
    let required = object.fields.iter().filter(|field| field.is_argument());
    required.map(|field| Argument { name: field.name.clone(), takes: words::value(field) }).collect()
}

fn construction(log: &mut Log<'_>, pair: &Pair<'_>) {
    let draft = match (pair.old.constructed, pair.new.constructed) {
        (false, true) => Draft::new(Verdict::Additive, "new-added", pair.name, "has `new` and setters"),
        (true, false) => {
            let message = "has no `new` and no setters any more, because no request contains it";
            Draft::new(Verdict::Breaking, "new-removed", pair.name, message)
        }
        _ => return,
    };
    log.add(draft.beside(pair.spot));
}

/// Compares the field for undocumented properties.
fn extra(log: &mut Log<'_>, pair: &Pair<'_>) {
    let draft = match (&pair.old.extra, &pair.new.extra) {
        (Some(old), Some(new)) if old != new => {
            let message = format!("keeps undocumented fields in `{new}`, because `{old}` is a field");
            Draft::new(Verdict::Breaking, "extra-name", pair.name, message)
        }
        (Some(old), None) => {
            let message = format!("has no `{old}` any more, because no response contains it");
            Draft::new(Verdict::Breaking, "extra-removed", pair.name, message)
        }
        (None, Some(new)) => {
            let message = format!("keeps undocumented fields in `{new}`");
            Draft::new(Verdict::Additive, "extra-added", pair.name, message)
        }
        _ => return,
    };
    log.add(draft.beside(pair.spot));
}

/// Compares conditions: fields that the values of other fields make required. Conditions are part of the settings.
fn conditions(log: &mut Log<'_>, pair: &Pair<'_>) {
    let [old, new] = [pair.old, pair.new].map(all_conditions);
    for condition in new.difference(&old) {
        let message = format!("is required if {condition}: calls without it are violations");
        let draft = Draft::new(Verdict::Breaking, "rule-tightened", subject(pair, condition), message);
        log.add(draft.silently().in_settings("/required_when"));
    }
    for condition in old.difference(&new) {
        let message = format!("is optional if {condition}");
        let draft = Draft::new(Verdict::Additive, "rule-loosened", subject(pair, condition), message);
        log.add(draft.in_settings("/required_when"));
    }
}

fn subject(pair: &Pair<'_>, condition: &Required<'_>) -> String {
    format!("{}.{}", pair.name, condition.field)
}

/// A field that one value of another field makes required.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Required<'a> {
    field: &'a str,
    when: &'a str,
    is: &'a str,
}

impl std::fmt::Display for Required<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "`{}` is `{}`", self.when, self.is)
    }
}

fn all_conditions(object: &Object) -> BTreeSet<Required<'_>> {
    let all = object.conditions.iter();
    all.flat_map(|Condition { field, when, is, .. }| is.iter().map(move |is| Required { field, when, is })).collect()
}
