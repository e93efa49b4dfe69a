//! The shape of the table that describes an API to the stand-in.

use crate::runtime::check::Rule;
use crate::runtime::policy::Policy;

pub(crate) struct Table {
    pub(crate) policy: &'static Policy,
    /// Where every path begins.
    pub(crate) base_path: &'static str,
    /// The properties around every success body: the flag and the data.
    pub(crate) envelope: Option<(&'static str, &'static str)>,
    pub(crate) pages: Option<Pages>,
    pub(crate) operations: &'static [Operation],
    pub(crate) collections: &'static [Collection],
    pub(crate) objects: &'static [Object],
    pub(crate) enumerations: &'static [Enumeration],
    /// A body for each event that webhooks are sent on, by its name.
    pub(crate) events: &'static [(&'static str, &'static str)],
}

/// How lists are cut into pages, by names in requests and bodies.
#[allow(clippy::struct_field_names, reason = "the names are those of the settings")]
pub(crate) struct Pages {
    pub(crate) page_parameter: &'static str,
    pub(crate) limit_parameter: &'static str,
    pub(crate) property: &'static str,
    pub(crate) page: Option<&'static str>,
    pub(crate) limit: Option<&'static str>,
    pub(crate) total_count: Option<&'static str>,
    pub(crate) total_pages: Option<&'static str>,
    pub(crate) has_more: Option<&'static str>,
}

pub(crate) struct Operation {
    pub(crate) id: &'static str,
    pub(crate) method: &'static str,
    /// A template, such as `/things/{id}`.
    pub(crate) path: &'static str,
    /// Whether it is called without the API key.
    pub(crate) keyless: bool,
    pub(crate) parameters: &'static [Parameter],
    pub(crate) body: Option<Kind>,
    pub(crate) action: Action,
    /// A success body.
    pub(crate) sample: Option<&'static str>,
    pub(crate) paged: bool,
}

/// What an operation does with a collection, by its index.
#[derive(Clone, Copy)]
pub(crate) enum Action {
    List(usize),
    Get(usize),
    Create(usize),
    Update(usize),
    Delete(usize),
    /// Something of its own, answered with a sample.
    Other,
}

pub(crate) struct Parameter {
    pub(crate) name: &'static str,
    pub(crate) location: Location,
    pub(crate) kind: Kind,
    pub(crate) required: bool,
    pub(crate) rules: &'static [Rule],
    /// What is assumed when it is absent, as JSON.
    pub(crate) default: Option<&'static str>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Location {
    Path,
    Query,
    Joined(&'static str),
    Repeated,
}

/// What a value is.
#[derive(Clone, Copy)]
pub(crate) enum Kind {
    Text,
    Boolean,
    Integer,
    Number,
    /// An exact one.
    Decimal,
    Timestamp,
    Date,
    Uuid,
    Any,
    /// An object or enumeration of the table, or a type that the table says nothing of.
    Named(&'static str),
    List(&'static Kind),
    Map(&'static Kind),
}

pub(crate) struct Object {
    pub(crate) name: &'static str,
    pub(crate) fields: &'static [Field],
    pub(crate) conditions: &'static [Condition],
}

pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) required: bool,
    pub(crate) nullable: bool,
    pub(crate) rules: &'static [Rule],
}

/// A field that another one's value makes required.
pub(crate) struct Condition {
    pub(crate) field: &'static str,
    pub(crate) when: &'static str,
    pub(crate) is: &'static [&'static str],
}

pub(crate) struct Enumeration {
    pub(crate) name: &'static str,
    pub(crate) values: &'static [&'static str],
    /// Whether there are no other values.
    pub(crate) closed: bool,
}

/// The objects of one type that operations list, read, make and change.
pub(crate) struct Collection {
    pub(crate) schema: &'static str,
    /// The own fields of one of them.
    pub(crate) sample: &'static str,
    /// The field that tells them apart.
    pub(crate) key: &'static str,
    pub(crate) relations: &'static [Relation],
    pub(crate) aliases: &'static [Alias],
}

/// A field that holds an object of a collection.
pub(crate) struct Relation {
    pub(crate) field: &'static str,
    pub(crate) collection: usize,
    /// Which relations the object shows where it is embedded.
    pub(crate) inner: &'static [Relation],
}

/// Another name for a field of a list's items.
pub(crate) struct Alias {
    pub(crate) name: &'static str,
    pub(crate) list: &'static str,
    pub(crate) field: &'static str,
}

impl Parameter {
    /// A parameter that may be absent.
    pub(crate) const fn new(name: &'static str, location: Location, kind: Kind) -> Self {
        Self { name, location, kind, required: false, rules: &[], default: None }
    }

    pub(crate) const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    pub(crate) const fn rules(self, rules: &'static [Rule]) -> Self {
        Self { rules, ..self }
    }

    pub(crate) const fn default(self, default: &'static str) -> Self {
        Self { default: Some(default), ..self }
    }
}

impl Field {
    /// A field that may be absent, but not null.
    pub(crate) const fn new(name: &'static str, kind: Kind) -> Self {
        Self { name, kind, required: false, nullable: false, rules: &[] }
    }

    pub(crate) const fn required(self) -> Self {
        Self { required: true, ..self }
    }

    pub(crate) const fn nullable(self) -> Self {
        Self { nullable: true, ..self }
    }

    pub(crate) const fn rules(self, rules: &'static [Rule]) -> Self {
        Self { rules, ..self }
    }
}

impl Table {
    pub(crate) fn object(&self, name: &str) -> Option<&'static Object> {
        self.objects.iter().find(|object| object.name == name)
    }

    pub(crate) fn enumeration(&self, name: &str) -> Option<&'static Enumeration> {
        self.enumerations.iter().find(|enumeration| enumeration.name == name)
    }
}

impl Collection {
    pub(crate) fn alias(&self, name: &str) -> Option<&'static Alias> {
        self.aliases.iter().find(|alias| alias.name == name)
    }

    pub(crate) fn relation(&self, field: &str) -> Option<(usize, &'static Relation)> {
        self.relations.iter().enumerate().find(|(_, relation)| relation.field == field)
    }
}
