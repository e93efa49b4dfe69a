//! Parses and reformats JSON text without changing its values.

mod layout;
mod object;

pub(crate) use layout::{compact, pretty};
pub(crate) use object::{RawObject, array_items};
