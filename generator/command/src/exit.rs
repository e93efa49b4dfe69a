//! The exit codes, which scripts rely on.

use std::process::ExitCode;

/// The exit code of the program.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    Success = 0,
    /// An error without a specific code, such as a file that cannot be written.
    Failed = 1,
    Usage = 2,
    Key = 3,
    NotFound = 4,
    Rejected = 5,
    RateLimited = 6,
    Network = 7,
    OutcomeUnknown = 8,
    /// The shells' code for Ctrl-C.
    Interrupted = 130,
}

/// The meaning of each code, as printed in the help.
pub(crate) const MEANINGS: &[(Exit, &str)] = &[
    (Exit::Success, "done"),
    (Exit::Failed, "failed: a file, or a response that is not as documented"),
    (Exit::Usage, "the command line has to be corrected; nothing was sent"),
    (Exit::Key, "no API key, or the API does not take it"),
    (Exit::NotFound, "there is no such object"),
    (Exit::Rejected, "the API rejected the request"),
    (Exit::RateLimited, "too many requests; try later"),
    (Exit::Network, "the API could not be reached, or failed; trying again may help"),
    (Exit::OutcomeUnknown, "the API may have acted, or has and its response is lost; find out before repeating"),
    (Exit::Interrupted, "interrupted"),
];

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
