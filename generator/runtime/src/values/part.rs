//! Typed values → parts of a request.

use super::encode::Encode;
use super::file_part::FilePart;
use super::nullable::Nullable;
use super::tree::Tree;

/// A value that can be a part.
pub trait PartValue {
    /// What is sent.
    fn content(&self) -> Content;
}

/// What is sent for a value.
#[derive(Clone, Debug)]
pub enum Content {
    /// Nothing.
    Absent,
    /// Null, which no part can say.
    Null,
    /// A part for each file.
    Files(Vec<FilePart>),
    /// A value, as JSON and as text.
    Value {
        /// As JSON.
        json: Tree,
        /// With the digits that numbers were set with.
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
