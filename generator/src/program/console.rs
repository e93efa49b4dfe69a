//! The output streams of a command, and the program that runs it.

use std::io::Write;

use crate::Program;

/// The output streams of a command, and the program that runs it.
pub struct Console<'a> {
    /// The program named in messages and generated files.
    pub program: Program,
    /// The stream for results.
    pub out: &'a mut dyn Write,
    /// The stream for errors and progress.
    pub err: &'a mut dyn Write,
}
