//! A generated crate.

mod generated;
#[cfg(feature = "mock")]
pub mod mock;
mod runtime;

#[allow(unused_imports, unreachable_pub, reason = "an API may have no types")]
pub use generated::types::*;
pub use generated::{meta, resources, types};
pub use runtime::{
    ApiErrorKind, BoxError, Client, ClientBuilder, Error, Failure, Nullable, Page, Pagination, Policy, RateLimit, UnknownValue,
    Violation,
};
