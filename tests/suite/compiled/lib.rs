//! A generated crate.

#[cfg(feature = "blocking")]
pub mod blocking;
mod generated;
pub mod middleware;
#[cfg(feature = "mock")]
pub mod mock;
mod runtime;

#[allow(unused_imports, unreachable_pub, reason = "an API may have no types")]
pub use generated::types::*;
pub use generated::{meta, resources, types};
pub use runtime::{
    ApiErrorKind, Auth, BoxError, Caller, Client, ClientBuilder, Duplicates, Error, Failure, List, Multipart, Nullable, Page, Pages,
    Pagination, Pending, Policy, Position, RateLimit, Reply, Request, Rows, Undocumented, UnknownValue, Violation,
    WithReply,
};
