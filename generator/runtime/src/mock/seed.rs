//! Objects that are there before the first request.

use serde::de::DeserializeOwned;

/// A type whose objects the server keeps.
pub trait Seed: DeserializeOwned {
    #[doc(hidden)]
    const COLLECTION: usize;
}

/// Why an object cannot be put there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SeedError {
    /// The fields are not a JSON object.
    #[error("the fields of an object must be a JSON object")]
    NoObject,
    /// The fields are not what the documentation says.
    #[error("the object is not what the documentation says: {0}")]
    Mismatch(String),
    /// It refers to an object that is not there.
    #[error("there is no {schema} {key}: seed it first")]
    #[non_exhaustive]
    Missing {
        /// The type of the object.
        schema: &'static str,
        /// Its id.
        key: uuid::Uuid,
    },
    /// It has another object inside.
    #[error("`{field}` is kept by itself: seed it first, and refer to it with `{field}_id`")]
    #[non_exhaustive]
    Embedded {
        /// The field.
        field: String,
    },
    /// It was not kept.
    #[error("the object was not kept")]
    Lost,
}
