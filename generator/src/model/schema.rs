//! The types of the crate.

use super::rule::Rule;
use crate::kind::Kind;

/// A named type.
#[derive(Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each is a question of its own")]
pub(crate) struct Schema {
    pub(crate) name: String,
    pub(crate) pointer: String,
    pub(crate) docs: Option<String>,
    pub(crate) deprecated: bool,
    /// Whether the base library has it made of text, which can fail.
    pub(crate) from_text: bool,
    pub(crate) home: Home,
    pub(crate) shape: Shape,
    /// Whether its values are sent, if it has neither fields nor variants.
    pub(crate) sent: bool,
    /// Whether a parameter has values of it, which serde has to write.
    pub(crate) encoded: bool,
}

/// Which file a type lives in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Home {
    /// That of a resource, by its module.
    Resource(String),
    /// That of what no resource has to itself.
    Common,
}

impl Home {
    /// The module of what no resource has to itself.
    pub(crate) const COMMON: &str = "common";

    /// The module.
    pub(crate) fn module(&self) -> &str {
        match self {
            Self::Resource(module) => module,
            Self::Common => Self::COMMON,
        }
    }
}

#[derive(Debug)]
pub(crate) enum Shape {
    Object(Box<Object>),
    Enumeration(Enumeration),
    Union(Union),
    /// What progenitor makes of it; none if that is nothing that can be described.
    Other(Option<Newtype>),
}

/// A string or integer with known values.
#[derive(Debug)]
pub(crate) struct Enumeration {
    /// Whether the values are integers.
    pub(crate) integers: bool,
    /// The list of its values.
    pub(crate) pointer: String,
    pub(crate) variants: Vec<Variant>,
    /// Whether the document says that there are no others.
    pub(crate) closed: bool,
}

/// One of several types.
#[derive(Debug)]
pub(crate) struct Union {
    /// The property that says which; none if a value has to be tried.
    pub(crate) tag: Option<String>,
    /// Whether users make values of it.
    pub(crate) constructed: bool,
    pub(crate) members: Vec<Member>,
}

/// A type that the values of a union may have.
#[derive(Debug)]
pub(crate) struct Member {
    /// Its variant.
    pub(crate) name: String,
    pub(crate) kind: Kind,
    /// Whether there may be values of the union in it.
    pub(crate) boxed: bool,
    /// The values of the union's property that name it.
    pub(crate) tags: Vec<String>,
    /// Who writes that property.
    pub(crate) written: Written,
    pub(crate) rules: Vec<Rule>,
    /// Whether it knows its own rules.
    pub(crate) checked: bool,
}

/// Who writes the property of a union that names a type.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Written {
    /// The type, which has a field for it; or nobody, where there is no such property.
    ByType,
    /// The union. A type that keeps unknown properties keeps them in the field of this name.
    ByUnion { extra: Option<String> },
}

/// A type that has no fields, known values or variants of its own.
#[derive(Debug)]
pub(crate) struct Newtype {
    pub(crate) kind: Kind,
    pub(crate) rules: Vec<Rule>,
}

/// A type with fields.
#[derive(Debug)]
pub(crate) struct Object {
    pub(crate) fields: Vec<Field>,
    /// The field that keeps what the document does not know.
    pub(crate) extra: Option<String>,
    /// What properties it may have beside its fields.
    pub(crate) others: Others,
    /// Whether users make values of it.
    pub(crate) constructed: bool,
    pub(crate) conditions: Vec<Condition>,
    /// The name of its description.
    pub(crate) constant: String,
}

impl Object {
    /// The name in JSON of a field.
    pub(crate) fn wire<'a>(&'a self, name: &'a str) -> &'a str {
        self.fields.iter().find(|field| field.name == name).map_or(name, |field| field.wire.as_str())
    }
}

/// The properties of an object beside its fields.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Others {
    Any,
    Of(Kind),
    None,
}

#[derive(Debug)]
pub(crate) struct Field {
    pub(crate) wire: String,
    pub(crate) pointer: String,
    pub(crate) name: String,
    /// The method that sets it.
    pub(crate) setter: String,
    pub(crate) docs: Option<String>,
    pub(crate) deprecated: bool,
    pub(crate) kind: Kind,
    /// Whether there may be values of the field's own object directly in it, so that it holds its value in a box.
    pub(crate) boxed: bool,
    pub(crate) presence: Presence,
    /// Its only value, where it is required and there is no other.
    pub(crate) constant: Option<Constant>,
    pub(crate) rules: Vec<Rule>,
    /// Whether there is something to check about it, or inside it, before it is sent.
    pub(crate) checked: bool,
}

impl Field {
    /// Whether who makes an object has to say it.
    pub(crate) fn is_argument(&self) -> bool {
        self.presence.is_required() && self.constant.is_none()
    }
}

/// The only value of a field.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Constant {
    Text(String),
    Boolean(bool),
    Variant { enumeration: String, variant: String },
}

/// Whether a value has to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    /// It is always there.
    Required,
    /// It is always there, and may be null.
    RequiredNullable,
    /// It may be absent; null says the same.
    Optional,
    /// It may be absent, and null says something else.
    OptionalNullable,
}

impl Presence {
    /// Whether it is always there.
    pub(crate) fn is_required(self) -> bool {
        matches!(self, Self::Required | Self::RequiredNullable)
    }
}

/// A field that another one's value makes required.
#[derive(Debug)]
pub(crate) struct Condition {
    pub(crate) field: String,
    pub(crate) when: String,
    pub(crate) is: Vec<String>,
}

#[derive(Debug)]
pub(crate) struct Variant {
    pub(crate) name: String,
    pub(crate) wire: String,
}
