//! Converts typed values to parts of a request.

use super::encode::Encode;
use super::file_part::FilePart;
use super::nullable::Nullable;
use super::tree::Tree;

/// A value of a part.
pub trait PartValue {
    /// The content to send.
    fn content(&self) -> Content;
}

/// The content of a value's parts.
#[derive(Clone, Debug)]
pub enum Content {
    /// Nothing.
    Absent,
    /// Null, which a part cannot express.
    Null,
    /// A part per file.
    Files(Vec<FilePart>),
    /// A value, as JSON and as text.
    Value {
        /// As JSON.
        json: Tree,
        /// As text, in which numbers keep the original digits.
        plain: Tree,
    },
}

impl<T: Encode> PartValue for T {
    fn content(&self) -> Content {
        match self.json() {
            Tree::Null => Content::Absent,
            json => Content::Value { json, plain: self.plain() },
        }
    }
}

impl PartValue for FilePart {
    fn content(&self) -> Content {
        Content::Files(vec![self.clone()])
    }
}

impl PartValue for Vec<FilePart> {
    fn content(&self) -> Content {
        Content::Files(self.clone())
    }
}

macro_rules! optional {
    ($($ty:ty),*) => {
        $(impl PartValue for Option<$ty> {
            fn content(&self) -> Content {
                self.as_ref().map_or(Content::Absent, PartValue::content)
            }
        })*
    };
}
optional!(FilePart, Vec<FilePart>);

impl<T: Encode> PartValue for Nullable<T> {
    fn content(&self) -> Content {
        self.value().map_or(Content::Null, PartValue::content)
    }
}

impl<T: Encode> PartValue for Option<Nullable<T>> {
    fn content(&self) -> Content {
        self.as_ref().map_or(Content::Absent, PartValue::content)
    }
}
