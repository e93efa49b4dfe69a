//! JSON text, read and laid out without changing what it holds.

mod layout;
mod object;

pub(crate) use layout::{compact, pretty};
pub(crate) use object::{RawObject, array_items};
