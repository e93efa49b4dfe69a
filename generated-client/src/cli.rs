//! The command `promotekit`, as a function. Its surface is its arguments: `promotekit --help` tells of them.

use std::ffi::OsString;
use std::process::ExitCode;

use crate::generated::cli::SURFACE;

/// Does what the arguments say. The first is the name of the program.
pub fn run<A>(arguments: A) -> ExitCode
where
    A: IntoIterator<Item: Into<OsString> + Clone>,
{
    crate::runtime::cli::run(&SURFACE, arguments)
}

#[cfg(test)]
mod tests;
