//! Standard output, and what the terminal behind it can display.

use std::env;
use std::io::{self, BufWriter, IsTerminal, Write};

/// Standard output, buffered.
pub(crate) fn stdout() -> impl Write {
    BufWriter::new(io::stdout())
}

/// The width of the terminal in columns; none if standard output goes elsewhere.
pub(crate) fn width() -> Option<usize> {
    let (terminal_size::Width(width), _) = terminal_size::terminal_size_of(io::stdout())?;
    Some(width.into()).filter(|width| *width > 0)
}

/// Whether standard output has colour, by the value of `--color`.
pub(crate) fn has_colour(when: &str) -> bool {
    match when {
        "always" => true,
        "never" => false,
        _ => io::stdout().is_terminal() && env::var_os("NO_COLOR").is_none_or(|value| value.is_empty()),
    }
}
