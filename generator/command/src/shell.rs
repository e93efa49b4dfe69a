//! Quotes strings for shells.

/// Quotes a string as one word, in which the shell expands nothing.
pub(crate) fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}
