//! Standard output and the capabilities of its terminal.

use std::env;
use std::io::{self, BufWriter, IsTerminal, Write};

/// Returns buffered standard output.
pub(crate) fn stdout() -> impl Write {
    BufWriter::new(io::stdout())
}

/// Returns the width of the terminal in columns; `None` if standard output is not a terminal.
pub(crate) fn width() -> Option<usize> {
    let (terminal_size::Width(width), _) = terminal_size::terminal_size_of(io::stdout())?;
    Some(width.into()).filter(|width| *width > 0)
}

/// Whether to use colour on standard output, by the value of `--color`.
pub(crate) fn has_colour(when: &str) -> bool {
    match when {
        "always" => true,
        "never" => false,
        _ => io::stdout().is_terminal() && env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
    }
}
