//! What a mock server for the API needs to know beside operations and types.

/// How lists are cut into pages, by names in requests and bodies.
#[allow(clippy::struct_field_names, reason = "the names are those of the settings")]
#[derive(Debug)]
pub(crate) struct Pages {
    pub(crate) page_parameter: String,
    pub(crate) limit_parameter: String,
    pub(crate) property: String,
    pub(crate) page: Option<String>,
    pub(crate) limit: Option<String>,
    pub(crate) total_count: Option<String>,
    pub(crate) total_pages: Option<String>,
    pub(crate) has_more: Option<String>,
}

/// The objects of one type that operations list, read, make and change.
#[derive(Debug)]
pub(crate) struct Collection {
    /// Their schema.
    pub(crate) schema: String,
    /// The own fields of one of them, as JSON.
    pub(crate) sample: String,
    /// The field that tells them apart.
    pub(crate) key: String,
    pub(crate) relations: Vec<Relation>,
    pub(crate) aliases: Vec<Alias>,
}

/// A field that holds an object of a collection.
#[derive(Debug)]
pub(crate) struct Relation {
    pub(crate) field: String,
    pub(crate) collection: usize,
    /// Which relations the object shows where it is embedded.
    pub(crate) inner: Vec<Relation>,
}

/// Another name for a field of a list's items.
#[derive(Debug)]
pub(crate) struct Alias {
    pub(crate) name: String,
    pub(crate) list: String,
    pub(crate) field: String,
}

/// What an operation does with a collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    List(usize),
    Get(usize),
    Create(usize),
    Update(usize),
    Delete(usize),
    /// Something of its own: its only response is a sample.
    Other,
}
