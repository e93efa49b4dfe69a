//! Describes the data of a mock server: collections of objects and the effect of each operation on them.

/// The names of pagination parameters in requests and of pagination properties in bodies.
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

/// The objects of one type that operations list, read, create and update.
#[derive(Debug)]
pub(crate) struct Collection {
    /// The schema of the objects.
    pub(crate) schema: String,
    /// The fields of a sample object without its relations, as JSON.
    pub(crate) sample: String,
    /// The field that identifies an object.
    pub(crate) key: String,
    pub(crate) relations: Vec<Relation>,
    pub(crate) aliases: Vec<Alias>,
}

/// A field that holds an object of a collection.
#[derive(Debug)]
pub(crate) struct Relation {
    pub(crate) field: String,
    pub(crate) collection: usize,
    /// The relations that the object includes when it is embedded.
    pub(crate) inner: Vec<Relation>,
}

/// Another name for a field of a list's items.
#[derive(Debug)]
pub(crate) struct Alias {
    pub(crate) name: String,
    pub(crate) list: String,
    pub(crate) field: String,
}

/// The effect of an operation on a collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Action {
    List(usize),
    Get(usize),
    Create(usize),
    Update(usize),
    Delete(usize),
    /// None of these: the only response is a sample.
    Other,
}
