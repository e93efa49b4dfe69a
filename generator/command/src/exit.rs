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
    (Exit::Success, "success"),
    (Exit::Failed, "a file error, an undocumented response, or a declined confirmation"),
    (Exit::Usage, "a usage error; nothing was sent"),
    (Exit::Key, "no API key, or the API rejected it"),
    (Exit::NotFound, "the object does not exist"),
    (Exit::Rejected, "the API rejected the request"),
    (Exit::RateLimited, "rate limit exceeded; retry later"),
    (Exit::Network, "the API was unreachable or failed; a retry may help"),
    (Exit::OutcomeUnknown, "the outcome of a create is unknown; check before you run it again"),
    (Exit::Interrupted, "interrupted"),
];

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
