//! Where a command prints, and the program that it speaks for.

use std::io::Write;

use crate::Program;

/// Where a command prints, and the program that it speaks for.
pub struct Console<'a> {
    /// Messages name it, and so do the files that it writes.
    pub program: Program,
    /// For results.
    pub out: &'a mut dyn Write,
    /// For errors and progress.
    pub err: &'a mut dyn Write,
}
