//! The command `promotekit`, as a function. Its surface is its arguments; `promotekit --help` tells of them.

use std::process::ExitCode;

use crate::generated::cli::SURFACE;

/// Reads the arguments of this process and does what they say.
pub fn main() -> ExitCode {
    crate::runtime::cli::main(&SURFACE)
}
