//! Compares lists: whether they are paginated, and the keys of their rows.

use super::change::Verdict;
use super::log::{Draft, Log, Spot};
use crate::kind::Kind;
use crate::model::{Operation, Paging};

pub(super) fn compare(log: &mut Log<'_>, old: &Operation, new: &Operation, spot: &Spot) {
    let draft = match (&old.paging, &new.paging) {
        (Some(_), None) => {
            let message = "has no `stream`, `rows` and `pages` any more";
            Draft::new(Verdict::Breaking, "paging-removed", &old.id, message)
        }
        (None, Some(_)) => {
            let message = "has `stream`, `rows` and `pages`";
            Draft::new(Verdict::Additive, "paging-added", &old.id, message)
        }
        (Some(was), Some(is)) if key(was) != key(is) => {
            let message = format!("identifies its rows by {} instead of {}", key(is), key(was));
            Draft::new(Verdict::Breaking, "paging-key", &old.id, message)
                .silent_if(is.key.is_none() || was.key.is_none())
        }
        _ => return,
    };
    log.add(draft.beside(spot));
}

fn key(paging: &Paging) -> String {
    let text = |(field, kind): &(String, Kind)| format!("`{field}: {kind}`");
    paging.key.as_ref().map_or("nothing".to_owned(), text)
}
