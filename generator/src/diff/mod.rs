//! Compares two versions of an API, and lists the changes for users of the generated crate.
//!
//! The models are compared first, then the rest of the documents, so that every change of either file is reported.

mod arguments;
mod bodies;
mod change;
mod changes;
mod deprecation;
mod documents;
mod enumerations;
mod error_responses;
mod fields;
mod json;
mod keys;
mod log;
mod markdown;
mod objects;
mod operations;
mod paging;
mod parameters;
mod policy;
mod renames;
mod responses;
mod rules;
mod settings;
mod text;
mod titles;
mod traits;
mod types;
mod unions;
mod version;
mod webhooks;
mod words;

pub use change::{Change, Side, Verdict};
pub use changes::Changes;
pub use version::Unreadable;

use crate::input::Input;
use crate::stack;
use log::Log;
use version::Version;

/// Compares two versions of an API with its settings. Samples are ignored.
pub fn diff(old: &Input, new: &Input) -> Result<Changes, Unreadable> {
    stack::with_room(|| {
        let (old, new) = (Version::read(old, Side::Old)?, Version::read(new, Side::New)?);
        let mut log = Log::new(&old, &new);
        policy::compare(&mut log);
        operations::compare(&mut log);
        types::compare(&mut log);
        webhooks::compare(&mut log);
        documents::compare(&mut log);
        settings::compare(&mut log);
        Ok(log.finish())
    })
}
