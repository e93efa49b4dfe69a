//! The types of an API: kinds, fields and rules.

use std::borrow::Cow;

use serde_json::Value;

use super::Rule;

/// The type of a value.
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
    /// A file in a multipart body.
    File,
    /// Anything.
    Any,
    /// A type of the API.
    Named(&'static str),
    /// A list.
    List(&'static Kind),
    /// An object with arbitrary keys.
    Map(&'static Kind),
    /// A nullable value in a list or map.
    Nullable(&'static Kind),
}

/// A type with fields.
#[derive(Clone, Copy, Debug)]
pub struct Object {
    /// The type's name.
    pub name: &'static str,
    /// The fields, in the order of the document.
    pub fields: &'static [Field],
    /// The properties that have no field.
    pub others: Others,
    /// Fields that are required only under a condition.
    pub conditions: &'static [Condition],
}

/// The properties of an object that have no field.
#[derive(Clone, Copy, Debug)]
pub enum Others {
    /// Any properties.
    Any,
    /// Properties with values of this kind.
    Of(Kind),
    /// No properties.
    None,
}

/// A field of an object.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The property name in JSON.
    pub name: &'static str,
    /// The type of the value.
    pub kind: Kind,
    /// Whether the field is required.
    pub required: bool,
    /// Whether the value may be null.
    pub nullable: bool,
    /// The rules for the value.
    pub rules: &'static [Rule],
}

/// A field that is required depending on another field.
#[derive(Clone, Copy, Debug)]
pub struct Condition {
    /// The required field.
    pub field: &'static str,
    /// The other field.
    pub when: &'static str,
    /// The values of the other field for which the field is required.
    pub is: &'static [&'static str],
}

/// A string or integer with known values.
#[derive(Clone, Copy, Debug)]
pub struct Enumeration {
    /// The type's name.
    pub name: &'static str,
    /// The known values.
    pub values: &'static [&'static str],
    /// Whether the document excludes other values.
    pub closed: bool,
    /// Whether the values are integers.
    pub integers: bool,
}

/// A type whose values have one of several types.
#[derive(Clone, Copy, Debug)]
pub struct Union {
    /// The type's name.
    pub name: &'static str,
    /// The discriminator property, if there is one.
    pub tag: Option<&'static str>,
    /// The variants, in the order of the document.
    pub members: &'static [Member],
}

/// A variant of a union.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    /// The type of its values.
    pub kind: Kind,
    /// The discriminator values of this variant.
    pub tags: &'static [&'static str],
    /// The rules for its values.
    pub rules: &'static [Rule],
}

/// A named type without fields, known values or variants of its own.
#[derive(Clone, Copy, Debug)]
pub struct Newtype {
    /// The type's name.
    pub name: &'static str,
    /// The type of its values.
    pub kind: Kind,
    /// The rules for its values.
    pub rules: &'static [Rule],
}

impl Object {
    /// Returns an object without conditions.
    pub const fn new(name: &'static str, fields: &'static [Field]) -> Self {
        Self { name, fields, others: Others::Any, conditions: &[] }
    }

    /// Sets the properties that have no field.
    pub const fn others(self, others: Others) -> Self {
        Self { others, ..self }
    }

    /// Sets the conditions.
    pub const fn conditions(self, conditions: &'static [Condition]) -> Self {
        Self { conditions, ..self }
    }

    /// Returns the field with this property name.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

impl Enumeration {
    /// Returns a JSON value as text, if it has the enumeration's type.
    pub(crate) fn text_of<'v>(&self, value: &'v Value) -> Option<Cow<'v, str>> {
        match value {
            Value::String(text) if !self.integers => Some(Cow::Borrowed(text)),
            Value::Number(number) if self.integers && number.is_i64() => Some(Cow::Owned(number.to_string())),
            _ => None,
        }
    }
}

impl Member {
    /// Returns a variant of a union without discriminator.
    pub const fn new(kind: Kind) -> Self {
        Self { kind, tags: &[], rules: &[] }
    }

    /// Sets the discriminator values.
    pub const fn tags(self, tags: &'static [&'static str]) -> Self {
        Self { tags, ..self }
    }

    /// Sets the rules.
    pub const fn rules(self, rules: &'static [Rule]) -> Self {
        Self { rules, ..self }
    }
}

impl Field {
    /// Returns an optional field that is not nullable.
    pub const fn new(name: &'static str, kind: Kind) -> Self {
        Self { name, kind, required: false, nullable: false, rules: &[] }
    }

    /// Makes the field required.
    pub const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    /// Makes the field nullable.
    pub const fn nullable(self) -> Self {
        Self { nullable: true, ..self }
    }

    /// Sets the rules.
    pub const fn rules(self, rules: &'static [Rule]) -> Self {
        Self { rules, ..self }
    }
}
