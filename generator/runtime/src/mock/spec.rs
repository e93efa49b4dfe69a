//! What the mock server needs to know of an API beside its description.

use crate::api::{ApiSpec, Operation};

/// An API as its mock server sees it; the generator writes one.
#[derive(Clone, Copy, Debug)]
pub struct MockSpec {
    /// The description of the API.
    pub api: &'static ApiSpec,
    /// Where every path begins.
    pub base_path: &'static str,
    /// What each operation does.
    pub operations: &'static [MockOperation],
    /// The objects that operations list, read, create, change and delete.
    pub collections: &'static [Collection],
    /// A body of each event that is sent to webhooks, by its name.
    pub events: &'static [(&'static str, &'static str)],
}

/// An operation and what it does.
#[derive(Clone, Copy, Debug)]
pub struct MockOperation {
    /// Its description.
    pub operation: &'static Operation,
    /// What it does.
    pub action: Action,
    /// The body of a success response.
    pub sample: Option<&'static str>,
}

/// What an operation does with a collection, by its index.
#[derive(Clone, Copy, Debug)]
pub enum Action {
    /// It lists the objects.
    List(usize),
    /// It reads one.
    Get(usize),
    /// It creates one.
    Create(usize),
    /// It changes one.
    Update(usize),
    /// It deletes one.
    Delete(usize),
    /// Something else: the response is the sample.
    Other,
}

/// The objects of one type.
#[derive(Clone, Copy, Debug)]
pub struct Collection {
    /// The name of the type.
    pub schema: &'static str,
    /// The own fields of one of them, as JSON.
    pub sample: &'static str,
    /// The field that identifies them.
    pub key: &'static str,
    /// The fields that hold objects of collections.
    pub relations: &'static [Relation],
    /// Other names of fields.
    pub aliases: &'static [Alias],
}

/// A field that holds an object of a collection.
#[derive(Clone, Copy, Debug)]
pub struct Relation {
    /// The field.
    pub field: &'static str,
    /// The collection, by its index.
    pub collection: usize,
    /// Which relations the object has where it is embedded.
    pub inner: &'static [Relation],
}

/// Another name of a field of a list's items.
#[derive(Clone, Copy, Debug)]
pub struct Alias {
    /// The other name.
    pub name: &'static str,
    /// The list.
    pub list: &'static str,
    /// The field of its items.
    pub field: &'static str,
}

impl Collection {
    pub(crate) fn alias(&self, name: &str) -> Option<&'static Alias> {
        self.aliases.iter().find(|alias| alias.name == name)
    }

    pub(crate) fn relation(&self, field: &str) -> Option<(usize, &'static Relation)> {
        self.relations.iter().enumerate().find(|(_, relation)| relation.field == field)
    }
}
