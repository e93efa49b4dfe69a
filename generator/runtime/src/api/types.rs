//! The types of an API: what their values are, and which fields and rules they have.

use std::borrow::Cow;

use serde_json::Value;

use super::Rule;

/// What a value is.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A string.
    String,
    /// `true` or `false`.
    Boolean,
    /// A whole number.
    Integer,
    /// A floating-point number.
    Number,
    /// An exact number.
    Decimal,
    /// A date and time.
    Timestamp,
    /// A date.
    Date,
    /// A UUID.
    Uuid,
    /// A file in a body of several parts.
    File,
    /// Anything.
    Any,
    /// A type of the API.
    Named(&'static str),
    /// A list.
    List(&'static Kind),
    /// An object with any keys.
    Map(&'static Kind),
    /// A value in a list or map that may be null.
    Nullable(&'static Kind),
}

/// A type with fields.
#[derive(Clone, Copy, Debug)]
pub struct Object {
    /// Its name.
    pub name: &'static str,
    /// Its fields, in the order of the document.
    pub fields: &'static [Field],
    /// What other properties it may have.
    pub others: Others,
    /// Fields that are required only under a condition.
    pub conditions: &'static [Condition],
}

/// The properties of an object that are none of its fields.
#[derive(Clone, Copy, Debug)]
pub enum Others {
    /// Any.
    Any,
    /// Values of this kind.
    Of(Kind),
    /// None.
    None,
}

/// A field of an object.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// Its name in JSON.
    pub name: &'static str,
    /// What its value is.
    pub kind: Kind,
    /// Whether it must be present.
    pub required: bool,
    /// Whether it may be null.
    pub nullable: bool,
    /// The rules that its value must keep.
    pub rules: &'static [Rule],
}

/// A field that another field's value makes required.
#[derive(Clone, Copy, Debug)]
pub struct Condition {
    /// The required field.
    pub field: &'static str,
    /// The other field.
    pub when: &'static str,
    /// The values of the other field that make it required.
    pub is: &'static [&'static str],
}

/// A string or integer with known values.
#[derive(Clone, Copy, Debug)]
pub struct Enumeration {
    /// Its name.
    pub name: &'static str,
    /// Its known values.
    pub values: &'static [&'static str],
    /// Whether the document says that there are no others.
    pub closed: bool,
    /// Whether the values are integers.
    pub integers: bool,
}

/// A type whose values are one of several types.
#[derive(Clone, Copy, Debug)]
pub struct Union {
    /// Its name.
    pub name: &'static str,
    /// The property whose value names the type, if there is one.
    pub tag: Option<&'static str>,
    /// The types, in the order of the document.
    pub members: &'static [Member],
}

/// One of the types of a union.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    /// What its values are.
    pub kind: Kind,
    /// The values of the union's property that name it.
    pub tags: &'static [&'static str],
    /// The rules that its values must keep.
    pub rules: &'static [Rule],
}

/// A name for a type that has no fields, known values or variants of its own.
#[derive(Clone, Copy, Debug)]
pub struct Newtype {
    /// The name.
    pub name: &'static str,
    /// What its values are.
    pub kind: Kind,
    /// The rules that its values must keep.
    pub rules: &'static [Rule],
}

impl Object {
    /// An object without conditions.
    pub const fn new(name: &'static str, fields: &'static [Field]) -> Self {
        Self { name, fields, others: Others::Any, conditions: &[] }
    }

    /// The same object with these other properties.
    pub const fn others(self, others: Others) -> Self {
        Self { others, ..self }
    }

    /// The same object with these conditions.
    pub const fn conditions(self, conditions: &'static [Condition]) -> Self {
        Self { conditions, ..self }
    }

    /// The field of this name in JSON.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

impl Enumeration {
    /// The text of a JSON value, if it is of the right type.
    pub(crate) fn text_of<'v>(&self, value: &'v Value) -> Option<Cow<'v, str>> {
        match value {
            Value::String(text) if !self.integers => Some(Cow::Borrowed(text)),
            Value::Number(number) if self.integers && number.is_i64() => Some(Cow::Owned(number.to_string())),
            _ => None,
        }
    }
}

impl Member {
    /// One of the types of a union that no property tells apart.
    pub const fn new(kind: Kind) -> Self {
        Self { kind, tags: &[], rules: &[] }
    }

    /// The same type, named by these values of the union's property.
    pub const fn tags(self, tags: &'static [&'static str]) -> Self {
        Self { tags, ..self }
    }

    /// The same type with these rules.
    pub const fn rules(self, rules: &'static [Rule]) -> Self {
        Self { rules, ..self }
    }
}

impl Field {
    /// A field that may be absent, but not null.
    pub const fn new(name: &'static str, kind: Kind) -> Self {
        Self { name, kind, required: false, nullable: false, rules: &[] }
    }

    /// The same field, which must be present.
    pub const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// The same field, which may be null.
    pub const fn nullable(self) -> Self {
        Self { nullable: true, ..self }
    }

    /// The same field with these rules.
    pub const fn rules(self, rules: &'static [Rule]) -> Self {
        Self { rules, ..self }
    }
}
