//! Splits a value into strings, before they are encoded and joined.

use crate::values::tree::Tree;

/// A value as strings.
pub(super) enum Pieces {
    One(String),
    Items(Vec<String>),
    /// The fields of an object with their names, without null fields.
    Fields(Vec<(String, String)>),
}

impl Pieces {
    pub(super) fn of(value: Tree) -> Self {
        match value {
            Tree::List(items) => Self::Items(items.into_iter().map(Tree::into_text).collect()),
            Tree::Object(fields) => {
                let set = fields.into_iter().filter(|(_, value)| *value != Tree::Null);
                Self::Fields(set.map(|(field, value)| (field, value.into_text())).collect())
            }
            value => Self::One(value.into_text()),
        }
    }

    /// Lists all strings, including field names.
    pub(super) fn all(&self) -> impl Iterator<Item = &str> {
        let (items, fields): (&[String], &[(String, String)]) = match self {
            Self::One(value) => (std::slice::from_ref(value), &[]),
            Self::Items(items) => (items, &[]),
            Self::Fields(fields) => (&[], fields),
        };
        let fields = fields.iter().flat_map(|(field, value)| [field, value]);
        items.iter().chain(fields).map(String::as_str)
    }

    /// Encodes each string.
    pub(super) fn map(self, encode: impl Fn(String) -> String) -> Self {
        match self {
            Self::One(value) => Self::One(encode(value)),
            Self::Items(items) => Self::Items(items.into_iter().map(encode).collect()),
            Self::Fields(fields) => {
                Self::Fields(fields.into_iter().map(|(field, value)| (encode(field), encode(value))).collect())
            }
        }
    }

    /// Joins the strings; exploded fields are `name=value`.
    pub(super) fn joined(self, explode: bool, delimiter: &str) -> String {
        let between = if explode { "=" } else { delimiter };
        match self {
            Self::One(value) => value,
            Self::Items(items) => items.join(delimiter),
            Self::Fields(fields) => {
                let fields = fields.into_iter().map(|(field, value)| format!("{field}{between}{value}"));
                fields.collect::<Vec<_>>().join(delimiter)
            }
        }
    }
}

/// Adds a pair for each item of a list, one pair for any other value, and none for null.
pub(super) fn repeated(name: String, value: Tree, add: &mut impl FnMut(String, String)) {
    match value {
        Tree::Null => {}
        Tree::List(items) => {
            for item in items {
                add(name.clone(), item.into_text());
            }
        }
        value => add(name, value.into_text()),
    }
}
