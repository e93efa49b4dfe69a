//! Describes the types of the generated crate.

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
    /// Whether typify generates a fallible conversion from a string.
    pub(crate) from_text: bool,
    pub(crate) home: Home,
    pub(crate) shape: Shape,
    /// Whether values of a type without fields or variants are sent.
    pub(crate) sent: bool,
    /// Whether parameters have values of this type, so that it needs `Serialize`.
    pub(crate) encoded: bool,
}

/// The file of a type.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Home {
    /// The file of a resource, by its module.
    Resource(String),
    /// A file of types that exactly these resources need, by their modules.
    Shared { module: String, users: Vec<String> },
    /// The file of types that several resources share.
    Common,
}

impl Home {
    /// The module of types that several resources share.
    pub(crate) const COMMON: &str = "common";

    /// Returns the name of the module.
    pub(crate) fn module(&self) -> &str {
        match self {
            Self::Resource(module) | Self::Shared { module, .. } => module,
            Self::Common => Self::COMMON,
        }
    }

    /// Returns the modules of the only resources that need it; none if others may need it.
    pub(crate) fn users(&self) -> &[String] {
        match self {
            Self::Resource(module) => std::slice::from_ref(module),
            Self::Shared { users, .. } => users,
            Self::Common => &[],
        }
    }
}

#[derive(Debug)]
pub(crate) enum Shape {
    Object(Box<Object>),
    Enumeration(Enumeration),
    Union(Union),
    /// The newtype that progenitor generates; `None` if its values have no describable type.
    Other(Option<Newtype>),
}

/// A string or integer with known values.
#[derive(Debug)]
pub(crate) struct Enumeration {
    /// Whether the values are integers.
    pub(crate) integers: bool,
    /// A pointer to the list of values.
    pub(crate) pointer: String,
    pub(crate) variants: Vec<Variant>,
    /// Whether the document rules out other values.
    pub(crate) closed: bool,
}

/// One of several types.
#[derive(Debug)]
pub(crate) struct Union {
    /// The property that names the type; `None` if deserialization tries each type.
    pub(crate) tag: Option<String>,
    /// Whether users create values of it.
    pub(crate) constructed: bool,
    pub(crate) members: Vec<Member>,
}

/// A type in a union.
#[derive(Debug)]
pub(crate) struct Member {
    /// The name of the variant.
    pub(crate) name: String,
    pub(crate) kind: Kind,
    /// Whether the type can contain values of the union.
    pub(crate) boxed: bool,
    /// The values of the tag that name this type.
    pub(crate) tags: Vec<String>,
    /// Which type serializes the tag.
    pub(crate) written: Written,
    pub(crate) rules: Vec<Rule>,
    /// Whether the type checks its own rules.
    pub(crate) checked: bool,
}

/// Which type serializes the tag of a union.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Written {
    /// The member, which has a field for the tag; also used when the union has no tag.
    ByType,
    /// The union. `extra` names the field in which a member keeps unknown properties.
    ByUnion { extra: Option<String> },
}

/// A type without fields, known values or variants.
#[derive(Debug)]
pub(crate) struct Newtype {
    pub(crate) kind: Kind,
    pub(crate) rules: Vec<Rule>,
}

/// A type with fields.
#[derive(Debug)]
pub(crate) struct Object {
    pub(crate) fields: Vec<Field>,
    /// The field that keeps properties that the document does not describe.
    pub(crate) extra: Option<String>,
    /// The properties allowed in addition to the fields.
    pub(crate) others: Others,
    /// Whether users create values of it.
    pub(crate) constructed: bool,
    pub(crate) conditions: Vec<Condition>,
    /// The name of the constant that describes it.
    pub(crate) constant: String,
}

impl Object {
    /// Returns the JSON name of a field.
    pub(crate) fn wire<'a>(&'a self, name: &'a str) -> &'a str {
        self.fields.iter().find(|field| field.name == name).map_or(name, |field| field.wire.as_str())
    }
}

/// The properties of an object in addition to its fields.
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
    /// The name of the setter that sends null; empty if there is none.
    pub(crate) null_setter: String,
    pub(crate) docs: Option<String>,
    pub(crate) deprecated: bool,
    pub(crate) kind: Kind,
    /// Whether the field can directly contain values of its own object, so that it is boxed.
    pub(crate) boxed: bool,
    pub(crate) presence: Presence,
    /// The only value of a required field that has no other.
    pub(crate) constant: Option<Constant>,
    pub(crate) rules: Vec<Rule>,
    /// The API's default, as JSON.
    pub(crate) default: Option<String>,
    /// Whether the field or a value inside it is checked before it is sent.
    pub(crate) checked: bool,
}

impl Field {
    /// Whether the constructor takes it as an argument.
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

/// Whether a value is required.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Presence {
    /// Always present.
    Required,
    /// Always present, and may be null.
    RequiredNullable,
    /// May be absent; null means the same.
    Optional,
    /// May be absent, and null has a meaning of its own.
    OptionalNullable,
}

impl Presence {
    /// Whether it is always present.
    pub(crate) fn is_required(self) -> bool {
        matches!(self, Self::Required | Self::RequiredNullable)
    }
}

/// A field that the value of another field makes required.
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
