//! Compares the variants of enumerations. All enumerations are open in Rust, so an added value is not breaking.

use super::change::Verdict;
use super::log::{Draft, Log, Spot};
use super::renames;
use crate::model::Enumeration;

pub(super) fn compare(log: &mut Log<'_>, name: &str, old: &Enumeration, new: &Enumeration) {
    let values = Spot::both(old.pointer.clone(), new.pointer.clone());
    for was in &old.variants {
        match new.variants.iter().find(|is| is.wire == was.wire) {
            Some(is) if is.name == was.name => {}
            Some(is) => {
                let message = format!("is renamed to `{}`", is.name);
                let draft = Draft::new(Verdict::Breaking, "variant-name", format!("{name}::{}", was.name), message);
                log.add(draft.at(&values));
            }
            None => {
                let message = format!("was removed: `{}` is read as `Unknown`", was.wire);
                let draft = Draft::new(Verdict::Breaking, "variant-removed", format!("{name}::{}", was.name), message);
                log.add(draft.at(&values).hint(renames::of_variant(old, new)));
            }
        }
    }
    for is in &new.variants {
        if old.variants.iter().all(|was| was.wire != is.wire) {
            let message = format!("is new: `{}` was read as `Unknown`", is.wire);
            let draft = Draft::new(Verdict::Additive, "variant-added", format!("{name}::{}", is.name), message);
            log.add(draft.at(&values));
        }
    }
    closing(log, name, old, new, &values);
}

fn closing(log: &mut Log<'_>, name: &str, old: &Enumeration, new: &Enumeration, spot: &Spot) {
    if old.closed == new.closed {
        return;
    }
    let word = if new.closed { "complete" } else { "incomplete" };
    let message = format!("is documented as {word}: only the mock server uses this");
    log.add(Draft::new(Verdict::Editorial, "enumeration-closed", name, message).at(spot));
}
