//! Typed values ⇄ the text of path and query parameters.

use std::fmt::Display;

/// A value as parameter text.
pub(crate) fn text(value: &impl Display) -> String {
    value.to_string()
}

/// Several values as one text, with a delimiter between them.
pub(crate) fn joined<T: Display>(values: &[T], delimiter: &str) -> String {
    texts(values).join(delimiter)
}

/// Several values as a parameter that is repeated once for each.
pub(crate) fn texts<T: Display>(values: &[T]) -> Vec<String> {
    values.iter().map(ToString::to_string).collect()
}
