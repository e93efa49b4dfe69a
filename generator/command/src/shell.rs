//! Words of a shell.

/// A text as one word; nothing in it means anything to the shell.
pub(crate) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}
