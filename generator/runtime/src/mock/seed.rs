//! Objects that exist before the first request.

use serde::de::DeserializeOwned;

/// A type whose objects the server stores.
pub trait Seed: DeserializeOwned {
    #[doc(hidden)]
    const COLLECTION: usize;
}

/// The error of seeding an object.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SeedError {
    /// The fields are not a JSON object.
    #[error("the fields of an object must be a JSON object")]
    NoObject,
    /// The fields do not match the documented type.
    #[error("the object violates the documentation: {0}")]
    Mismatch(String),
    /// The object refers to an object that does not exist.
    #[error("{schema} {key} does not exist: seed it first")]
    #[non_exhaustive]
    Missing {
        /// The type of the object.
        schema: &'static str,
        /// The id of the missing object.
        key: uuid::Uuid,
    },
    /// The object contains an object of another collection.
    #[error("`{field}` is stored separately: seed it first, and refer to it with `{field}_id`")]
    #[non_exhaustive]
    Embedded {
        /// The field with the contained object.
        field: String,
    },
    /// The object was not stored.
    #[error("the object was not stored")]
    Lost,
}
