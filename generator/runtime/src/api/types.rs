//! The types of an API: what their values are, and which fields and rules they have.

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
    /// Anything.
    Any,
    /// An object or enumeration of the API, or a type that is not described.
    Named(&'static str),
    /// A list.
    List(&'static Kind),
    /// An object with any keys.
    Map(&'static Kind),
}

/// A type with fields.
#[derive(Clone, Copy, Debug)]
pub struct Object {
    /// Its name.
    pub name: &'static str,
    /// Its fields, in the order of the document.
    pub fields: &'static [Field],
    /// Fields that are required only under a condition.
    pub conditions: &'static [Condition],
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

/// A string with known values.
#[derive(Clone, Copy, Debug)]
pub struct Enumeration {
    /// Its name.
    pub name: &'static str,
    /// Its known values.
    pub values: &'static [&'static str],
    /// Whether the document says that there are no others.
    pub closed: bool,
}

impl Object {
    /// An object without conditions.
    pub const fn new(name: &'static str, fields: &'static [Field]) -> Self {
        Self { name, fields, conditions: &[] }
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
