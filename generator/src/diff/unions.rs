//! Compares the members of unions. All unions are open in Rust, so an added member is not breaking.

use super::change::Verdict;
use super::log::{Draft, Log, Spot};
use super::words;
use crate::model::{Member, Union};

pub(super) fn compare(log: &mut Log<'_>, name: &str, old: &Union, new: &Union, spot: &Spot) {
    let subject = |member: &Member| format!("{name}::{}", member.name);
    for was in &old.members {
        match new.members.iter().find(|is| is.name == was.name) {
            Some(is) if is.kind == was.kind && is.boxed == was.boxed => {}
            Some(is) => {
                let message = format!("contains `{}` instead of `{}`", words::member(is), words::member(was));
                log.add(Draft::new(Verdict::Breaking, "variant-type", subject(was), message).at(spot));
            }
            None => {
                let message = "was removed: it is read as `Unknown`".to_owned();
                log.add(Draft::new(Verdict::Breaking, "variant-removed", subject(was), message).at(spot));
            }
        }
    }
    for is in &new.members {
        if old.members.iter().all(|was| was.name != is.name) {
            let message = "is new: it was read as `Unknown`".to_owned();
            log.add(Draft::new(Verdict::Additive, "variant-added", subject(is), message).at(spot));
        }
    }
    let retagged =
        old.members.iter().any(|was| new.members.iter().any(|is| is.name == was.name && is.tags != was.tags));
    if old.tag != new.tag || retagged {
        let message = "distinguishes its variants in another way".to_owned();
        log.add(Draft::new(Verdict::Editorial, "union-tag", name, message).at(spot).silently());
    }
}
