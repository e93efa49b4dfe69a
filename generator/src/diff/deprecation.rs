//! Compares the deprecation of operations, parameters, types, fields and events.

use super::change::Verdict;
use super::log::{Draft, Log, Spot};

/// Reports new and removed deprecation warnings.
pub(super) fn deprecation(log: &mut Log<'_>, spot: &Spot, subject: &str, old: bool, new: bool) {
    match (old, new) {
        (false, true) => log.add(
            Draft::new(Verdict::Additive, "deprecated", subject, "is deprecated: uses cause a compiler warning")
                .at(spot),
        ),
        (true, false) => {
            log.add(
                Draft::new(Verdict::Editorial, "no-longer-deprecated", subject, "is no longer deprecated").at(spot),
            );
        }
        _ => {}
    }
}
