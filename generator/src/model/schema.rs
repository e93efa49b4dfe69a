//! The types of the crate.

use super::rule::Rule;
use crate::kind::Kind;

/// A named type.
#[derive(Debug)]
pub(crate) struct Schema {
    pub(crate) name: String,
    pub(crate) pointer: String,
    pub(crate) docs: Option<String>,
    pub(crate) deprecated: bool,
    /// Whether the base library has it made of text, which can fail.
    pub(crate) from_text: bool,
    pub(crate) home: Home,
    pub(crate) shape: Shape,
}

/// The module of the types that no resource has to itself.
const COMMON: &str = "common";

/// Which file a type lives in.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Home {
    /// That of a resource, by its module.
    Resource(String),
    /// That of what no resource uses.
    Common,
    /// With the raw operations: an envelope, which users never see.
    Raw,
}

impl Home {
    /// The module among the types; none if users do not see the type.
    pub(crate) fn module(&self) -> Option<&str> {
        match self {
            Self::Resource(module) => Some(module),
            Self::Common => Some(COMMON),
            Self::Raw => None,
        }
    }
}

#[derive(Debug)]
pub(crate) enum Shape {
    Object(Box<Object>),
    Enumeration(Enumeration),
    Union(Union),
    /// What the base library makes of it.
    Other,
}

/// A text with known values.
#[derive(Debug)]
pub(crate) struct Enumeration {
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
    /// What the union's property says for it.
    pub(crate) tags: Vec<String>,
    /// What it is told from others by: its tags, or the properties that it has.
    pub(crate) told_by: Vec<String>,
    /// Whether it knows its own rules.
    pub(crate) checked: bool,
}

/// A type with fields.
#[derive(Debug)]
pub(crate) struct Object {
    pub(crate) fields: Vec<Field>,
    /// The field that keeps what the document does not know.
    pub(crate) extra: Option<String>,
    /// Whether users make values of it.
    pub(crate) constructed: bool,
    pub(crate) conditions: Vec<Condition>,
    pub(crate) envelope: Option<Envelope>,
    pub(crate) pagination: Option<PaginationFields>,
}

impl Object {
    /// The name in JSON of a field.
    pub(crate) fn wire<'a>(&'a self, name: &'a str) -> &'a str {
        self.fields.iter().find(|field| field.name == name).map_or(name, |field| field.wire.as_str())
    }
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
    pub(crate) rules: Vec<Rule>,
    pub(crate) inside: Inside,
}

/// What is inside a field and knows its own rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Inside {
    Nothing,
    Object,
    Objects,
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
    /// Whether who makes an object has to say it.
    pub(crate) fn is_required(self) -> bool {
        matches!(self, Self::Required | Self::RequiredNullable)
    }
}

/// A field that another one's value makes required.
#[derive(Debug)]
pub(crate) struct Condition {
    pub(crate) field: String,
    pub(crate) when: String,
    pub(crate) when_required: bool,
    pub(crate) is: Vec<String>,
}

/// An object that wraps the data of a response.
#[derive(Debug)]
pub(crate) struct Envelope {
    pub(crate) success: String,
    pub(crate) data: String,
    pub(crate) content: Content,
}

/// What an envelope holds.
#[derive(Debug)]
pub(crate) enum Content {
    Value(Kind),
    /// Rows, and the field that says where they stand in the list.
    Page {
        row: Kind,
        pagination: String,
    },
}

/// The fields of the object that says where a page stands.
#[derive(Debug)]
pub(crate) struct PaginationFields {
    pub(crate) page: Option<String>,
    pub(crate) limit: Option<String>,
    pub(crate) total_count: Option<String>,
    pub(crate) total_pages: Option<String>,
    pub(crate) has_more: Option<String>,
}

#[derive(Debug)]
pub(crate) struct Variant {
    pub(crate) name: String,
    pub(crate) wire: String,
}
