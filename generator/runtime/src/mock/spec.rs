//! The description of an API for the mock server, in addition to the `ApiSpec`.

use crate::api::{ApiSpec, Operation};

/// The mock server's description of an API, written by the generator.
#[derive(Clone, Copy, Debug)]
pub struct MockSpec {
    /// The description of the API.
    pub api: &'static ApiSpec,
    /// The prefix of every path.
    pub base_path: &'static str,
    /// The action of each operation.
    pub operations: &'static [MockOperation],
    /// The objects that operations list, read, create, change and delete.
    pub collections: &'static [Collection],
    /// A sample body of each webhook event, by its name.
    pub events: &'static [(&'static str, &'static str)],
}

/// An operation with its action.
#[derive(Clone, Copy, Debug)]
pub struct MockOperation {
    /// The operation's description.
    pub operation: &'static Operation,
    /// The operation's action.
    pub action: Action,
    /// The body of a success response.
    pub sample: Option<&'static str>,
}

/// The action of an operation on a collection, given by its index.
#[derive(Clone, Copy, Debug)]
pub enum Action {
    /// Lists the objects.
    List(usize),
    /// Reads an object.
    Get(usize),
    /// Creates an object.
    Create(usize),
    /// Changes an object.
    Update(usize),
    /// Deletes an object.
    Delete(usize),
    /// Any other action: the response is the sample.
    Other,
}

/// The objects of one type.
#[derive(Clone, Copy, Debug)]
pub struct Collection {
    /// The name of the type.
    pub schema: &'static str,
    /// A sample of the type's own fields, as JSON.
    pub sample: &'static str,
    /// The field with the id.
    pub key: &'static str,
    /// The fields with objects of other collections.
    pub relations: &'static [Relation],
    /// Aliases of fields.
    pub aliases: &'static [Alias],
}

/// A field with an object of another collection.
#[derive(Clone, Copy, Debug)]
pub struct Relation {
    /// The field's name.
    pub field: &'static str,
    /// The index of the collection.
    pub collection: usize,
    /// The relations of the object where it is embedded.
    pub inner: &'static [Relation],
}

/// An alias of a field in a list's items.
#[derive(Clone, Copy, Debug)]
pub struct Alias {
    /// The alias.
    pub name: &'static str,
    /// The list's field.
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
